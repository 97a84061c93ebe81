# One door: `make demo` to see it, `make test` to test it, `make check` before you share a change.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
WORKERS ?= 3
SECONDS = 30

.PHONY: demo test check format lint types floors smoke fuzz bench clean

demo: $(VENV)/.installed ## set up, then run the main job on half a year of example history
	@dir=$$(mktemp -d)/ilog-demo && $(BIN)/ilog demo --dir "$$dir"

test: $(VENV)/.ready ## set up, then run the tests
	$(BIN)/pytest -q -n $(WORKERS)

check: format lint types floors test smoke ## everything that CI asks for

format: $(VENV)/.ready
	$(BIN)/ruff format --check .

lint: $(VENV)/.ready
	$(BIN)/ruff check .

types: $(VENV)/.ready
	$(BIN)/mypy

floors: $(VENV)/.ready ## imports go down only
	$(BIN)/lint-imports

smoke: $(VENV)/.ready ## the wheel, in an empty environment outside the checkout
	PYTHON=$(BIN)/python tests/smoke.sh

fuzz: $(VENV)/.fuzz ## hunt for input that breaks reading or changing a note, SECONDS for each way in
	$(BIN)/python tests/fuzz/run.py --seconds $(SECONDS)

bench: $(VENV)/.ready ## CPU ratios to a bare Python start; takes minutes
	$(BIN)/python benchmarks/run.py

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ilog needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade "pip>=25.1"
	$(BIN)/python -m pip install -q --editable .
	touch $@

$(VENV)/.ready: $(VENV)/.installed
	$(BIN)/python -m pip install -q --group dev
	touch $@

$(VENV)/.fuzz: $(VENV)/.ready
	$(BIN)/python -m pip install -q --group fuzz
	touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
