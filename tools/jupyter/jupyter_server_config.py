"""How `make lab` and the browser tests run the server: on loopback, with a token, and without waiting on small messages."""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """The connection between page and kernel, with Nagle's algorithm off.

    That algorithm holds back a small message until the one before is acknowledged. A slider sends nothing but small
    messages, and each move waited some 20 ms for nothing.
    """

    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()


c.ServerApp.kernel_websocket_connection_class = PromptConnection  # noqa: F821  (c is given by Jupyter)
c.ServerApp.ip = "127.0.0.1"  # noqa: F821
