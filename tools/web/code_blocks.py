"""Code as HTML: Python in colors, which page.css has for both themes. page.js adds the copy button."""

import html

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer


def code_block(code, python=True):
    code = code.strip("\n")
    colored = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n") if python else html.escape(code)
    return f'<div class="code"><pre><code>{colored}</code></pre></div>\n'


def printed(text):
    """What a cell has printed, or the value of its last line."""
    return f'<div class="printed"><pre><samp>{html.escape(text.rstrip())}</samp></pre></div>\n'
