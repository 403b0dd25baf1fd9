# Every target does its own set-up: a locked .venv in the checkout, no service running beforehand.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
PEER   := .venv-peer

.PHONY: demo test check bench lock clean chromium
.DEFAULT_GOAL := test

# Debian's python3 comes without ensurepip: python3-venv is the only system package that set-up may need.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "installing the Debian package python3-venv"; apt-get update -qq && apt-get install -y -qq python3-venv; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY)
	$(BIN)/xuncha demo

# One process more than there are cores: many tests wait, for servers, browsers and deadlines. Each begins with a part of its own, so that
# what a room of tests shares is set up once.
test: check
	$(BIN)/pytest -n $$(($$(nproc) + 1)) --dist worksteal

# For the tests that need a browser: those are skipped where it cannot be installed.
chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium libatomic1 >/dev/null; } || echo "no Chromium can be installed here"

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Scrapy, which the crawl is measured against, has an environment of its own.
$(PEER)/.ready: $(READY) benchmarks/peer/requirements.lock
	$(PYTHON) -m venv $(PEER)
	$(PEER)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r benchmarks/peer/requirements.lock
	@touch $@

# What the others measure: benchmarks/README.md.
bench: $(READY) $(PEER)/.ready
	@echo "How much processor time the facts of a page cost:"
	$(BIN)/python benchmarks/facts.py
	@echo "What a whole scan costs, beside Scrapy on the same sites:"
	$(BIN)/python benchmarks/crawl.py peer

COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
lock:
	$(COMPILE) --all-extras pyproject.toml -o requirements.lock
	$(COMPILE) $(addprefix --extra ,postgres pdf browser fast build) --constraint requirements.lock pyproject.toml -o deploy/requirements.lock
	$(COMPILE) benchmarks/peer/requirements.in -o benchmarks/peer/requirements.lock

clean:
	rm -rf $(VENV) $(PEER) demo-output .mypy_cache .ruff_cache .pytest_cache
