"""What the tests ask of every demo, of the lessons' and of the ones that a lesson makes: `check_demo` and its like."""

import hashlib
import itertools
import pickle
import re

import numpy as np
from matplotlib.text import Text

from nnlessons.live import LogSlider
from nnlessons.live.calls import arguments_for, call, parameters
from nnlessons.live.picture import same
from nnlessons.live.scene import Scene, say


def moves(demo):
    """Each control through its samples with the others at their start, then every two controls at each of their ends."""
    samples = {name: list(dict.fromkeys(control.samples())) for name, control in demo.controls.items()}
    for name, values in samples.items():
        for value in values:
            yield {**demo.beginning, name: value}
    yield from corners({name: values[:2] for name, values in samples.items()})
    yield demo.beginning


def corners(ends):
    """Seven moves in which every two controls meet at each of their two ends; eight for more than 15 controls.

    Six moves for six places, and each control is at its second end in four of them, no two controls in the same four. Then
    of two controls each is there in a move where the other is not, and both are there in some move; in the seventh none is.
    (G. O. H. Katona, Two applications of Sperner type theorems, 1973. Seven places are enough for 35 controls.)
    """
    places = 6 if len(ends) <= 15 else 7
    fours = dict(zip(ends, itertools.combinations(range(places), 4), strict=False))
    for move in range(places + 1):
        yield {name: ends[name][move in fours[name]] for name in ends}


class Pictures:
    """The pictures of a demo that equalled a full redraw, by what `update` said: each is drawn in full once.

    When update says the same again, the same picture must be there again, whatever was shown in between.
    """

    def __init__(self):
        self.known = {}  # what update said -> digest of the picture

    def check(self, scene, values, patch):
        what = fingerprint(scene.drawn_for, patch)
        if what not in self.known:
            check_picture(scene, values)
            check_texts(scene, values)
            self.known[what] = digest(scene)
        else:
            self.check_again(scene, values, what)

    def recall(self, scene, values):
        """Compare with the picture of the same patch, if there was one."""
        what = fingerprint(scene.drawn_for, patch_of(scene))
        if what in self.known:
            self.check_again(scene, values, what)

    def check_again(self, scene, values, what):
        if self.known[what] != digest(scene):
            check_picture(scene, values)  # tells where
            raise AssertionError(f"at {values} update says what it said before, but the picture is another")

    def sight(self, scene, values):
        """What is seen at these values before any step; a picture that is known is not painted again."""
        values = scene.clamped(values)
        state = [call(scene.demo.start, values)] if scene.timeline else []
        patch = call(scene.demo.update, values, *state)
        what = fingerprint(arguments_for(scene.demo.figure, values), patch)
        if what in self.known:
            return self.known[what], lines(say(scene.demo.readout, patch["readout"]))
        scene.move(values)
        if scene.timeline:
            scene.restart()
        return digest(scene), lines(scene.text)


def lines(text):
    """How many lines its words are, for a hint adds one. Other words tell of what the picture shows."""
    return text.count("\n")


def fingerprint(drawn_for, patch):
    """What a picture is made from, as bytes: the controls that its figure was drawn for, and all that update says."""
    return hashlib.sha256(pickle.dumps((drawn_for, patch))).digest()


WEIGHTS = np.random.default_rng(0).integers(2**63, size=2**20, dtype=np.uint64)


def digest(scene):
    """64 bits for the 4 million of a picture, which would fill the memory: eight bytes a number, each times its weight."""
    numbers = scene.picture.pixels().ravel().view(np.uint64)
    return int(numbers @ WEIGHTS[: len(numbers)])


def check_picture(scene, values):
    painted, redrawn = scene.picture.pixels(), scene.picture.redrawn()
    if np.array_equal(painted, redrawn):
        return
    different = np.argwhere((painted != redrawn).any(axis=-1))
    raise AssertionError(f"at {values} {len(different)} pixels differ from a full redraw, the first {different[0]}")


def check_texts(scene, values):
    """Every text lies inside the figure, or is clipped on purpose; a minus is one, and no hyphen."""
    figure, renderer = scene.picture.figure, scene.picture.canvas.get_renderer()
    for text in figure.findobj(Text):
        if not (text.get_text().strip() and text.get_visible()):
            continue
        assert "$" in text.get_text() or not re.search(r"(?<!\w)-\d", text.get_text()), f"a hyphen: {text.get_text()}"
        if not text.get_clip_on():
            box = text.get_window_extent(renderer)
            inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1
            assert inside, f"{text.get_text()!r} is cut at {values}: {box.extents.round()}"


