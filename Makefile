# PMO Coach. `make chat` and `make test` are all that a newcomer needs; `make help` lists the rest.
# It is written for GNU make 3.81, which macOS still has.

SHELL := /bin/sh
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help chat ask serve setup train test check bench crossval bench-slack bench-stock bench-web widget screenshots lock clean
.PHONY: bench-scale chaos
.PHONY: coverage audit sbom schemathesis fuzz
.PHONY: FORCE
.PHONY: check-format check-lint check-types check-imports check-clean check-content check-data check-stories

BIN := .venv/bin
RUN := .venv/.stamp-run
DEV := .venv/.stamp-dev
STOCK := .venv-stock/.stamp-stock
TOOLS := .venv-tools/.stamp-tools
ENCODER := var/encoder/manifest.json
MODEL := models/.stamp-train
export PYTHON

# What a person asks reaches the command as it was typed: make expands nothing in it, the shell neither.
override Q := $(value Q)
export Q

# Things that a file's age does not show; each makes its step run again, and the step itself looks closer.
ifneq ($(shell cat .venv/.root 2>/dev/null),$(CURDIR))
$(RUN) $(DEV): FORCE
endif
ifneq ($(shell cat .venv-stock/.root 2>/dev/null),$(CURDIR))
$(STOCK): FORCE
endif
ifneq ($(shell cat .venv-tools/.root 2>/dev/null),$(CURDIR))
$(TOOLS): FORCE
endif
# Settings that point elsewhere than this folder; no model where one should be.
ifneq ($(PMO_COACH_VAR)$(PMO_COACH_ENCODER_DIR),)
$(ENCODER): FORCE
endif
ifneq ($(PMO_COACH_VAR)$(PMO_COACH_MODEL)$(PMO_COACH_CONTENT)$(PMO_COACH_DATABASE_URL),)
$(MODEL): FORCE
else ifeq ($(wildcard models/pmo-coach.tar.gz),)
$(MODEL): FORCE
endif
# Files, and folders, whose age shows that a file went.
TRAINED_FROM := config.yml domain.yml \
  $(shell find data bot/content bot/nlu \( -name __pycache__ -o -name '*.md' \) -prune -o -print 2>/dev/null)

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

chat: $(MODEL) ## talk with the coach in this terminal (sets everything up first, if needed)
	@$(BIN)/pmo-coach chat $(ARGS)

ask: $(MODEL) ## answer one question on stdout: make ask Q="what is a PMO?" (ARGS=--json for programs)
	@if [ -n "$$Q" ]; then $(BIN)/pmo-coach ask $(ARGS) -- "$$Q"; else $(BIN)/pmo-coach ask $(ARGS); fi

serve: $(MODEL) ## serve the coach on http://localhost:5005 (PMO_COACH_PORT and PMO_COACH_HOST set where)
	@$(BIN)/pmo-coach serve $(ARGS)

setup: $(ENCODER) ## make the environment .venv and fetch the sentence encoder, nothing more
	@echo "PMO Coach is set up." >&2

train: $(MODEL) ## train the assistant, if something changed since the last time

test: $(DEV) $(MODEL) ## run every test that needs nothing but this repository (ARGS="-k word" for some)
	@$(BIN)/python -m pytest $(ARGS)

coverage: $(DEV) ## tell which branches of coaching and of the actions no test enters; CI wants none
	@$(BIN)/python -m pytest tests/coaching tests/actions --cov $(ARGS)

check: check-format check-lint check-types check-imports check-clean check-content check-data check-stories ## all that CI checks beside tests (-k goes on after the first failure)

check-format: $(DEV)
	$(BIN)/ruff format --check .

check-lint: $(DEV)
	$(BIN)/ruff check .

check-types: $(DEV)
	$(BIN)/mypy

check-imports: $(DEV)
	$(BIN)/lint-imports --no-logo

check-clean: $(DEV)
	$(BIN)/python scripts/check_clean.py

check-content: $(DEV)
	$(BIN)/pmo-coach knowledge check

