"""Draw every picture in images/, by the code of the lessons: demos, each in a state, and a figure that nothing moves."""

import pathlib

from nnlessons.arrays import demos as arrays
from nnlessons.backpropagation import demos as backpropagation
from nnlessons.derivatives import demos as derivatives
from nnlessons.forward_pass import demos as forward_pass
from nnlessons.live.picture import Picture
from nnlessons.live.scene import Scene
from nnlessons.training.nine_lessons import nine_lessons

IMAGES = pathlib.Path(__file__).resolve().parent.parent / "images"

PICTURES = {
    "02_forward_pass.png": (forward_pass.forward, {"layer": 3}),
    "04_saddle.png": (derivatives.landscape, derivatives.landscape.presets["middle of the saddle"]),
    "06_graph.png": (backpropagation.stepper, {"step": 3}),
    "07_affine.png": (arrays.matmul, {"node": "affine", "N": 4, "D": 3, "H": 2, "step": 6}),
    "08_nine_lessons.png": nine_lessons,  # () -> (figure, parts)
}


def main():
    for name, picture in PICTURES.items():
        png = Picture(*picture()).png() if callable(picture) else drawn(*picture)
        (IMAGES / name).write_bytes(png)
        print(f"images/{name}")


def drawn(demo, values, steps=0):
    """The PNG of a demo with these controls moved and, if it has a clock, this many steps on."""
    scene = Scene(demo)
    scene.move({**demo.beginning, **values})
    for _ in range(steps):
        scene.step_forward()
    return scene.picture.png()


if __name__ == "__main__":
    main()
