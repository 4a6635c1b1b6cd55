"""What `make class` adds to the server: custom/custom.css."""

import pathlib

c.LabApp.custom_css = True  # noqa: F821  (c is given by Jupyter)
c.ServerApp.tornado_settings = {  # noqa: F821
    "static_custom_path": [str(pathlib.Path(__file__).resolve().parent / "custom")],
}