check-data: $(DEV)
	$(BIN)/pmo-coach rasa data validate --fail-on-warnings

check-stories: $(DEV) $(MODEL)
	$(BIN)/pmo-coach rasa test core --stories tests/stories --model models/pmo-coach.tar.gz --fail-on-prediction-errors --out results --no-plot

bench: $(MODEL) ## measure speed, size and accuracy, as a table
	@$(BIN)/python -m benchmarks $(ARGS)

crossval: $(DEV) $(ENCODER) ## tell each intent's F1 and the worst confusions, and draw the matrix (results/crossval.svg)
	@$(BIN)/python -m benchmarks.crossval $(ARGS)

bench-slack: $(DEV) $(MODEL) ## measure the channel for Slack against a fake Slack, as a table
	@$(BIN)/python -m benchmarks.slack $(ARGS)

bench-scale: $(DEV) $(MODEL) ## measure two servers behind nginx, a million conversations, a long day (ARGS=--short: 2 minutes)
	@$(BIN)/python -m benchmarks.scale $(ARGS)

chaos: $(DEV) $(MODEL) ## kill servers, stop databases, fill the disk under load, as a table (ARGS=--short: 2 minutes)
	@$(BIN)/python -m benchmarks.chaos $(ARGS)

bench-stock: $(STOCK) bench ## the same beside stock Rasa with TensorFlow (3 GB, in .venv-stock)

widget: ## build the web widget and run its unit tests; needs node 20 and npm, which nothing else does
	@command -v npm >/dev/null || { echo "This needs node 20 or newer with npm. The built widget is in the repository: you need it to change the widget only." >&2; exit 1; }
	cd bot/widget && npm ci --no-audit --no-fund && npm run --silent types && npm test --silent && npm run --silent build

bench-web: $(DEV) $(MODEL) ## measure the web widget in Chromium, as a table
	@$(BIN)/python -m benchmarks.web $(ARGS)

screenshots: $(DEV) $(MODEL) ## draw docs/images/web*.png from the running coach; needs Chromium
	@$(BIN)/python -m scripts.screenshots docs/images

audit: $(DEV) $(TOOLS) ## hold the packages against known advisories and docs/advisories.yml
	@$(BIN)/python -m security.audit

sbom: $(DEV) $(TOOLS) ## write dist/pmo-coach.cdx.json, what the coach is made of (CycloneDX)
	@$(BIN)/python -m security.sbom

schemathesis: $(DEV) $(TOOLS) $(MODEL) ## hold the server against docs/openapi.yaml (ARGS="-n 500" for more cases)
	@$(BIN)/python -m security.api $(ARGS)

fuzz: $(DEV) $(TOOLS) $(MODEL) ## let atheris look for input that breaks the doors (ARGS="--seconds 600")
	@$(BIN)/python -m security.fuzz $(ARGS)

lock: ## recompile the lock files from pyproject.toml (ARGS=--upgrade for newer versions); needs uv
	@scripts/lock.sh $(ARGS)

clean: ## remove what set-up, training and tests made; your conversations in var/ stay
	rm -rf .venv .venv-stock .venv-tools .venv.lock .venv-stock.lock .venv-tools.lock models build dist *.egg-info
	rm -rf .rasa .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov results
	find bot actions tests scripts benchmarks -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

$(RUN): requirements.lock pyproject.toml scripts/setup.sh
	@scripts/setup.sh run >&2

$(DEV): requirements-dev.lock pyproject.toml scripts/setup.sh $(RUN)
	@scripts/setup.sh dev >&2

$(STOCK): requirements-stock.lock pyproject.toml scripts/setup.sh
	@scripts/setup.sh stock >&2

$(TOOLS): requirements-tools.lock pyproject.toml scripts/setup.sh
	@scripts/setup.sh tools >&2

$(ENCODER): | $(RUN)
	@$(BIN)/pmo-coach encoder install >&2

$(MODEL): $(TRAINED_FROM) $(RUN) | $(ENCODER)
	@$(BIN)/pmo-coach train --if-needed >&2
	@mkdir -p $(@D) && touch $@

FORCE:
