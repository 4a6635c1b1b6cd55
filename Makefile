# Bare `make` prints what there is to make. The environment is made on the way, see tools/environment.py.
PYTHON ?= python3
export GOAL = $(firstword $(MAKECMDGOALS))
IN_ENV = @$(PYTHON) tools/environment.py

ifeq ($(OS),Windows_NT)
$(error Please run make inside WSL (https://learn.microsoft.com/windows/wsl), or without make: conda env create -f environment.yml, conda activate nnlib, jupyter lab --ContentsManager.preferred_dir=notebooks)
endif
ifeq ($(shell command -v $(PYTHON) 2>/dev/null),)
$(error There is no $(PYTHON) here. Install Python 3.11 or newer (https://www.python.org/downloads), or name yours: make $(GOAL) PYTHON=/path/to/python3)
endif

.PHONY: help lab class edit test lint format check lock notebooks images html bench bench-lessons bench-class bench-training soak

help:
	@echo "make lab             open the lessons in JupyterLab: your own copies, in my_notebooks/"
	@echo "make class           the same for the projector: larger, code folded, copies of their own in class_notebooks/"
	@echo "make edit            open the sources of the lessons, in notebooks/"
	@echo "make test            run all tests: the package, the lessons, and a real browser where there is one"
	@echo "make lint            look over code and notebooks with ruff, changing nothing"
	@echo "make format          let ruff put code and notebooks in form"
	@echo "make check           lint and test, as CI does"
	@echo "make lock            write requirements.lock anew from pyproject.toml (needs uv)"
	@echo "make notebooks       run every lesson on a fresh kernel and keep its outputs"
	@echo "make images          draw every picture in images/ anew, and film the playground (needs a browser)"
	@echo "make html            write the static edition, html/"
	@echo "make bench           measure a slider's way to the picture against what people use instead, then bench-lessons"
	@echo "make bench-lessons   measure what each lesson takes: seconds, memory, size"
	@echo "make bench-class     measure a class of ten on one JupyterHub, in browsers"
	@echo "make bench-training  measure a training step against PyTorch, scikit-learn and bare matrix products"
	@echo "make soak            play an endless demo for ten minutes and watch the memory"
	@echo
	@echo "CONDA=1 uses the active conda environment, PYTHON=... another Python, ARGS='...' is handed on."

lab:
	$(IN_ENV) tools/lab.py $(ARGS)

class:
	$(IN_ENV) tools/lab.py --class $(ARGS)

edit:
	$(IN_ENV) tools/lab.py --edit $(ARGS)

test:
	$(IN_ENV) -m pytest $(ARGS)

lint:
	$(IN_ENV) -m ruff check --quiet .
	$(IN_ENV) -m ruff format --check --quiet .

format:
	$(IN_ENV) -m ruff check --fix .
	$(IN_ENV) -m ruff format .

check: lint test

lock:
	uv pip compile --quiet --universal --python-version 3.11 --extra test --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock

notebooks:
	$(IN_ENV) tools/run_notebooks.py $(ARGS)

images:
	$(IN_ENV) tools/draw_images.py
	$(IN_ENV) tools/draw_film.py

html:
	$(IN_ENV) tools/static_edition.py $(ARGS)

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
