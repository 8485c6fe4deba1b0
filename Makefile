# CaseLedger: `make demo` shows it working, `make test` proves that it does. Each does its own set-up.

BIN = .venv/bin
.DEFAULT_GOAL = help
.PHONY: help install demo test check prove bench pictures lock clean

help:
	@echo "make install  make .venv, from which caseledger runs"
	@echo "make demo     try CaseLedger in your browser: no account, nothing leaves this machine"
	@echo "make test     every check and every test"
	@echo "make check    lint, types, import contracts and docstrings only"
	@echo "make prove    the long proofs (some hours on two cores)"
	@echo "make bench    how fast it is, on this machine"
	@echo "make pictures take the pictures of the README and docs anew"
	@echo "make lock     choose the newest libraries that pyproject.toml allows"
	@echo "make clean    remove what the commands above made"

install:
	@.ci/setup run

demo:
	@.ci/setup run
	@exec $(BIN)/caseledger demo

test: check
	$(BIN)/pytest -n 2 --dist worksteal

check:
	@.ci/setup test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/interrogate

prove:
	@.ci/setup test
	RELEASE=$(RELEASE) HYPOTHESIS_PROFILE=prove PROOF_PAGE=docs/proof.md PROOF_COMMAND="make prove$(if $(RELEASE), RELEASE=$(RELEASE))" \
		$(BIN)/pytest -n 2 --dist worksteal -m prove --timeout 36000

bench:
	@.ci/setup test
	PROOF_PAGE=docs/proof.md PROOF_COMMAND="make bench" $(BIN)/pytest -m bench -s --timeout 3600

pictures:
	@.ci/setup test
	PICTURES=1 $(BIN)/pytest tests/browser

lock:
	@.ci/setup test
	@.ci/lock

clean:
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage build dist tests/emulator/node_modules
	find bot commands qb db tests -name __pycache__ -prune -exec rm -rf {} +
