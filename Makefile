.DEFAULT_GOAL := help
.PHONY: help run test lint format bench faults flood votes screenshots lock

PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help:
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST)

run: .venv/run.stamp  ## build the environment, start database, server and worker
	@exec $(BIN)/python manage.py serve

test: .venv/tools.stamp  ## everything, on real PostgreSQL and a real browser
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: .venv/dev.stamp  ## what CI would object to
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'templates/*.html')

format: .venv/dev.stamp  ## let the tools put it right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html')

bench: .venv/tools.stamp  ## ratios against references taken in the same run
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m benchmarks

faults: .venv/dev.stamp  ## kill everything while people send: is what was acknowledged there, once?
	@$(BIN)/python -m benchmarks.faults

flood: .venv/tools.stamp  ## 10,000 messages of machines and 200 of people: who is stopped?
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m benchmarks.spam

votes: .venv/dev.stamp  ## 2,000 votes at once: are the totals right, and does reading wait?
	@$(BIN)/python -m benchmarks.votes

screenshots: .venv/dev.stamp  ## photograph the demonstration for README and guides
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.browser.screenshots

lock: .venv/dev.stamp  ## recompile requirements/ and the lock of tests/tools
	@$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install -q uv
	@.venv/lock/bin/uv pip compile pyproject.toml -o requirements/run.txt $(LOCK)
	@.venv/lock/bin/uv pip compile pyproject.toml --group dev -o requirements/dev.txt $(LOCK)
	@$(BIN)/python -m tests.tools.install --lock

LOCK := --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt | .venv/bin/python
	@$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt | .venv/bin/python
	@$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

.venv/tools.stamp: tests/tools/package-lock.json .venv/dev.stamp
	@$(BIN)/python -m tests.tools.install
	@touch $@
