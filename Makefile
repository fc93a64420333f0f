# Every target sets this checkout up first (.ci/prepare); on a fresh Debian that needs only Python 3.
.DEFAULT_GOAL := help
.PHONY: help run test check bless bench screenshots axe evaluate lab soak unit-test install-test image image-test image-kills record fuzz catalogue clean
.SILENT:

BIN := .venv/bin
PYTEST := $(BIN)/pytest -n 2
# What `make run` passes on, e.g. make run ARGS="--config my.toml".
ARGS ?=

help: ## say what there is
	awk -F':.*## ' '/^[a-z -]+:.*## /{printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## start the box here, with a simulated front panel, and print its address
	.ci/prepare run
	exec $(BIN)/vigie run $(ARGS)

test check: ## everything that must hold: form, types, layers, tests
	.ci/prepare test
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo
	$(PYTEST) -q -rs

bless: ## rewrite the expected alerts, the generated pages and the samples; read the diff
	.ci/prepare test
	$(BIN)/python -m appliance.catalogue
	$(PYTEST) -q --bless tests/test_captures.py
	$(BIN)/python -m tests.samples

bench: ## compare speed and memory with other programs, on a capture made here
	.ci/prepare test
	$(BIN)/python -m tests.bench $(ARGS)

screenshots: ## a picture of every page, in every way; prints what does not fit (--papers: README's)
	.ci/prepare test
	$(BIN)/python -m tests.browser.screenshots $(ARGS)

axe: ## every page, in both languages and themes, on a phone and a desk, before axe-core
	.ci/prepare test
	$(BIN)/pytest -v -m 'long or not long' tests/browser/test_axe.py $(ARGS)

evaluate: ## replay a folder of captures (VIGIE_CORPUS): what was found, missed, identified
	.ci/prepare test
	$(BIN)/python -m tests.evaluate $(ARGS)

lab: ## only the virtual practice: real programs in network namespaces (root)
	.ci/prepare test
	$(BIN)/pytest -v tests/lab $(ARGS)

soak: ## a hundred cuts in the lab, good and bad: none is called proven that is none (root)
	.ci/prepare test
	VIGIE_CUTS=100 $(BIN)/pytest -v -s tests/lab/test_faults.py -k many $(ARGS)

unit-test: ## the installed box for longer: watchdogs, parts that keep failing (root, minutes)
	.ci/prepare test
	$(BIN)/pytest -v -m 'long or not long' tests/systemd $(ARGS)

install-test: ## install, upgrade, update, kill, fall back and remove on Debian 12 and 13 (root, minutes)
	.ci/prepare test
	$(BIN)/pytest -v -m long tests/test_install.py tests/test_updates.py tests/appliance/update $(ARGS)

image: ## make the image for the card of a Raspberry Pi (root, 15 minutes)
	.ci/prepare image
	image/build $(ARGS)

image-test: ## boot the image in an emulated Raspberry Pi 3, cut, and end its power (minutes)
	.ci/prepare image
	test -e build/image/vigie.img || image/build
	$(BIN)/pytest -v -s -m long --ignore=tests/image/test_update_kills.py tests/image $(ARGS)

image-kills: ## cut that Raspberry Pi off at twenty points of an update; boot each time (100 minutes)
	.ci/prepare image
	test -e build/image/vigie.img || image/build
	$(BIN)/pytest -v -s -m long tests/image/test_update_kills.py $(ARGS)

record: ## play the scenes of the captures again, with the real tools, and record them (root)
	.ci/prepare record
	$(BIN)/python -m tests.lab.record $(ARGS)

fuzz: ## mutants of ordinary frames, then the property tests, much longer than usual
	.ci/prepare test
	$(BIN)/python -m tests.fuzz 600
	$(PYTEST) -q -m hypothesis --hypothesis-profile=long --timeout=3600

clean: ## remove what was made here, but not var/
	rm -rf .tools .venv build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
