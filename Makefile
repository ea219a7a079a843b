# Two commands do everything: `make demo` and `make test`. Both set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo-service
STUDIO ?= demo-studio
SHOOT ?= demo-shoot
PRESS ?= demo-press
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help install demo test soak lint types contracts bench peers audit pins clean

help:
	@echo "make demo      simulate a service, a studio, a shoot and a newsroom: train, evaluate, plan, publish, show rights"
	@echo "make test      run the whole test suite"
	@echo "make install   only set up $(VENV)"
	@echo "make bench     print the figures of the README, each beside its peer (NAME=help_time for one)"
	@echo "make peers     only install the recommenders that benchmarks compare with (PEERS=irspack for one)"
	@echo "make lint types contracts soak audit pins clean"

install: $(VENV)/.runtime

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Openslate needs Python 3.11 or newer, and $(PYTHON) is older or missing."; \
	  echo "Name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.runtime: $(VENV)/.python requirements/runtime.txt pyproject.toml
	@echo "Installing what Openslate needs (a minute or two the first time)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/runtime.txt
	@$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m openslate.native
	@touch $@

$(VENV)/.press: $(VENV)/.runtime requirements/press.txt
	@echo "Installing what reads feeds and pages"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/press.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@echo "Installing the tools for tests"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# Only a folder that a demo finished is cleared away: it left demo.json there.
demo: $(VENV)/.press
	@for folder in "$(DEMO)" "$(STUDIO)" "$(SHOOT)" "$(PRESS)"; do \
	  if [ -f "$$folder/demo.json" ]; then rm -rf "$$folder"; elif [ -n "$$(ls -A "$$folder" 2>/dev/null)" ]; then \
	  echo "The folder $$folder is not a finished demo, so nothing in it is touched."; \
	  echo "Name other ones: make demo DEMO=another-folder STUDIO=one-more SHOOT=a-third PRESS=a-last"; exit 1; fi; done
	@$(BIN)/openslate demo "$(DEMO)"
	@$(BIN)/openslate greenlight demo "$(STUDIO)"
	@$(BIN)/openslate production demo "$(SHOOT)"
	@$(BIN)/openslate press demo "$(PRESS)"

# Tests of one file stay with one process, which makes what they share once. Files are dealt out in the order of their
# names: by the number of their tests, those of few long tests would come last, and one process would wait for another.
# Bytecode is kept even where the shell asks for none, or each of the processes that tests start would compile anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/.dev
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

soak: $(VENV)/.dev
	$(BIN)/python -m pytest -m soak

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	@echo "Installing the peers for benchmarks"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

# Each peer library has an environment of its own, so that no bound of one holds back another. LensKit cannot do without
# torch, which no pin names: which build suits is the machine's affair, and the usual one for Linux brings CUDA,
# gigabytes of it. Where pip knows a smaller one, name it: make peers TORCH=torch==2.13.0+cpu
PEERS ?= implicit irspack lenskit rectools
TORCH ?= torch>=2.4,<3
COMPARISONS := strong_generalisation leave_last_out time_split

.venv-peers/%/.done: requirements/peers/%.txt
	@echo "Installing the peer $* in an environment of its own"
	@$(PYTHON) -m venv .venv-peers/$*
	@$(if $(filter lenskit,$*),.venv-peers/$*/bin/python -m pip install --quiet "$(TORCH)")
	@.venv-peers/$*/bin/python -m pip install --quiet --no-deps --require-hashes -r $<
	@touch $@

peers: $(PEERS:%=.venv-peers/%/.done)

bench: $(VENV)/.bench $(if $(filter $(COMPARISONS),$(or $(NAME),$(COMPARISONS))),peers)
	@$(BIN)/python -m benchmarks $(NAME)

audit: $(VENV)/.dev
	$(BIN)/pip-audit --require-hashes -r requirements/runtime.txt

# Needs `uv`; writes pins with hashes and without any address.
PIN := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links
pins:
	cd requirements && for name in runtime press dev bench; do $(PIN) $$name.in -o $$name.txt; done
	cd requirements/peers && for name in $(PEERS); do $(PIN) --excludes left-out.in $$name.in -o $$name.txt; done

clean:
	@for folder in "$(DEMO)" "$(STUDIO)" "$(SHOOT)" "$(PRESS)"; do if [ -f "$$folder/demo.json" ]; then rm -rf "$$folder"; fi; done
	rm -rf $(VENV) .venv-peers .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
