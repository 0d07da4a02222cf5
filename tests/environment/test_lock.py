"""The locks: complete, hashed, without a host, and in step with each other and with pyproject.toml."""

import re

import pytest
from locks import BUILD, FULL, LEARNER, ROOT, dependencies, entries, pins, project
from packaging.utils import canonicalize_name

LOCKS = [FULL, LEARNER, BUILD]


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_host_or_an_option(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-[-\w]+", re.sub(r"^\s+--hash=\S+( \\)?$", "", text, flags=re.MULTILINE), re.MULTILINE)
    assert not re.search(r"\b[\w-]+\.(org|com|net|io|kr)\b", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock):
    found = entries(lock)
    assert len(found) >= 8
    for requirement, hashes in found:
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


def test_the_learners_lock_is_part_of_the_full_one():
    full = {str(requirement): set(hashes) for requirement, hashes in entries(FULL)}
    learner = {str(requirement): set(hashes) for requirement, hashes in entries(LEARNER)}
    assert learner.items() <= full.items()
    assert len(learner) < len(full)


def test_the_build_lock_agrees_with_the_full_one():
    full, build = pins(FULL), pins(BUILD)
    assert {"uv", "hatchling", "editables"} <= set(build)
    assert all(build[name] == full[name] for name in set(build) & set(full))


@pytest.mark.parametrize(("lock", "extras"), [(FULL, ("grader", "postgres", "test")), (LEARNER, ())])
def test_every_dependency_is_locked_at_a_version_it_allows(lock, extras):
    locked = pins(lock)
    for requirement in dependencies(*extras):
        versions = locked[canonicalize_name(requirement.name)]
        assert all(requirement.specifier.contains(version, prereleases=True) for version in versions), requirement


def test_the_full_lock_was_made_from_every_extra():
    assert set(project()["optional-dependencies"]) == {"grader", "postgres", "test"}


@pytest.mark.parametrize("version", ["3.11.2", "3.11.7", "3.12.1", "3.13.0"])
@pytest.mark.parametrize("lock", LOCKS)
def test_every_python_that_we_promise_finds_one_version_of_each_package(lock, version):
    assert project()["requires-python"] == ">=3.11"
    linux = {"python_version": version.rpartition(".")[0], "python_full_version": version}
    linux |= {"sys_platform": "linux", "os_name": "posix"}
    several = {name for name, versions in pins(lock).items() if len(versions) > 1}
    assert "numpy" in several or lock == BUILD
    for name in several:
        fitting = [pin for pin, _ in entries(lock) if pin.name == name and pin.marker.evaluate(linux)]
        assert len(fitting) == 1, (name, fitting)


def test_the_learner_gets_no_instructors_or_testers_tools():
    kept_out = {"jupytext", "nbval", "pytest", "hypothesis", "scipy", "scikit-learn", "playwright", "ruff"}
    assert not (kept_out | {"torch", "uv"}) & set(pins(LEARNER))
    assert kept_out <= set(pins(FULL))
