# Two commands do all the set-up: `make demo` (main job) and `make test`. Both set up .venv first, with uv where it is there.
PYTHON ?= python3
PY = .venv/bin/python
STAMP = .venv/.installed-$(shell cat requirements.lock pyproject.toml 2>/dev/null | cksum | cut -d' ' -f1)

.PHONY: demo test test-full speed lint types imports setup lock clean

demo: $(STAMP)
	$(PY) run.py demo

test: $(STAMP)
	$(PY) -m pytest

test-full: $(STAMP)
	WANGGE_FULL=1 $(PY) -m pytest

speed: $(STAMP)
	WANGGE_FULL=1 $(PY) -m pytest tests/speed -n 0 -s

lint: $(STAMP)
	$(PY) -m ruff check .

types: $(STAMP)
	$(PY) -m pyright --pythonpath $(PY)

imports: $(STAMP)
	$(PY) -m pytest -n 0 tests/contracts/test_imports.py

setup: $(STAMP)

$(STAMP): requirements.lock
	@if command -v uv >/dev/null 2>&1; then \
	    test -x $(PY) || uv venv --quiet --python "$(PYTHON)" .venv; \
	    uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock; \
	else \
	    test -x $(PY) || $(PYTHON) -m venv .venv; \
	    $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	fi
	@rm -f .venv/.installed-*; touch $@

lock:
	uv pip compile --quiet --all-extras --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml -o requirements.lock

clean:
	rm -rf .venv
