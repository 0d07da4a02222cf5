"""What builds the environment: stamps that cannot lie, sentences instead of tracebacks. Nothing is downloaded here."""

import ast
import importlib.util
import os
import subprocess
import sys

import pytest
from locks import ROOT


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """The script, working on a project of its own whose .venv is complete."""
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", ROOT / ".ci" / "bootstrap.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("requirements.lock", "course/requirements.lock", "pyproject.toml", ".ci/build.lock"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(module, "PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr(module, "BUILDING", str(tmp_path / ".venv" / ".dlbasic-building"))
    return module


@pytest.fixture
def commands(bootstrap, monkeypatch):
    """Every command that a build would run, none of them run; those with a word of `commands.fail` fail."""

    class Commands(list):
        fail = ()

    run = Commands()

    def call(command, **options):
        command = [os.path.basename(command[0]), *command[1:]]
        if options.get("stdout") != subprocess.DEVNULL:  # else only a question, "does this run?"
            run.append(command)
        return int(any(word in command for word in run.fail))

    monkeypatch.setattr(bootstrap.subprocess, "call", call)
    return run


def test_a_built_environment_is_not_built_again(bootstrap, commands):
    assert not bootstrap.is_built("full")
    bootstrap.build("full")
    assert bootstrap.is_built("full")
    assert bootstrap.is_built("learner"), "the full environment holds the learner's"


def test_the_learners_environment_is_not_taken_for_the_full_one(bootstrap, commands):
    bootstrap.build("learner")
    assert bootstrap.is_built("learner")
    assert not bootstrap.is_built("full")
    assert commands[-1][:3] == ["uv", "pip", "install"] and "-e" in commands[-1]
    assert any("course/requirements.lock" in command for command in commands)


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml", ".ci/build.lock"])
def test_a_changed_lock_or_project_brings_the_environment_up_to_date(bootstrap, commands, tmp_path, changed):
    bootstrap.build("full")
    (tmp_path / changed).write_text("changed")
    assert not bootstrap.is_built("full")


def test_an_interrupted_build_does_not_look_complete_and_starts_afresh(bootstrap, commands, monkeypatch):
    bootstrap.build("full")

    def interrupt(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "install", interrupt)
        with pytest.raises(KeyboardInterrupt):
            bootstrap.build("full")
    assert not bootstrap.is_built("full")
    commands.clear()
    bootstrap.build("full")
    venv = next(command for command in commands if "venv" in command)
    assert "--clear" in venv
    assert bootstrap.is_built("full")


def test_debian_without_its_venv_package_is_told_the_exact_command(bootstrap, commands, monkeypatch, capsys, tmp_path):
    (tmp_path / ".venv" / "bin" / "python").unlink()
    (tmp_path / ".venv" / "bin").rmdir()
    (tmp_path / ".venv").rmdir()
    commands.fail = ("import venv, ensurepip", "python", "pip")
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.build("learner")
    assert stopped.value.code == 2
    package = f"python3.{sys.version_info[1]}-venv"
    assert f"sudo apt-get install -y --no-install-recommends {package}" in capsys.readouterr().err
    assert not (tmp_path / ".venv").exists()


def test_pip_takes_over_where_uv_fails_and_hashes_are_still_required(bootstrap, commands):
    commands.fail = ("uv",)
    bootstrap.build("full")
    by_pip = [command for command in commands if command[0] == "python" and "requirements.lock" in command]
    assert len(by_pip) == 1
    assert "--require-hashes" in by_pip[0]
    assert bootstrap.is_built("full")


def test_when_nothing_can_install_it_says_which_command_failed(bootstrap, commands, capsys):
    commands.fail = ("--require-hashes",)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.build("full")
    assert stopped.value.code == 2
    assert "this failed (see above)" in capsys.readouterr().err
    assert not bootstrap.is_built("full")


def test_a_python_that_is_too_old_gets_a_sentence(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.use_a_new_enough_python()
    assert stopped.value.code == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_an_old_python_hands_over_to_a_newer_one_at_hand(bootstrap, monkeypatch):
    handed_over = []
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/bin/{name}" if name == "python3.12" else None)
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda *arguments, **options: 0)
    monkeypatch.setattr(bootstrap.os, "execvp", lambda name, arguments: handed_over.append(name))
    monkeypatch.setattr(bootstrap, "stop", lambda text: None)
    bootstrap.use_a_new_enough_python()
    assert handed_over == ["python3.12"]


def test_an_old_python_can_read_the_script_at_all():
    ast.parse((ROOT / ".ci" / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_without_root_or_apt_the_exact_command_is_printed(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap, "has_browser", lambda: False)
    monkeypatch.setattr(bootstrap, "has_korean_font", lambda: True)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    bootstrap.for_the_tests()
    said = capsys.readouterr().err
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends chromium" in said
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends bubblewrap" in said
    assert "will be skipped" in said and "will refuse to run" in said


def test_as_root_the_missing_package_is_installed_and_apt_is_waited_for(bootstrap, monkeypatch):
    ran = []

    def run(command, **options):
        ran.append(command)
        return subprocess.CompletedProcess(command, 0, b"")

    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 0)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    assert bootstrap.apt_install(["chromium"], "why")
    assert [command[-1] for command in ran] == ["update", "chromium"]
    assert all("DPkg::Lock::Timeout=600" in command for command in ran)


def test_the_makefile_has_the_promised_targets_and_no_others():
    database = subprocess.run(["make", "-pnq", "-f", "Makefile"], cwd=ROOT, capture_output=True, text=True).stdout
    (phony,) = [line for line in database.splitlines() if line.startswith(".PHONY:")]
    assert set(phony.split()[1:]) == {".venv", "learn", "test", "release", "demo", "bench", "lint"}
    assert ".DEFAULT_GOAL := .venv" in database


def test_continuous_integration_calls_make_test():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "make test" in lines
