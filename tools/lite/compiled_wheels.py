"""Ask the package index whether it has wheels for Pyodide of the packages that need compiling.

    python tools/lite/compiled_wheels.py

Once it has all of them, they can go into wheels.in like all others, and the site needs no other host but for Pyodide's core.
"""

import subprocess
import sys
import tempfile

from packages import BROWSER, COMPILED

PLATFORM = f"pyemscripten_{COMPILED['info']['abi_version']}_wasm32"


def main():
    for name, entry in COMPILED["packages"].items():
        same, newest = has_wheel(f"{name}=={entry['version']}"), has_wheel(name)
        print(f"{name} {entry['version']}: {'yes' if same else 'another version' if newest else 'no'}")


def has_wheel(wanted):
    """Whether the index has a wheel for it that Pyodide can load."""
    python = BROWSER["python_version"]
    platform = ["--platform", PLATFORM, "--implementation", "cp", "--abi", f"cp{python.replace('.', '')}"]
    with tempfile.TemporaryDirectory() as folder:
        words = [
            "download",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--python-version",
            python,
            *platform,
            "-d",
            folder,
            wanted,
        ]
        return subprocess.run([sys.executable, "-m", "pip", "--quiet", *words], capture_output=True).returncode == 0


if __name__ == "__main__":
    main()
