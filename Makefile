# Two commands matter: `make serve` and `make test`. Both make the virtual environment they need.

# The first interpreter that is new enough; override with `make PYTHON=/path/to/python3.12 …`.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 1
INDEX ?= index_data

DATELINE = $(VENV)/bin/dateline
RUNTIME = $(VENV)/.installed
DEVELOPMENT = $(VENV)/.installed-dev

.PHONY: help serve index test lint format bench quality clean

help:
	@echo "make serve    search the archive at http://$(HOST):$(PORT) (indexes seeds/ if there is no index)"
	@echo "make index    index FROM=folder (default seeds/) into $(INDEX)"
	@echo "make test     run the tests"
	@echo "make lint     ruff and mypy"
	@echo "make bench    measure speed; make quality: measure what is found in the articles"

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Dateline needs Python 3.11 or later; none was found. Install it, or name it: make PYTHON=/path/to/python $(MAKECMDGOALS)"; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(RUNTIME): $(VENV)/bin/python pyproject.toml constraints.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(DEVELOPMENT): $(VENV)/bin/python pyproject.toml constraints.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(RUNTIME)

serve: $(RUNTIME)
	$(DATELINE) serve --index-dir $(INDEX) --host $(HOST) --port $(PORT) --workers $(WORKERS)

FROM ?= seeds
index: $(RUNTIME)
	$(DATELINE) index --index-dir $(INDEX) $(FROM)

test: $(DEVELOPMENT)
	$(VENV)/bin/python -m pytest

lint: $(DEVELOPMENT)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

format: $(DEVELOPMENT)
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

bench: $(DEVELOPMENT)
	$(VENV)/bin/python -m tests.bench $(BENCH)

quality: $(DEVELOPMENT)
	$(VENV)/bin/python -m tests.quality $(QUALITY)

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
