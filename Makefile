# make run   builds the graph of the two packaged documents, checks it, answers five questions
# make test  runs the whole test suite
# make bench measures how fast all of it is
# Each creates the environment it needs from the pinned lock files; nothing else is required than Python 3.11+.
# Where Node.js and npm are, they build the front end as well (make frontend): the two editors of SPARQL.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
GRAPH  ?= her2kg-graph
VOCABULARIES ?= .vocabularies
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The lock files name all there is to install.  What is used of it is compiled when it is imported: compiling all of it
# takes half a minute.
LOCKED := --no-compile --no-deps --require-hashes

.PHONY: run test bench lint types wheel clean lock vocabularies links frontend frontend-if-possible
run: $(VENV)/.run frontend-if-possible
	@$(BIN)/python -m graph_build.showcase --graph $(GRAPH)

test: $(VENV)/.test frontend-if-possible
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# Measures everything in docs/benchmarks.md and writes that page; BENCH says how much (python -m benchmarks --help):
# make bench BENCH="--large" takes a graph of ten million triples too, BENCH="--only sparql" that part alone.
bench: $(VENV)/.test
	$(BIN)/python -m benchmarks $(BENCH)

lint: $(VENV)/.test
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "her2kg needs Python 3.11 or newer; this is $$($(PYTHON) --version). Set PYTHON=python3.12, say." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.lock pyproject.toml
	$(PIP) install $(LOCKED) -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-dev.lock
	$(PIP) install $(LOCKED) -r requirements-dev.lock
	@touch $@

# The front end, from the pinned packages; none of their scripts runs at installation.
FRONTEND := frontend/dist/LICENSES.txt
NO_NPM := the SPARQL editors are not built: install Node.js 18 or newer with npm, then run “make frontend”

frontend:
	@command -v npm >/dev/null || { echo "$(NO_NPM)" >&2; exit 1; }
	@$(MAKE) --silent $(FRONTEND)

frontend-if-possible:
	@if ! command -v npm >/dev/null; then echo "$(NO_NPM)"; \
	else $(MAKE) --silent $(FRONTEND) || echo "the SPARQL editors could not be built; all else works"; fi

frontend/node_modules/.package-lock.json: frontend/package-lock.json
	@cd frontend && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=2000

$(FRONTEND): frontend/node_modules/.package-lock.json frontend/build.mjs $(wildcard frontend/src/*)
	@cd frontend && node build.mjs && echo "built the front end into frontend/dist"

# The vocabulary files that mappings are checked against (170 MB to fetch), and the check itself.
vocabularies: $(VENV)/.test
	$(BIN)/python tools/get_vocabularies.py --into $(VOCABULARIES)

links: vocabularies
	$(BIN)/her2kg link check --vocabulary $(VOCABULARIES) $(addprefix --vocabulary ,$(wildcard ../shared/vocab)) -o $(VOCABULARIES)/checked.tsv
	diff ontology/mappings/checked.tsv $(VOCABULARIES)/checked.tsv && echo "as ontology/mappings/checked.tsv says"

clean:
	rm -rf $(VENV) $(GRAPH) $(VOCABULARIES) .benchmarks frontend/node_modules frontend/dist build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Renew the lock files (needs uv); they name no download address.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml tools/build-requirements.in -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --group dev -c requirements.lock -o requirements-dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra spark pyproject.toml -c requirements.lock -c requirements-dev.lock -o requirements-spark.lock
