"""How `make lab` and the browser tests run the server: on loopback, with a token, without waiting on small messages, and
with a picture and its words in the place of each demo that hasn't run.
"""

import pathlib
from html import escape

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.base.handlers import AuthenticatedFileHandler
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

LIVE = "application/vnd.jupyter.widget-view+json"
OURS = {"image/png", "text/plain", "alt", "width", "height"}  # what a saved picture of the lessons has
SAVED = '<div class="nnlib-saved">'  # how the HTML begins that is for the page alone
WORDS = {
    "run": "Run this cell to move it (Shift + Enter). If you've just opened the lesson, run the cells above it first.",
}


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The connection between page and kernel, with Nagle's algorithm off.

    That algorithm holds back a small message until the one before is acknowledged. A slider sends nothing but small
    messages, and each move waited some 20 ms for nothing.
    """

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


class Pictures(AuthenticatedFileHandler):
    """Files as they are, such as the pictures in a lesson. A copy in a folder of its own looks for ../images beside it."""

    @classmethod
    def get_absolute_path(cls, root, path):
        found = pathlib.Path(super().get_absolute_path(root, path))
        if found.parent.name == "images" and not found.exists():
            return super().get_absolute_path(root, f"images/{found.name}")
        return str(found)


class Lessons(AsyncLargeFileManager):
    """The files, as the page gets them.

    A saved lesson remembers its live pictures by the names that they had in a kernel. Opened on another day these names
    mean nothing, and JupyterLab would wait for them in vain. In their place the page gets the saved picture with its title,
    its description and what to do. None of this is saved: a file that the reader didn't change stays as it is.
    """

    async def get(self, path, content=True, **more):
        model = await super().get(path, content=content, **more)
        if content and model["type"] == "notebook":
            alive = await self.has_kernel(path)
            metadata = model["content"]["metadata"]
            if not alive and metadata.get("language_info", {}).get("name") == "python":
                # else JupyterLab adds it, and asks to save that
                metadata["language_info"] = dict(IPythonKernel.language_info)
            for data, picture in outputs(model):
                if not alive:
                    data.pop(LIVE, None)
                if OURS <= {*data, *picture} and not {LIVE, "text/html"} & data.keys():
                    data["text/html"] = in_words(data, picture)  # JupyterLab prefers it to the picture alone
        return model

    async def save(self, model, path=""):
        if model.get("type") == "notebook":
            for data, _ in outputs(model):
                if "".join(data.get("text/html", "")).startswith(SAVED):
                    del data["text/html"]
        return await super().save(model, path)

    async def has_kernel(self, path):
        sessions = await self.parent.session_manager.list_sessions()
        return any(session["path"].strip("/") == path.strip("/") for session in sessions)


def outputs(model):
    """(data, metadata of its PNG) of each output of a notebook."""
    for cell in model.get("content", {}).get("cells", []):
        for output in cell.get("outputs", []):
            yield output.get("data", {}), output.get("metadata", {}).get("image/png", {})


def in_words(data, picture):
    """A saved picture as HTML, with its title and what it shows. A picture that never moves has its description as its text."""
    text, alt = "".join(data["text/plain"]), picture["alt"]
    moves = text != alt
    title = text.partition(": ")[2] if moves else text.partition(". ")[0]
    shows = alt.removeprefix(title).removeprefix(".").strip()
    source = "data:image/png;base64," + "".join(data["image/png"])
    size = f'width="{picture["width"]}" style="max-width: 100%; height: auto"'
    run = f"<p><em>{WORDS['run']}</em></p>" if moves else ""
    image = f'<img src="{source}" alt="{escape(alt)}" {size}>'
    return f"{SAVED}<p><b>{escape(title)}</b></p>{image}<p>{escape(shows)}</p>{run}</div>"


c.ServerApp.ip = "127.0.0.1"  # noqa: F821  (c is given by Jupyter)
c.ServerApp.contents_manager_class = Lessons  # noqa: F821
c.ContentsManager.files_handler_class = Pictures  # noqa: F821
c.ServerApp.kernel_websocket_connection_class = PromptConnection  # noqa: F821
