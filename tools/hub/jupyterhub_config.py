"""A JupyterHub for a class: each student gets copies of the lessons and the settings of `make lab`, in a browser alone.

The hub lives in an environment of its own beside this folder. It needs Node.js, 20 or newer, for its proxy:

    python3 -m venv ../hub
    ../hub/bin/pip install --no-deps -r requirements.lock
    ../hub/bin/pip install --no-deps -e .
    ../hub/bin/pip install jupyterhub
    ../hub/bin/pip uninstall --yes rfc3987-syntax
    npm install --global --prefix ../hub configurable-http-proxy

(Nobody needs the package that is taken off again, and each student's server starts 1 to 3 seconds later with it.)

To try it alone. Any name and any password let you in, and all are one user of the machine: on loopback, never for a class:

    ../hub/bin/jupyterhub -f tools/hub/jupyterhub_config.py \\
        --JupyterHub.authenticator_class=dummy --JupyterHub.spawner_class=simple

For a class everyone logs in with an account on this machine, as JupyterHub has it by itself. Then both folders stand where
all may read and only you may write, and the hub runs as root:

    sudo ../hub/bin/jupyterhub -f tools/hub/jupyterhub_config.py

It listens on 127.0.0.1 only. Before others can reach it, through a web server with HTTPS on the same machine, read JupyterHub's
pages on that and on security: whoever is in runs code on your machine.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
HUB = pathlib.Path(sys.prefix)  # where the hub and its proxy are installed
STATE = HUB / "state"  # what the hub has to remember, and nobody else may read
STATE.mkdir(mode=0o700, exist_ok=True)

c = get_config()  # noqa: F821  (given by JupyterHub)

c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.Authenticator.allow_all = True  # who can log in may have a server

# a student's server: student.py lays the copies and becomes JupyterLab
c.Spawner.cmd = [sys.executable, str(HERE / "student.py")]
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 120  # seconds; when a whole class comes at once, the last server waits for the others
c.Spawner.http_timeout = 120

c.ConfigurableHTTPProxy.command = [str(HUB / "bin" / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "homes" / "{username}")  # only when it is tried alone
