# Two commands: `make grade` (any other file: make grade SUBMISSION=exercises/04_conv_backprop.py) and `make test`.
PYTHON ?= python3
SUBMISSION ?= examples/04_conv_backprop.py
OPTIONS ?=
BIN := .venv/bin

.PHONY: grade test lint types stubs bench mutants

grade: .venv/grade
	@$(BIN)/cnnex grade $(OPTIONS) "$(SUBMISSION)"; code=$$?; \
	if [ $$code -eq 1 ]; then echo "(Points were lost: cnnex ends with exit code 1.)"; else exit $$code; fi

test: .venv/test lint types
	$(BIN)/pytest

lint: .venv/test
	$(BIN)/ruff check .

types: .venv/test
	$(BIN)/mypy

stubs: .venv/grade
	$(BIN)/cnnex verify --write-stubs

bench: .venv/test
	$(BIN)/python benchmarks/speed.py

mutants: .venv/test
	$(BIN)/python benchmarks/mutants.py

.venv/grade: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	{ echo "Python 3.10 or newer with venv is needed (on Debian and Ubuntu: apt install python3-venv)."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/test: .venv/grade
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@
