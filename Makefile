# Everything a person does with the project. `make` alone lists it.

PYTHON3 ?= python3
PORT ?= 8080
PYTHON := .venv/bin/python
PACKAGES := contracts chassis services deploy
CODE := $(PACKAGES) benchmarks
# Node and npm come as a wheel: the ones in .venv go before any others, also for scripts that npm starts.
NPM := PATH="$(CURDIR)/.venv/bin:$$PATH" npm --prefix web
WEB_SOURCES := $(shell find web -name node_modules -prune -o -name dist -prune -o -name schema.d.ts -prune -o -type f -print) \
	$(wildcard contracts/published/openapi.json)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup web chromium run check check-python check-web test quick attack storm bench lock migration events reactions openapi release clean

help: ## List these targets
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

##@ Working
setup: .venv/.ready ## Make .venv with every locked package (does nothing when nothing changed)

web: web/dist/.built ## Build the web client into web/dist (does nothing when nothing changed)

run: setup web ## Run everything at http://127.0.0.1:8080 until Ctrl-C (PORT=8081 for another port)
	@exec $(PYTHON) -m deploy.cli local --port $(PORT)

clean: ## Remove what was built; data in .local and .venv stay
	rm -rf web/dist web/src/api/schema.d.ts goodoffices.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find $(CODE) tests -name __pycache__ -type d -prune -exec rm -rf {} +

##@ Checking
check: check-python check-web ## Lint, format, types and import rules, in Python and in the web client

check-python: setup ## The same for Python only
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy --strict $(CODE)
	.venv/bin/lint-imports

check-web: web/node_modules/.ready ## The same for the web client only
	$(NPM) run check

test: setup web chromium ## Run all tests: import rules, web client, then everything on real servers and in a real browser
	.venv/bin/lint-imports
	$(NPM) test
	$(PYTHON) -m pytest -n 2

quick: check-python ## Lint, types and rules, then the tests of what changed since SINCE (the last commit)
	$(PYTHON) -m pytest -n 2 $$($(PYTHON) tests/changed.py $${SINCE:-HEAD})

attack: setup ## Attack the whole description for a quarter of an hour, by all roles (ATTACK_SEED=2 for other cases)
	ATTACK_SECONDS=$${ATTACK_SECONDS:-900} $(PYTHON) -m pytest -n 0 tests/attack

storm: setup ## Kill, pause and fill everything under load: SECONDS=180 SEED=7 make storm
	SECONDS=$(or $(SECONDS),180) $(PYTHON) -m pytest -n 0 -s tests/faults/test_storm.py

bench: setup ## Measure what must be fast
	$(PYTHON) -m benchmarks

chromium:
	@if [ -x /usr/bin/chromium-headless-shell ] || [ -x /usr/bin/chromium ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell; \
	else echo "error: the browser tests need Chromium; install it as root: apt-get install chromium-headless-shell" >&2; exit 1; fi

##@ Publishing
lock: setup ## Write requirements.lock and web/package-lock.json anew (FLAGS=--upgrade for newer releases)
	UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url \
		--no-emit-find-links --python-version 3.11 --extra dev $(FLAGS) pyproject.toml -o requirements.lock
	$(NPM) install --package-lock-only

migration: setup ## Write a migration: make migration SERVICE=reports REVISION=0004 MESSAGE="Alerts"
	$(PYTHON) -m deploy.cli new-migration $(SERVICE) $(REVISION) "$(MESSAGE)"

events: setup ## Publish the schemas of new event versions, and asyncapi.json
	$(PYTHON) -m deploy.cli publish-events

reactions: setup ## Write who reacts to what into docs/architecture.md
	$(PYTHON) -m deploy.cli write-reactions

openapi: setup web/node_modules/.ready ## Write contracts/published/openapi.json from the services
	$(PYTHON) -m deploy.cli openapi contracts/published/openapi.json

release: openapi ## Freeze the API's description as the last release's; a break of the one before is refused
	$(PYTHON) -m deploy.cli release-openapi

# uv is installed by its hashes in the lock, then installs the rest by theirs. Compiled once, Python starts faster.
# uv does not read pip's configuration: where only pip can reach the packages, pip installs them, by the same hashes.
.venv/.ready: requirements.lock pyproject.toml
	@$(PYTHON3) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("error: Python 3.11 or newer is needed (PYTHON3=...)")'
	@$(PYTHON) -c '' 2>/dev/null || $(PYTHON3) -m venv --clear .venv
	@sed -n '/^uv==/,/^    # via/p' requirements.lock > .venv/uv.lock
	$(PYTHON) -m pip install --quiet --require-hashes -r .venv/uv.lock
	@VIRTUAL_ENV="$(CURDIR)/.venv" .venv/bin/uv pip sync --quiet --compile-bytecode --require-hashes requirements.lock \
		|| { echo "uv could not install the packages; trying pip"; \
		$(PYTHON) -m pip install --quiet --require-hashes -r requirements.lock; }
	VIRTUAL_ENV="$(CURDIR)/.venv" .venv/bin/uv pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

web/node_modules/.ready: web/package.json web/package-lock.json | setup
	$(NPM) ci
	@touch $@

web/dist/.built: web/node_modules/.ready $(WEB_SOURCES)
	$(NPM) run build
	@touch $@