def patch_of(scene):
    """What update says for what is shown now."""
    return call(scene.demo.update, scene.values, *([scene.timeline.state] if scene.timeline else []))


def check_demo(demo, pictures):
    scene = Scene(demo)
    check_shown(scene, demo.beginning, pictures)
    for values in moves(demo):
        scene.move(values)
        check_shown(scene, values, pictures)
        if scene.timeline:
            assert scene.step_forward() or scene.timeline.step, (
                "there is a step from the start; a walk on the way may have ended"
            )
            check_shown(scene, values, pictures)


def check_shown(scene, values, pictures):
    one, other = patch_of(scene), patch_of(scene)
    assert sorted(one) == sorted(other)
    for part, properties in one.items():
        assert sorted(properties) == sorted(other[part])
        assert all(same(properties[name], other[part][name]) for name in properties), f"{part} at {values}"
    pictures.check(scene, values, one)
    assert scene.text.strip() and "nan" not in scene.text and "inf" not in scene.text, scene.text


def check_any_order(demo, pictures):
    """Any order of moves ends in the same picture."""
    there = distinct(moves(demo))
    scene = Scene(demo)
    for values in by_figure(demo, np.random.default_rng(0).permutation(there)):
        scene.move(values)
        pictures.recall(scene, values)
    for end in (there[len(there) // 2], demo.beginning):
        scene.move(end)
        if demo.start:
            scene.restart()
        straight = Scene(demo)
        straight.move(end)
        assert (scene.picture.pixels() == straight.picture.pixels()).all()
        assert scene.text == straight.text


def by_figure(demo, moves):
    """In this order, but what is shown in one figure one after the other: a new figure remembers nothing."""
    figures = {}
    for values in moves:
        figures.setdefault(pickle.dumps(arguments_for(demo.figure, values)), []).append(values)
    return itertools.chain(*figures.values())


def distinct(moves):
    """Each move once, in the order in which they came first."""
    return list({pickle.dumps(sorted(values.items())): values for values in moves}.values())


def check_every_control_answers(demo, pictures):
    """The picture isn't empty, and every control changes it."""
    scene = Scene(demo)
    start = scene.picture.pixels()
    assert len(np.unique(start.view(np.uint32))) > 20, "the picture is empty"
    assert (start[..., 3] == 255).all(), "the background is opaque"
    for name, control in demo.controls.items():
        check_answers(scene, name, control, pictures)


def check_answers(scene, name, control, pictures):
    """A control moves something: from the start, or else beside some value of another control, or some steps on."""
    acts = scene.timeline and name in parameters(scene.demo.advance)
    assert (
        heard(scene, name, control, pictures)
        or heard_beside_another(scene, name, control, pictures)
        or (acts and heard(scene, name, control, pictures, steps=STEPS_LATER))
    ), f"{name} moves nothing"


STEPS_SOON, STEPS_LATER = 3, 10  # most are heard soon; an update that is taken apart has nine phases at most


def heard(scene, name, control, pictures, beside=None, steps=STEPS_SOON):
    """Whether not all values of a control look alike, at once or over the next few steps."""
    places = [{**scene.demo.beginning, **(beside or {}), name: value} for value in control.samples()]
    if len({pictures.sight(scene, place) for place in places}) > 1:
        return True
    return bool(scene.timeline) and len({seen_in_steps(scene, place, steps) for place in places}) > 1


def seen_in_steps(scene, values, steps):
    scene.move(values)
    scene.restart()
    seen = []
    for _ in range(steps):
        scene.step_forward()
        seen.append((digest(scene), lines(scene.text)))
    return tuple(seen)


def heard_beside_another(scene, name, control, pictures):
    """Whether a control is heard where another one is moved too: a rate, say, once the step is the update."""
    return any(
        heard(scene, name, control, pictures, beside={other: value})
        for other, another in scene.demo.controls.items()
        if other != name
        for value in another.samples()
    )


def check_words(demo):
    """Title and labels are ready for a reader."""
    assert demo.title and not demo.title[0].islower()
    for name, control in demo.controls.items():
        label = control.label or name
        assert "$" not in label and "\\" not in label, "labels are Unicode: the page does not render LaTeX in them"
        if isinstance(control, LogSlider):
            assert all(control.reaches(values.get(name, control.value)) for values in demo.presets.values())
