"""Draw every picture in images/ anew: demos in the state that the table below names, by the same code that draws them live."""

import pathlib

from nnlib.demos import activations
from nnlib.live.scene import Scene

IMAGES = pathlib.Path(__file__).resolve().parent.parent / "images"

PICTURES = {
    "01_weight_and_bias.png": (activations.weight_and_bias, {"w": 3.0, "b": -4.0}),
}


def main():
    for name, (demo, values) in PICTURES.items():
        (IMAGES / name).write_bytes(drawn(demo, values))
        print(f"images/{name}")


def drawn(demo, values):
    scene = Scene(demo)
    scene.move({**demo.beginning, **values})
    return scene.picture.png()


if __name__ == "__main__":
    main()
