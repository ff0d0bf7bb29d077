# Two commands do all the set-up: `make demo` and `make test`. `make check` only reads, `make fix` writes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-browser test-slow test-torch check fix golden docs bench bench-batch bench-interfaces scenario quality gate calibrate measure measure-torch clean

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "mtqc needs Python 3.11 or later: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .
	touch $@

$(VENV)/.tested: $(VENV)/.installed
	$(BIN)/pip install --quiet --editable '.[dev,hub]'
	touch $@

demo: $(VENV)/.installed  ## check every pair of corpora/, on screen and into reports/demo/
	$(BIN)/mtqc check corpora --format terminal --format html --format json --output reports/demo
	@echo "Written: reports/demo/mtqc-report.html and reports/demo/mtqc-report.json"

test: $(VENV)/.tested  ## all tests that need neither torch nor a network; those in a browser where Chromium is there
	$(BIN)/python -m pytest

test-browser: $(VENV)/.tested  ## the tests in a real browser; installs Chromium (as root, with apt) and axe-core where it can
	tests/browser/prepare.sh
	$(BIN)/python -m pytest -m browser -rs

test-slow: $(VENV)/.tested  ## the tests that take minutes: a document of 100,000 sentences
	$(BIN)/python -m pytest -m slow

test-torch: pyproject.toml  ## the tests of the [torch] extra, in an environment of their own
	test -d .venv-torch || $(PYTHON) -m venv .venv-torch
	.venv-torch/bin/pip install --quiet --editable '.[dev,hub,torch]'
	.venv-torch/bin/python -m pytest -m torch

check: $(VENV)/.tested  ## style and types; writes nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fix: $(VENV)/.tested  ## style, mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

golden: $(VENV)/.tested docs  ## renew the golden files after a wanted change; read the diff
	MTQC_UPDATE_GOLDEN=1 $(BIN)/python -m pytest tests/report tests/test_registry.py

docs: $(VENV)/.tested  ## renew what is generated: docs/rules.md, the thresholds in docs/configuration.md
	$(BIN)/mtqc rules --markdown > docs/rules.md
	$(BIN)/python -c 'from pathlib import Path; from mtqc import checks, config; p = Path("docs/configuration.md"); m = "<!-- from here on written by `make docs` -->\n"; p.write_text(p.read_text().split(m)[0] + m + config.thresholds_markdown(checks.CHECKS + checks.OPTIONAL))'

bench: $(VENV)/.tested  ## speed and memory on this machine → reports/speed.md
	$(BIN)/python tests/measure/speed.py

bench-batch: pyproject.toml  ## speed, memory and cost of mtqc batch → reports/batch.md, in the environment of test-torch; half an hour
	test -d .venv-torch || $(PYTHON) -m venv .venv-torch
	.venv-torch/bin/pip install --quiet --editable '.[dev,hub,torch,ray]'
	.venv-torch/bin/python tests/measure/batch.py

bench-interfaces: $(VENV)/.tested  ## what editors wait for, in headless Chromium → reports/interfaces.md
	$(BIN)/python tests/measure/interfaces.py

scenario: $(VENV)/.tested  ## twenty articles in a scratch repository: gate, baseline, a new error, review, a passing gate
	$(BIN)/python -m pytest -s tests/test_scratch_repository.py

quality: $(VENV)/.tested  ## precision and recall on ../shared → reports/quality.md
	$(BIN)/python tests/measure/quality.py --write

gate: $(VENV)/.tested  ## how often the gate's default thresholds are wrong, on ../shared → reports/gate.md
	$(BIN)/python tests/measure/gate.py --write

calibrate: $(VENV)/.tested  ## fit the weights of mtqc.judgement on ../shared → mtqc/weights*.json, reports/judgement.md
	$(BIN)/pip install --quiet --editable '.[dev,hub,calibrate]'
	$(BIN)/python tests/measure/calibrate.py --write
	$(BIN)/python tests/measure/calibrate_reverse.py

measure: quality gate  ## and the aligner, sentences, models and word links → reports/*.md
	$(BIN)/python tests/measure/alignment.py
	$(BIN)/python tests/measure/sentences.py
	$(BIN)/python tests/measure/back_translation.py
	$(BIN)/python tests/measure/models.py
	$(BIN)/python tests/measure/word_alignment.py
	$(BIN)/python tests/measure/markup.py --half report --write
	$(BIN)/python tests/measure/structure.py --half report --write
	$(BIN)/python tests/measure/corpus_findings.py --half both --write
	$(BIN)/python tests/measure/document_alignment.py
	$(BIN)/python tests/measure/web_pages.py $(if $(NEWSPAPER4K),--real $(NEWSPAPER4K))

measure-torch: pyproject.toml  ## both engines on flores-dev → reports/models.md, in the environment of test-torch
	test -d .venv-torch || $(PYTHON) -m venv .venv-torch
	.venv-torch/bin/pip install --quiet --editable '.[dev,hub,torch]'
	.venv-torch/bin/python tests/measure/models.py --parts engines

clean:
	rm -rf $(VENV) .venv-torch build dist .pytest_cache .mypy_cache .ruff_cache
