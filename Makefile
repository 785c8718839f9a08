# make run   from nothing: virtual environment, requirements, warehouse from the bundled sample, dashboard on :8501
# make test  from nothing: the same with the development tools and a Chromium, then every check and test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
SOURCES ?= etl/sample

.DEFAULT_GOAL := help
.PHONY: help run build serve test test-spark bench check format chromium quality robustness screenshots drill audit clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V). Name one: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.runtime: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

run: build serve ## build the warehouse from SOURCES (default: the sample) and serve the dashboard on PORT

build: $(VENV)/.runtime ## build the warehouse from SOURCES
	$(BIN)/python -m etl build $(SOURCES)

serve: $(VENV)/.runtime ## serve the dashboard on PORT
	$(BIN)/python -m dashboard --server.port $(PORT)

check: $(VENV)/.dev ## formatting, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

chromium: $(VENV)/.dev ## a Chromium for the browser tests: one on the path, else Playwright's, else Debian's
	@$(BIN)/python -m tests.chromium

test: check chromium ## every check and test
	$(BIN)/python -m pytest -n 2

robustness: $(VENV)/.dev ## damage the labelled sample in every way and print what it costs
	$(BIN)/python -m tests.robustness

test-spark: $(VENV)/.dev ## the Spark engine's tests, on a standalone cluster of this machine; needs Java 17 or newer
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-spark.txt
	$(BIN)/python -m pytest tests/test_spark.py

bench: $(VENV)/.dev chromium ## measure speed and scale: one table, and data/bench.json; about half an hour on an idle machine
	$(BIN)/python -m bench $(BENCH)

quality: $(VENV)/.dev ## recompute the quality of every field on the labelled sample
	$(BIN)/python -m etl quality

screenshots: $(VENV)/.dev chromium ## pictures of every page, wide and narrow, light and dark, into screenshots/
	$(BIN)/python -m tests.screenshots

drill: $(VENV)/.dev ## every failure drill in full, about an hour; some of it: make drill DRILL="kills --count 20"
	$(BIN)/python -m tests.drills $(DRILL)

audit: $(VENV)/.dev ## known vulnerabilities of everything that is installed to run it
	$(BIN)/pip-audit --strict --progress-spinner off -r requirements.txt

format: $(VENV)/.dev ## format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove the virtual environment and caches; the warehouse stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis screenshots
