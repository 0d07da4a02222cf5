# make         builds the environment in .venv/ (.ci/bootstrap.py; nothing outside it is touched but missing system packages)
# make learn   opens JupyterLab on the course:             make learn ARGS="--no-browser --port=8899"
# make test    runs every test:                            make test ARGS="-k sigmoid"
# make release regenerates course/ and dist/:              make release ARGS="--lang ko 02_mlp"
# make demo    plays a class from release to feedback
# make bench   measures: slider move to new picture, in a browser; grading against stock nbgrader
# make lint    checks the style of the code

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
# Hundreds of processes import the same thousand modules: what they compile is kept, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE
FULL = @$(PYTHON) .ci/bootstrap.py full

.DEFAULT_GOAL := .venv
.PHONY: .venv learn test release demo bench lint

.venv:
	$(FULL)

learn:
	@$(PYTHON) .ci/bootstrap.py learner
	@$(BIN)/dlbasic learn $(ARGS)

# A file a worker, since what is costly (a JupyterLab, a class graded once) is shared within a file; in the order of the
# folders, which starts the long ones early. (xdist 3.8's loadgroup does nothing under pytest 9.2.) One in five of the
# attacks on the wall and of the broken submissions are played; `make bench` plays all.
test:
	$(FULL)
	@$(PYTHON) .ci/bootstrap.py tests
	DLBASIC_SAMPLE=5 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --durations=10 $(ARGS)

release:
	$(FULL)
	$(BIN)/python -m grader release $(ARGS)

demo:
	$(FULL)
	@$(PYTHON) .ci/bootstrap.py sandbox
	$(BIN)/python -m grader demo $(ARGS)

bench:
	$(FULL)
	@$(PYTHON) .ci/bootstrap.py tests
	OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/bench/grading.py $(ARGS)
	DLBASIC_BENCH=1 $(BIN)/python -m pytest -q tests/wall/test_attacks.py tests/wall/test_corpus.py \
		tests/wall/test_nbgraders_own_tests.py tests/browser/test_latency.py

lint:
	$(FULL)
	$(BIN)/ruff check . $(ARGS)
