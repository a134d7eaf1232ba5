# GNU make. Everything is installed into .venv and nowhere else; the only prerequisites are make and Python 3.11+.
.DEFAULT_GOAL := help
.PHONY: help run test bench lint lock screenshots imports catalogues

# Options for the program a target starts, e.g. `make test ARGS="-k vote"`.
ARGS ?=
# The Python to build .venv with; the first one new enough when not given.
PYTHON ?=

# The stamps bear checksums of what was installed, so that a touched file or another branch costs nothing, and an
# interrupted installation leaves no stamp.
checksum = $(shell { $(1); } | cksum | tr ' ' -)
LOCKED := .venv/.locked-$(call checksum,cat requirements.lock)
READY := .venv/.ready-$(call checksum,pwd; cat pyproject.toml)
ifeq ($(realpath .venv/bin/python),)
.PHONY: $(LOCKED)
endif

IN_VENV := .venv/bin/python -m

help: ## show these targets
	@sed -n 's/^\([a-z]*\): .*## \(.*\)/make \1	\2/p' Makefile

run: $(READY) ## migrate the database and start the bot; without BAP_TOKEN, the sandbox at http://127.0.0.1:8080
	@.venv/bin/bap run $(ARGS)

test: $(READY) ## run every test, on all cores
	@echo "Running the tests"
	@$(IN_VENV) pytest --numprocesses=auto --dist=loadfile $(ARGS)

bench: $(READY) ## measure taps, screens and a broadcast at a server with Telegram's limits
	@echo "Measuring"
	@$(IN_VENV) tests.bench $(ARGS)

lint: $(READY) ## check style, format and types
	@echo "Checking style, format and types"
	@$(IN_VENV) ruff check
	@$(IN_VENV) ruff format --check
	@$(IN_VENV) mypy

# Pins that still fit are kept; `make lock ARGS=--upgrade` takes the newest of everything.
lock: $(LOCKED) ## pin every dependency, with hashes, in requirements.lock
	@echo "Pinning the dependencies in requirements.lock"
	@$(IN_VENV) uv pip compile pyproject.toml --quiet --no-config --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header $(ARGS) -o requirements.lock

screenshots: $(READY) ## retake the pictures of the docs in a real browser
	@echo "Taking the screenshots"
	@$(IN_VENV) tests.screenshots $(ARGS)

imports: $(READY) ## count who imports whom in the bot
	@$(IN_VENV) tests.imports $(ARGS)

catalogues: $(READY) ## bring the translation catalogues up to date with the texts
	@echo "Updating the catalogues"
	@$(IN_VENV) tests.catalogues $(ARGS)

# The environment is always made anew, never patched: what was half made or no longer pinned cannot linger.
$(LOCKED):
	@rm -rf .venv; \
	for python in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11) ""; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	if [ -z "$$python" ]; then \
		found=$$($(or $(PYTHON),python3) --version 2>/dev/null || echo none); \
		echo "Python 3.11 or newer is needed; found: $$found" >&2; exit 1; \
	fi; \
	echo "Making .venv with $$("$$python" --version)"; \
	if "$$python" -m venv .venv >/dev/null 2>&1; then pip=".venv/bin/python -m pip"; \
	elif rm -rf .venv; "$$python" -m virtualenv --quiet .venv 2>/dev/null; then pip=".venv/bin/python -m pip"; \
	elif rm -rf .venv; virtualenv --quiet --python "$$(command -v "$$python")" .venv 2>/dev/null; then pip=".venv/bin/python -m pip"; \
	elif rm -rf .venv; "$$python" -m pip --version >/dev/null 2>&1 \
		&& "$$python" -m venv --without-pip .venv 2>/dev/null; then pip="$$python -m pip --python .venv/bin/python"; \
	else rm -rf .venv; \
		echo "Cannot make .venv: install python3-venv (apt-get install python3-venv) or virtualenv" >&2; exit 1; \
	fi; \
	echo "Installing requirements.lock (a minute or two)"; \
	$$pip install --quiet --disable-pip-version-check --no-input --require-hashes --requirement requirements.lock
	@touch $@

# uv and the build requirements come from the lock, so nothing is fetched here.
$(READY): $(LOCKED)
	@echo "Installing the project into .venv"
	@rm -f .venv/.ready-*
	@$(IN_VENV) uv pip install --quiet --no-config --offline --no-cache --python .venv/bin/python \
		--no-deps --no-build-isolation --editable .
	@touch $@
