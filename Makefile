# Bare `make` lists the commands. Each makes the environment first if it has to: see tools/environment.py.
PYTHON ?= python3
export GOAL = $(firstword $(MAKECMDGOALS))
IN_ENV = @$(PYTHON) tools/environment.py

ifeq ($(OS),Windows_NT)
$(error Please run make inside WSL (https://learn.microsoft.com/windows/wsl), or without make: conda env create -f environment.yml, conda activate nnlib, jupyter lab --ContentsManager.preferred_dir=notebooks)
endif
ifeq ($(shell command -v $(PYTHON) 2>/dev/null),)
$(error There is no $(PYTHON) here. Install Python 3.11 or newer (https://www.python.org/downloads), or name yours: make $(GOAL) PYTHON=/path/to/python3)
endif

.PHONY: help lab class edit test test-oldest lint format check lock notebooks address images site bench bench-lessons bench-class bench-training soak

help:
	@echo "make lab             open the lessons in JupyterLab: your own copies, in my_notebooks/"
	@echo "make class           the same for the projector: everything larger, code folded, in class_notebooks/"
	@echo "make edit            open the lessons themselves, in notebooks/"
	@echo "make test            run all tests: the packages, the lessons, and JupyterLab in a browser if there is one"
	@echo "make test-oldest     run the tests of maths, demos and exercises with the oldest packages allowed"
	@echo "make lint            check code and notebooks with ruff, without changing anything"
	@echo "make format          let ruff format code and notebooks"
	@echo "make check           lint and test, as CI does"
	@echo "make lock            update requirements.lock and tools/lite/wheels.lock (needs uv)"
	@echo "make notebooks       run every lesson on a fresh kernel and save its outputs"
	@echo "make address         write the project's public address into the lessons, for Colab, and into README.md"
	@echo "make images          draw all pictures in images/ and film the web edition (needs a browser)"
	@echo "make site            write the web edition, in site/: lessons that move without Python, and run in the browser"
	@echo "make bench           measure how soon a picture follows its slider, beside other libraries; then bench-lessons"
	@echo "make bench-lessons   measure what each lesson takes: seconds, memory, size"
	@echo "make bench-class     measure a class of ten on one JupyterHub, in browsers"
	@echo "make bench-training  measure a training step beside PyTorch, scikit-learn and the bare matrix products"
	@echo "make soak            play a demo for ten minutes and watch the memory"
	@echo
	@echo "CONDA=1 uses the active conda environment, PYTHON=... another Python. ARGS='...' is passed on."
	@echo "PYODIDE=FOLDER puts a copy of Pyodide into the web edition, which then needs no other host."

lab:
	$(IN_ENV) tools/lab.py $(ARGS)

class:
	$(IN_ENV) tools/lab.py --class $(ARGS)

edit:
	$(IN_ENV) tools/lab.py --edit $(ARGS)

test:
	$(IN_ENV) -m pytest $(ARGS)
	$(if $(ARGS),,$(IN_ENV) -m pytest -n 0 -m alone tests/site)

test-oldest:
	$(IN_ENV) tools/oldest.py $(ARGS)

lint:
	$(IN_ENV) -m ruff check --quiet .
	$(IN_ENV) -m ruff format --check --quiet .

format:
	$(IN_ENV) -m ruff check --fix .
	$(IN_ENV) -m ruff format .

check: lint test

lock:
	uv pip compile --quiet --universal --python-version 3.11 --extra lab --extra test --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --no-deps --python-version 3.14 --generate-hashes --no-emit-index-url --no-header tools/lite/wheels.in -o tools/lite/wheels.lock

notebooks:
	$(IN_ENV) tools/run_notebooks.py $(ARGS)

address:
	$(IN_ENV) tools/address.py

images:
	$(IN_ENV) tools/draw_images.py
	$(IN_ENV) tools/draw_film.py

site:
	$(IN_ENV) tools/make_site.py $(if $(PYODIDE),--pyodide "$(PYODIDE)") $(ARGS)

bench:
	$(IN_ENV) benchmarks/slider_latency.py $(ARGS)
	$(IN_ENV) benchmarks/lesson_costs.py

bench-lessons:
	$(IN_ENV) benchmarks/lesson_costs.py

bench-class:
	$(IN_ENV) benchmarks/classroom.py $(ARGS)

bench-training:
	$(IN_ENV) benchmarks/training_speed.py $(ARGS)

soak:
	$(IN_ENV) benchmarks/soak.py $(ARGS)
