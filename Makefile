# make demo shows it, make test checks it, make bench measures it.
UV := .tools/bin/uv
PY := .venv/bin/python
PORT ?= 8000

.PHONY: setup demo serve test lint pytest browser bench krav krav-mutants messages pictures roles

setup: .venv/ready

.tools/bin/uv:
	python3 -m venv .tools
	.tools/bin/pip install -q uv

.venv/ready: pyproject.toml uv.lock $(wildcard src/samrad/*/locale/*/LC_MESSAGES/*.po) | .tools/bin/uv
	$(UV) sync --locked -q
	$(PY) -m samrad.core.catalogues compile
	touch .venv/ready

demo: setup
	.venv/bin/samrad demo --port $(PORT)

serve: setup
	.venv/bin/samrad serve --port $(PORT)

# Side by side: what looks at the code uses one core, and the tests wait for the database and the browser now and then.
test: setup browser
	$(MAKE) -j2 lint pytest

lint: setup
	.venv/bin/ruff check src tests .ci
	.venv/bin/ruff format --check src tests .ci
	.venv/bin/mypy src
	.venv/bin/lint-imports
	$(PY) -W ignore manage.py makemigrations --check --dry-run
	$(PY) -m samrad.core.catalogues check

pytest: setup
	.venv/bin/pytest -q -n 2 --dist loadgroup

# Browser tests need Chromium: Debian's where we are root, the one without a window if it is there, otherwise Playwright's own.
browser: setup
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || { echo "Installing Chromium for the browser tests"; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && { apt-get install -y -qq chromium-headless-shell || apt-get install -y -qq chromium; } >/dev/null; \
	else $(PY) -m playwright install chromium; fi; }

bench: setup
	$(PY) -m bench.run
	$(PY) -m bench.run --meeting
	$(PY) -m bench.run --portfolio
	$(PY) -m bench.run --import

krav: setup
	$(PY) -m tests.krav list

krav-mutants: setup
	$(PY) -m tests.krav mutants -n 2

messages: setup
	$(PY) -m samrad.core.catalogues extract

# The handbooks' pictures, from a demo started for them; the table of roles, from the rules.
pictures: setup browser
	$(PY) tools/pictures.py

roles: setup
	SAMRAD_DATA=$$(mktemp -d) $(PY) tools/roles.py
