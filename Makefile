# One command for each chore. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := VIRTUAL_ENV=$(abspath $(VENV)) $(BIN)/uv
LOCKED := --quiet --require-hashes --constraint requirements.lock

.PHONY: help install install-dev install-all lock run chat playground demo test lint format bench soak package clean

help: ## List every chore
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/uv: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed. Try: make PYTHON=python3.12 install")'
	@$(PYTHON) -m venv $(VENV)
	@awk '/^uv==/{on=1} /^[a-z]/&&!/^uv==/{on=0} on' requirements.lock > $(VENV)/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.txt
	@touch $(BIN)/uv

$(VENV)/.run: $(BIN)/uv pyproject.toml requirements.lock
	@$(UV) pip install $(LOCKED) -r pyproject.toml --group setup
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(UV) pip install $(LOCKED) -r pyproject.toml --group dev
	@touch $@

$(VENV)/.all: $(VENV)/.dev
	@$(UV) pip install $(LOCKED) -r pyproject.toml --all-extras --group dev
	@touch $@

install: $(VENV)/.run ## Set up what the assistant needs; leaves .venv/bin/cspr
install-dev: $(VENV)/.dev
install-all: $(VENV)/.all

lock: $(BIN)/uv ## Renew requirements.lock (every extra, with hashes)
	@$(UV) pip compile --quiet --universal --upgrade --generate-hashes --all-extras --group dev --group setup --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements.lock

run: $(VENV)/.run ## Start the assistant (local mode, this machine only)
	@$(BIN)/cspr run

chat: $(VENV)/.run ## Talk to the assistant in this terminal
	@$(BIN)/cspr chat

clean: ## Remove what the other chores made, the virtual environment included
	@rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/clients/node_modules
