"""A JupyterHub for a class: each student gets copies of the lessons and the settings of `make lab`, in a browser alone.

The hub lives in an environment of its own beside this folder. It needs Node.js, 20 or newer, for its proxy:

    python3 -m venv ../hub
    ../hub/bin/pip install --no-deps -r requirements.lock
    ../hub/bin/pip install --no-deps -e .
    ../hub/bin/pip install jupyterhub
    ../hub/bin/pip uninstall --yes rfc3987-syntax
    npm install --global --prefix ../hub configurable-http-proxy

(The package that's uninstalled isn't needed here, and each student's server starts 1 to 3 seconds faster without it.)

To try it out alone, without accounts: any name and any password let you in, and everybody is the same user of the machine, so
never do this for a class.

    ../hub/bin/jupyterhub -f tools/hub/jupyterhub_config.py \\
        --JupyterHub.authenticator_class=dummy --JupyterHub.spawner_class=simple

For a class, everyone logs in with their account on this machine, which is JupyterHub's default. Put both folders where
everyone can read and only you can write, and run the hub as root:

    sudo ../hub/bin/jupyterhub -f tools/hub/jupyterhub_config.py

It listens on 127.0.0.1 only. Before you let others reach it, through a web server with HTTPS on the same machine, read what
JupyterHub's documentation says about that and about security: everyone who logs in can run code on your machine.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
HUB = pathlib.Path(sys.prefix)  # where the hub and its proxy are installed
STATE = HUB / "state"  # what the hub remembers, and no one else may read
STATE.mkdir(mode=0o700, exist_ok=True)

c = get_config()  # noqa: F821  (given by JupyterHub)

c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.Authenticator.allow_all = True  # who can log in may have a server

# a student's server: student.py copies the lessons and becomes JupyterLab
c.Spawner.cmd = [sys.executable, str(HERE / "student.py")]
c.Spawner.default_url = "/lab"
c.Spawner.start_timeout = 120  # seconds; if a whole class logs in at once, the last server waits for the others
c.Spawner.http_timeout = 120

c.ConfigurableHTTPProxy.command = [str(HUB / "bin" / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "homes" / "{username}")  # only for trying it out alone
