# Two commands: `make up` runs Teduh, `make test` tests it. The rest serves these.
# ARGS pass through: make up ARGS="--port 9000 --people 500", make test ARGS="tests/law -k relief".
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help up test test-cluster check lock bench chromium clean

VENV   ?= .venv
BIN    := $(VENV)/bin
# The first Python that is new enough; name another with PYTHON=.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP    := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
# Three processes on two cores, for half of the time a test waits for PostgreSQL or a browser; at most six. A file's
# tests stay together.
CORES  := $(shell n=$$(nproc 2>/dev/null || echo 1); n=$$((n + (n + 1) / 2)); [ $$n -gt 6 ] && n=6; echo $$n)

help:  ## this text
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

up: $(VENV)/.runs  ## run Teduh here: its own PostgreSQL, a made-up district, pages and sign-ins (Ctrl-C stops it)
	@exec $(BIN)/python -m teduh up $(ARGS)

test: $(VENV)/.tests chromium  ## everything: `make check`, then unit, property, journey, architecture and browser tests
	@$(if $(ARGS),,$(MAKE) --no-print-directory check)
	@$(BIN)/python -m pytest $(if $(ARGS),$(ARGS),-n $(CORES) --dist loadfile)$(if $(STATUS),; echo $$? > $(STATUS))

test-cluster: $(VENV)/.tests  ## runs over the nation on a real Spark cluster and on object storage (installs both; needs Java)
	@$(PIP) install '.[cluster]' 'moto[server]'
	@$(BIN)/python -m pytest tests/national/test_cluster.py

check: $(VENV)/.tests  ## format, lint, storeys of the house, types of the law, missing migrations, documents
	@$(BIN)/ruff format --check --quiet . || { echo "Not formatted: run $(BIN)/ruff format ."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache > $(VENV)/.imports 2>&1 || { cat $(VENV)/.imports; exit 1; }
	@$(BIN)/python -m mypy --no-error-summary
	@TEDUH_DATA_DIR=$(VENV)/.check $(BIN)/python manage.py makemigrations --check --dry-run --verbosity 1 2> $(VENV)/.migrations > $(VENV)/.missing \
		|| { cat $(VENV)/.missing $(VENV)/.migrations; echo "A migration is missing: run $(BIN)/python manage.py makemigrations"; exit 1; }
	@$(BIN)/python -m pytest --quiet --no-header tests/architecture/test_documents.py > $(VENV)/.documents 2>&1 \
		|| { cat $(VENV)/.documents; exit 1; }
	@echo "check: format, lint, storeys, types, migrations and documents are in order"

lock: $(BIN)/python  ## write the two lock files again (needs uv: pip install uv)
	@uv=$$(command -v uv || command -v $(BIN)/uv) || { echo "make lock needs uv: pip install uv"; exit 1; }; \
	compile="$$uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header"; \
	$$compile pyproject.toml -o requirements.txt && \
	$$compile pyproject.toml --extra test -c requirements.txt -o requirements-test.txt

bench: $(VENV)/.tests  ## measure; bench/README.md says what against what
	@$(BIN)/python bench/run.py $(ARGS)

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests (apt-get install chromium) ..."; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >$(VENV)/.chromium 2>&1 \
			|| echo "Chromium could not be installed (see $(VENV)/.chromium); the browser tests will be skipped."; \
	else \
		echo "No Chromium: the browser tests will be skipped. To run them: sudo apt install chromium"; \
	fi

clean:  ## remove the environment and everything that tools left; never the data of `make up`
	@rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .schemathesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Teduh needs Python 3.11 or newer: apt install python3 (or name one: make PYTHON=...)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "This Python cannot make environments yet; installing python3-venv ..."; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv; } >/dev/null || \
			{ echo "python3-venv could not be installed; install it, then run make again."; exit 1; }; \
	else \
		echo "This Python cannot make environments. Run: sudo apt install python3-venv   (then make again)"; exit 1; \
	fi
	@echo "Making the environment $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV)

# Each lock file has a stamp: a start with an unchanged lock installs nothing.
$(VENV)/.runs: requirements.txt | $(BIN)/python
	@[ $(VENV)/.tests -nt requirements-test.txt ] && [ $(VENV)/.tests -nt requirements.txt ] || \
		{ echo "Installing what Teduh needs from requirements.txt ..."; $(PIP) install --require-hashes -r requirements.txt; }
	@$(COMMAND)
	@touch $@

$(VENV)/.tests: requirements-test.txt requirements.txt | $(BIN)/python
	@echo "Installing what Teduh and its tests need from requirements-test.txt ..."
	@$(PIP) install --require-hashes -r requirements-test.txt
	@$(COMMAND)
	@touch $@

# The environment's own `teduh`, running these sources.
COMMAND = printf '%s\n' '\#!$(abspath $(BIN))/python' 'import sys' 'sys.path.insert(0, "$(CURDIR)")' \
	'from teduh.cli.main import main' 'main()' > $(BIN)/teduh && chmod +x $(BIN)/teduh
