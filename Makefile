# make         builds the environment in .venv/ (.ci/bootstrap.py; nothing outside it is touched but missing system packages)
# make learn   opens JupyterLab on the course:             make learn ARGS="--no-browser --port=8899"
# make test    runs every test:                            make test ARGS="-k sigmoid"
# make release regenerates course/ and dist/:              make release ARGS="--lang ko 02_mlp"
# make demo    plays a class from release to feedback
# make bench   measures: slider move to new picture, in a browser
# make lint    checks the style of the code

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
FULL = @$(PYTHON) .ci/bootstrap.py full

.DEFAULT_GOAL := .venv
.PHONY: .venv learn test release demo bench lint

.venv:
	$(FULL)

learn:
	@$(PYTHON) .ci/bootstrap.py learner
	@$(BIN)/dlbasic learn $(ARGS)

# The browser tests share one JupyterLab: they are one group, and run beside the others.
test:
	$(FULL)
	@$(PYTHON) .ci/bootstrap.py browser
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup $(ARGS)

release:
	$(FULL)
	$(BIN)/python -m grader release $(ARGS)

demo:
	$(FULL)
	$(BIN)/python -m grader demo $(ARGS)

bench:
	$(FULL)
	@$(PYTHON) .ci/bootstrap.py browser
	$(BIN)/python -m pytest -q -s -p no:xdist tests/browser/test_latency.py $(ARGS)

lint:
	$(FULL)
	$(BIN)/ruff check . $(ARGS)
