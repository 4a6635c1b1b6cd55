"""How `make lab` and the browser tests run the server: on loopback, with a token, without waiting on small messages, and
with a picture in the place of each live one whose kernel is gone.
"""

import pathlib

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.base.handlers import AuthenticatedFileHandler
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

LIVE = "application/vnd.jupyter.widget-view+json"


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
    mean nothing, and JupyterLab would wait for them in vain. Without them it shows the saved pictures. Only what the page
    gets is changed, never the file.
    """

    async def get(self, path, content=True, **more):
        model = await super().get(path, content=content, **more)
        if content and model["type"] == "notebook" and not await self.has_kernel(path):
            metadata = model["content"]["metadata"]
            if (
                metadata.get("language_info", {}).get("name") == "python"
            ):  # else JupyterLab adds it, and asks to save that
                metadata["language_info"] = dict(IPythonKernel.language_info)
            for cell in model["content"]["cells"]:
                for output in cell.get("outputs", []):
                    output.get("data", {}).pop(LIVE, None)
        return model

    async def has_kernel(self, path):
        sessions = await self.parent.session_manager.list_sessions()
        return any(session["path"].strip("/") == path.strip("/") for session in sessions)


c.ServerApp.ip = "127.0.0.1"  # noqa: F821  (c is given by Jupyter)
c.ServerApp.contents_manager_class = Lessons  # noqa: F821
c.ContentsManager.files_handler_class = Pictures  # noqa: F821
c.ServerApp.kernel_websocket_connection_class = PromptConnection  # noqa: F821
