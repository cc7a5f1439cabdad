# Every target does its own set-up first (see packaging/setup.sh).
PYTHON := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen
.DEFAULT_GOAL := help
.PHONY: help setup run test thorough check covered uncovered coverage format lint types contracts shots pictures accuracy bench torture torture-long mutants measure-window desktop example lock clean windows windows-verify \
	windows-test windows-start linux linux-verify linux-start

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: ## virtual environment, locked packages, system libraries
	@sh packaging/setup.sh

run: setup ## open the editor on the example store (off-screen self-test where there is no screen)
	@sh packaging/run.sh

test: setup ## every test
	@$(OFFSCREEN) $(PYTHON) -m pytest -n auto -q

thorough: setup ## the tests that try random cases, each with a thousand of them
	@$(OFFSCREEN) $(PYTHON) -m pytest -n auto -q -m hypothesis --hypothesis-profile=thorough

check: setup ## format, lint, types, import contracts, tests with their coverage, side by side
	@$(MAKE) --no-print-directory -j4 --output-sync=target format-check lint types contracts covered uncovered

covered: setup ## the tests of model and storage with the branches they take: files that have to be covered whole are there
	@$(OFFSCREEN) $(PYTHON) -m pytest -n auto --dist worksteal -q tests/model tests/storage \
		--cov=model --cov=storage --cov-report= --cov-report=json:build/coverage.json
	@$(PYTHON) packaging/coverage_check.py build/coverage.json

uncovered: setup ## every other test
	@$(OFFSCREEN) $(PYTHON) -m pytest -n auto --dist worksteal -q tests --ignore=tests/model --ignore=tests/storage

coverage: setup ## the branches every test takes on every floor; it costs the tests twice their time
	@$(OFFSCREEN) $(PYTHON) -m pytest -n auto -q --cov --cov-report= --cov-report=json:build/coverage.json
	@$(PYTHON) packaging/coverage_check.py build/coverage.json

format: setup ## put the code into its standard format
	@$(PYTHON) -m ruff format . && $(PYTHON) -m ruff check --fix .

.PHONY: format-check
format-check: setup
	@$(PYTHON) -m ruff format --check .

lint: setup ## ruff
	@$(PYTHON) -m ruff check .

types: setup ## mypy --strict on the program, packaging and tests
	@$(PYTHON) -m mypy

contracts: setup ## gui -> storage -> model, and nothing the other way
	@.venv/bin/lint-imports

shots: setup ## a picture of every view, dialog and state, into build/shots
	@$(OFFSCREEN) $(PYTHON) -m tests.shots build/shots

pictures: setup ## the committed pictures of README and manual (needs ImageMagick)
	@$(OFFSCREEN) $(PYTHON) -m tests.shots --publish

accuracy: setup ## how well forms are read again out of texts and files, as a table
	@$(OFFSCREEN) $(PYTHON) -m tests.accuracy

bench: setup ## speed as ratios to a bare floor measured in the same run
	@$(OFFSCREEN) $(PYTHON) -m tests.bench

torture: setup ## break the program on purpose and look at what is left; each programme with a control that has to fail: ARGS="--only T1 --but T11 --seed N"
	@$(OFFSCREEN) nice $(PYTHON) -m tests.torture $(ARGS)

torture-long: setup ## the same for most of an hour; merges its rows into docs/reliability-report.md
	@$(OFFSCREEN) nice $(PYTHON) -m tests.torture --long --write

mutants: setup ## change the program in small ways and see whether the tests notice: ARGS="--seed N --sample N --only AREA"
	@$(PYTHON) -m tests.mutants $(ARGS)

measure-window: setup ## how much of each given form the grid shows at five sizes
	@$(OFFSCREEN) $(PYTHON) -m tests.bench.room

desktop: setup ## the real window on X11 with pinyin and a listener in place of a screen reader (needs what tests/desktop/desktop.sh names)
	@sh tests/desktop/desktop.sh

example: setup ## make resources/example.jixiao anew from the published forms
	@$(PYTHON) packaging/make_example.py

lock: setup ## pin the packages of packaging/*.in with hashes
	@sh packaging/lock.sh

clean: ## remove what was built
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

windows: setup ## Setup-X.Y.Z.exe and the portable zip, built under wine into dist
	@bash packaging/windows/build.sh

windows-verify: setup ## install, use, upgrade and remove that Setup.exe under wine; pictures where there can be a screen
	@bash packaging/windows/verify.sh
	@bash packaging/windows/pictures.sh

windows-test: setup ## the tests of model, storage and window on the Windows Python under wine; after make windows
	@bash packaging/windows/test.sh

windows-start: setup ## frozen start to window under wine as a ratio to a bare frozen window; after make windows
	@bash packaging/start/windows.sh

linux: setup ## the frozen program for Linux into dist, as .deb and .tar.gz
	@bash packaging/linux/build.sh

linux-verify: setup ## install that .deb into an empty root, use it, remove it
	@bash packaging/linux/verify.sh

linux-start: setup ## frozen start to window as a ratio to a bare frozen window; after make linux
	@bash packaging/start/linux.sh
