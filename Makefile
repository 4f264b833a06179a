# Fellesgrep. `make run` sets up what is missing and starts the whole product.

PYTHON ?= python3
BIN := .venv/bin
SETUP := $(PYTHON) backend/setup_environment.py

.PHONY: run test bench chaos setup format lock settings clean help

run: ## set up, and run the whole product on http://127.0.0.1:8000
	@$(SETUP) run
	@exec $(BIN)/fellesgrep up

test: setup ## check everything: style, types, imports, frontend, backend, end to end
	@$(BIN)/python -m tests.check_all

bench: setup ## measure; writes build/bench.json and build/bench.html
	@$(BIN)/python -m tests.bench

chaos: setup ## kill processes over and over: nothing may be lost
	@$(BIN)/pytest -m chaos tests

setup: ## what the tests need, without running them
	@$(SETUP) test

format: setup ## format the code
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

settings: setup ## write docs/settings.md from the settings' own descriptions
	@$(BIN)/fellesgrep settings > docs/settings.md

COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header --prerelease if-necessary-or-explicit \
	--group setup $(UPGRADE) pyproject.toml

lock: setup ## choose package versions anew: make lock UPGRADE=--upgrade
	@$(BIN)/python -m pip install --quiet uv
	@$(COMPILE) --output-file backend/requirements.lock
	@$(COMPILE) --group dev --constraint backend/requirements.lock \
		--output-file backend/requirements-dev.lock

clean: ## remove all that was made, except data (var/)
	@rm -rf .venv .cache build frontend/dist frontend/node_modules

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 12
