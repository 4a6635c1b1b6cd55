// What every page can do besides showing its text: theme, copying code, predictions, search. Without it, all text is there.

const root = document.documentElement;
const make = (tag, properties, ...inside) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...inside);
  return node;
};
const kept = {  // what the reader chose, if the browser lets us keep it
  get(name) { try { return localStorage.getItem(name); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(name, value); } catch { /* a private window, say */ } },
};

// -- light and dark: the system's theme until the reader chooses one
const theme = document.querySelector('button.theme');
const system = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme || (system.matches ? 'dark' : 'light')) === 'dark';
const showTheme = () => theme.setAttribute('aria-pressed', isDark());
theme.hidden = false;
theme.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  kept.set('theme', root.dataset.theme);
  showTheme();
});
system.addEventListener('change', showTheme);
showTheme();

// -- by double click, a page can't open the lessons in JupyterLite, which needs a web server
if (location.protocol === 'file:') {
  for (const link of document.querySelectorAll('a[href*="try/notebooks/"]')) link.href = `${root.dataset.root}index.html#run`;
  for (const words of document.querySelectorAll('.by-double-click')) words.hidden = false;
}

// -- code: a button that copies it
for (const block of document.querySelectorAll('.code')) {
  const button = make('button', {className: 'copy', type: 'button'}, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code').textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  block.append(button);
}

// -- what's wider than its box can be scrolled by keyboard
const boxes = new ResizeObserver(entries => {
  for (const {target} of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute('tabindex');
  }
});
document.querySelectorAll('pre, .table, .formula').forEach(box => boxes.observe(box));

// -- pictures farther down come once the page has settled, so that all of them are there when it's printed
addEventListener('load', () => setTimeout(() => {
  document.querySelectorAll('img[loading=lazy]').forEach(image => { image.loading = 'eager'; });
}, 1000));

// -- predictions: choose, and then see whether it was right
for (const question of document.querySelectorAll('.question')) {
  const name = location.pathname.split('/').pop() + ' ' + question.id;
  const right = Number(question.dataset.answer);
  const list = question.querySelector('ul');
  const labels = [...list.children].map((choice, number) => {
    const radio = make('input', {type: 'radio', name: question.id, value: number});
    return make('label', {}, radio, make('span', {}, choice.textContent));
  });
  const verdict = document.querySelector(`.verdict[data-question="${question.id}"]`);
  const words = JSON.parse(verdict.dataset.words);
  const status = make('p', {role: 'status'});
  const chosen = () => labels.findIndex(label => label.firstChild.checked);
  const unmark = () => labels.forEach(label => { label.className = ''; });
  const judge = () => {
    const choice = chosen();
    if (choice < 0) return void (status.textContent = words.none);
    unmark();
    if (choice !== right) labels[choice].className = 'is-wrong';
    labels[right].className = 'is-answer';
    status.textContent = words[choice === right ? 'right' : 'wrong'].replace('{choice}', labels[choice].textContent);
    verdict.classList.remove('waits');
  };
  const group = make('div', {className: 'choices', role: 'radiogroup'}, ...labels);
  group.setAttribute('aria-labelledby', `${question.id}-asked`);
  list.replaceWith(group);
  verdict.querySelector('details').classList.add('on-paper');
  verdict.querySelector('details').hidden = true;
  if (words.button) {
    const button = make('button', {className: 'press', type: 'button'}, words.button);
    button.addEventListener('click', judge);
    verdict.append(button);
  } else {
    verdict.classList.add('waits');
  }
  verdict.append(status);
  const earlier = kept.get(name);
  if (labels[earlier]) {
    labels[earlier].firstChild.checked = true;
    if (!words.button) judge();
  }
  group.addEventListener('change', () => {
    kept.set(name, chosen());
    if (!words.button) return judge();
    unmark();
    status.textContent = '';
  });
}

// -- search: the index is loaded when the box is used
const search = document.querySelector('.search');
const input = search.querySelector('input');
const found = search.querySelector('.found');
const say = text => { found.querySelector('p').textContent = text; };
let engine, latest = 0;
const load = () => {
  const site = new URL(root.dataset.root || './', location.href);
  engine ??= import(new URL('web/search/pagefind.js', site)).then(async module => {
    await module.options({baseUrl: site.pathname, excerptLength: 18});
    return module;
  });
  return engine;
};
const look = async () => {
  const words = input.value.trim(), turn = ++latest;
  const list = found.querySelector('ol');
  found.hidden = !words;
  if (!words) return;
  if (location.protocol === 'file:') return say(search.dataset.here);
  const {results} = await (await load()).search(words);
  const pages = await Promise.all(results.slice(0, 8).map(result => result.data()));
  if (turn !== latest) return;
  const text = results.length === 0 ? 'none' : results.length === 1 ? 'one' : 'many';
  say(search.dataset[text].replace('{words}', words).replace('{count}', results.length));
  list.replaceChildren(...pages.map(page => {
    const [best] = page.sub_results.toSorted((a, b) => b.locations.length - a.locations.length);
    const title = best.title === page.meta.title ? best.title : `${page.meta.title} › ${best.title}`;
    return make('li', {}, make('a', {href: best.url}, title), make('div', {innerHTML: best.excerpt}));
  }));
};
search.hidden = false;
input.addEventListener('focus', () => { if (location.protocol !== 'file:') load(); look(); });
input.addEventListener('input', look);
search.addEventListener('keydown', event => {
  if (event.key === 'Escape') { found.hidden = true; input.focus(); }
});
document.addEventListener('click', event => { if (!search.contains(event.target)) found.hidden = true; });
