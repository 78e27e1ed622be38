# make run: set up and start.  make test: set up and pass every check.  Another Python: make run PYTHON=python3.12
PYTHON ?= python3
JOBS ?= 2
PY := .venv/bin/python
CODE := kushen_desktop tests packaging benchmarks main.py
# No screen, and only the fonts of the program, so that pictures are equal on every machine.
OFFSCREEN := QT_QPA_PLATFORM=offscreen QT_SCALE_FACTOR=1 FONTCONFIG_FILE="$(CURDIR)/resources/fonts/fonts.conf"

.PHONY: run setup test check format lint types layers texts-check tests soak bench texts lock licences pictures clean
.NOTPARALLEL:

run: setup
	@if [ "$$(uname)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		echo "No display here: showing the window to the camera instead, pictures in build/tour."; \
		$(OFFSCREEN) $(PY) -m kushen_desktop tour --out build/tour; \
	else $(PY) main.py; fi

setup:
	@$(PYTHON) packaging/set_up.py

test: check tests

check: format lint types layers texts-check

format: setup
	@$(PY) -m ruff format --check -q $(CODE) || { $(PY) -m ruff format --check $(CODE) || true; exit 1; }
	@echo "format: ok"

lint: setup
	@$(PY) -m ruff check -q $(CODE)
	@echo "lint: ok"

types: setup
	@$(PY) -m mypy --no-error-summary
	@echo "types: ok"

layers: setup
	@$(PY) -c 'from importlinter.cli import lint_imports_command as main; main()' --no-logo > build/layers.log 2>&1 || { cat build/layers.log; exit 1; }
	@echo "layers: ok"

texts-check: setup
	@$(PY) packaging/texts.py check

tests: setup
	@$(OFFSCREEN) $(PY) -m pytest -m "not soak" -n $(JOBS) --cov --cov-report=term

soak: setup
	@$(OFFSCREEN) $(PY) -m pytest -m soak

bench: setup
	@$(OFFSCREEN) $(PY) benchmarks/run.py

# Puts new texts of the sources into the catalogues, to be translated.
texts: setup
	@$(PY) packaging/texts.py update

# Chooses versions anew; needs uv, and writes no address of an index.
lock:
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--no-emit-index-url --no-emit-find-links packaging/requirements.in -o requirements.lock

licences: setup
	@$(PY) packaging/licences.py

pictures: setup
	@$(OFFSCREEN) $(PY) -m kushen_desktop tour --out docs/pictures

clean:
	rm -rf .venv build dist .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find kushen_desktop tests packaging benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	find resources/locale -name '*.mo' -delete
