# One command for each chore. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A council behind a proxy of its own has its certificates in the system store.
UV := VIRTUAL_ENV=$(abspath $(VENV)) UV_SYSTEM_CERTS=true $(BIN)/uv
# Tests wait for disks, browsers and offices more than they compute: three at once keep two cores busy. They are taken in the
# order of their folders: by the number of tests in a file, the longest ones of few tests would come last, and alone.
SIDE_BY_SIDE := 3
LOCKED := --quiet --require-hashes --constraint requirements.lock

.PHONY: help install install-slack install-sharepoint install-dev install-all lock run chat playground demo test lint format docs bench soak package clean

help: ## List every chore
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

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

$(VENV)/.slack: $(VENV)/.run
	@$(UV) pip install $(LOCKED) -r pyproject.toml --extra slack
	@touch $@

$(VENV)/.sharepoint: $(VENV)/.run
	@$(UV) pip install $(LOCKED) -r pyproject.toml --extra sharepoint
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@$(UV) pip install $(LOCKED) -r pyproject.toml --group dev
	@touch $@

$(VENV)/.all: $(VENV)/.dev
	@$(UV) pip install $(LOCKED) -r pyproject.toml --all-extras --group dev
	@touch $@

install: $(VENV)/.run ## Set up what the assistant needs; leaves .venv/bin/cspr
install-slack: $(VENV)/.slack ## The same, with the library that Slack needs
install-sharepoint: $(VENV)/.sharepoint ## The same, with the library that SharePoint needs
install-dev: $(VENV)/.dev
install-all: $(VENV)/.all

lock: $(BIN)/uv ## Renew requirements.lock (every extra, with hashes)
	@$(UV) pip compile --quiet --universal --upgrade --generate-hashes --all-extras --group dev --group setup --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url pyproject.toml -o requirements.lock

run: $(VENV)/.run ## Start the assistant (local mode, this machine only)
	@$(BIN)/cspr run

chat: $(VENV)/.run ## Talk to the assistant in this terminal
	@$(BIN)/cspr chat

playground: $(VENV)/.run tests/clients/node_modules/.done ## Open the assistant in the Agents Playground (needs Node)
	@$(BIN)/python -m tests.clients.open_playground

demo: $(VENV)/.run ## Play an invented case from the referral to the Panel's letter; leaves the documents in out/demo
	@rm -rf out/demo && $(BIN)/cspr play templates/north-somerset/demo/case.yaml --out out/demo

test: $(VENV)/.all tests/clients/node_modules/.done lint ## Set up what is needed and run every check and test
	@PYTHONDONTWRITEBYTECODE= PYTHONHASHSEED=0 $(BIN)/python -m pytest -n $(SIDE_BY_SIDE) --dist loadfile --no-loadscope-reorder $(PYTEST)

lint: $(VENV)/.dev ## Formatting, lint, types and the floors
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --diff --quiet .; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive --severity-level medium bot dialogs templates state

format: $(VENV)/.dev ## Put the code in order
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

docs: $(VENV)/.all ## Write the reference pages anew from the code, the profile and the parity suite
	@$(BIN)/cspr docs
	@$(BIN)/python -m tests.parity.table

bench: $(VENV)/.all ## Measure against the floors and peers, as ratios in one run
	@$(BIN)/python -m tests.bench

soak: $(VENV)/.all ## The full counts: kills, random walks, whole years, a troubled Slack, filing, Word forms read back, a troubled SharePoint; writes docs/soak-results.json
	@$(BIN)/python -m tests.soak

package: $(VENV)/.run ## Build the Teams app package in out/
	@$(BIN)/cspr package

tests/clients/node_modules/.done: tests/clients/package-lock.json
	@if command -v npm >/dev/null; then cd tests/clients && npm ci --silent --no-audit --no-fund && touch node_modules/.done; \
	elif [ -n "$(CI)" ]; then echo "Node is needed in CI. Install nodejs and npm."; exit 1; \
	else echo "Node is not here: the tests that need it are skipped."; fi

clean: ## Remove what the other chores made, the virtual environment included
	@rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/clients/node_modules
