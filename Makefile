# Two commands do everything: `make session` and `make test`. Python 3.11 or newer and make suffice.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEV := $(VENV)/.dev
USE := $(VENV)/.use
NATURAL := $(VENV)/.natural
LISTEN := $(VENV)/.listen

.PHONY: session test listen practice catalogue players voices check format bench clean
.DELETE_ON_ERROR:

# The body scan in the language of the machine: Dutch where it speaks that, else English.
LOCALE := $(or $(LC_ALL),$(LC_MESSAGES),$(LANG))
SCAN := $(if $(filter nl%,$(LOCALE)),bodyscan,body-scan)

# OFFLINE=1 forbids the network, but for the packages of the first time.
session: $(NATURAL)  ## render the body scan into output/, in Dutch or English, in the best voice at hand
	$(BIN)/sessions render $(SCAN) $(if $(filter-out 0,$(OFFLINE)),--offline)

test: $(DEV)  ## run every test, but for those of the five below
	$(BIN)/python -m pytest -n auto

practice: $(DEV)  ## take in and check texts as people have them
	$(BIN)/python -m pytest -n auto -m practice

listen: $(DEV) $(LISTEN)  ## hear finished files back with a recognizer
	$(BIN)/python -m pytest -m listen

voices: $(DEV)  ## let the slowest voice keep what every voice promises
	$(BIN)/python -m pytest -n auto -m voices

catalogue: $(DEV)  ## render every script whole, with more voices and presets, and judge it
	$(BIN)/python -m pytest -n auto -m catalogue

players: $(DEV)  ## let other programs play long files, in more formats
	$(BIN)/python -m pytest -n auto -m players

check: $(DEV)  ## lint, format and types, as CI has them
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV)  ## put the code in its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEV)  ## measure; see bench/README.md
	$(BIN)/python -m bench.render
	$(BIN)/python -m bench.night
	$(BIN)/python -m bench.variants
	$(BIN)/python -m bench.mix
	$(BIN)/python -m bench.script
	$(BIN)/python -m bench.seams
	$(BIN)/python -m bench.voices

clean:  ## remove what was set up and rendered
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find output -type f ! -name .gitkeep -delete

$(USE): pyproject.toml
	@echo 'Setting up $(VENV), once: this fetches about 100 MB.'
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check --editable .
	touch $@

# Natural voices; where they cannot be had, what there is goes on, and it is tried again the next time.
$(NATURAL): $(USE)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[natural]' && touch $@ \
	  || echo 'The natural voices cannot be installed here; going on without them.'

# pip learned dependency groups in 25.1; an older one is renewed inside .venv only.
$(DEV): $(USE)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	touch $@

$(LISTEN): $(USE)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[listen]'
	touch $@
