# Everything runs in .venv, which is made when it is first needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := build/demo
# The day of the example books, so that what is shown is what the docs show.
DEMO_DAY := 2026-11-22

.PHONY: bench comparison demo fuzz manual test check format lint types tests docs coverage torture torture-short clean

## Set up, install, and do the main job on the example book.
demo: $(READY)
	@rm -rf $(DEMO) && mkdir -p build
	@sh tools/demo.sh $(BIN)/leadctl $(DEMO) $(DEMO_DAY)

## Set up and run all tests.
test: $(READY)
	$(BIN)/python -m pytest -n 2

## What CI runs: format, lint, types, tests with coverage of the core, docs.
check: $(READY) format lint types coverage torture-short docs

format: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

## The tests of the core cover 95 % of it; then all the others, which coverage would slow down.
coverage: $(READY)
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered --cov-config=tools/coverage-core.ini tests/test_*.py
	$(BIN)/python -m pytest -n 2 --durations=10 tests/*/

## Kill it, fill its disk, crowd it: every way of losing data that we could think of. Hours.
torture: $(READY)
	$(BIN)/python -m tests.store.crash_histories 1000000
	$(BIN)/python tools/terminal_safety.py 1000000
	$(BIN)/python -m tools.torture --jobs 2

## Samples of the same, always the same ones.
torture-short: $(READY)
	$(BIN)/python -m tools.torture --short --jobs 2

## The generated part of the reference is what the program says.
docs: $(READY)
	$(BIN)/python tools/reference.py --check
	$(BIN)/python tools/errors.py --check

## Write the generated part of the reference anew.
reference: $(READY)
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/errors.py

## The pages for man, as the package brings them.
manual: $(READY)
	$(BIN)/python -m tools.man_pages build/man

## How fast it is, beside other programs, on made-up books; needs hyperfine. Half an hour or more.
## A part of it: make bench BENCH='--sizes 1000,10000 --only list,touch --forms yaml'
BENCH ?=
bench: $(READY)
	$(BIN)/python -m bench.peers
	$(BIN)/python -m bench.run $(BENCH)

## What leadctl and other programs do, tried out side by side; a quarter of an hour.
## A part of it: make comparison COMPARISON='--tools leadctl'; has anything changed: '--check'
COMPARISON ?=
comparison: $(READY)
	$(BIN)/python -m bench.peers
	bench/.peers/bin/pip install --quiet todoman
	$(BIN)/python -m bench.comparison $(COMPARISON)

## Every parser with made-up inputs for FUZZ_SECONDS each; needs atheris (Python 3.11 or 3.12).
FUZZ_SECONDS ?= 60
fuzz: $(READY)
	@for target in yaml stages csv journal query dates; do \
		$(BIN)/python tools/fuzz.py $$target --seconds $(FUZZ_SECONDS) || exit 1; done

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
