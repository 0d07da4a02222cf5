"""environment.yml gives conda and Binder what the lock gives everybody else. Checked, not solved: needs no channel."""

import yaml
from locks import LEARNER, ROOT, dependencies, entries, project
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec

# conda's name → PyPI's, where they differ.
RENAMED = {"matplotlib-base": "matplotlib"}
DATA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def specs() -> dict[str, str]:
    """PyPI name → version, as conda itself reads the lines."""
    found = {}
    for line in DATA["dependencies"]:
        if isinstance(line, str):
            spec = MatchSpec(line, strict=True)
            name = spec.name.normalized if hasattr(spec.name, "normalized") else str(spec.name)
            found[RENAMED.get(name, name)] = str(spec.version or "").removeprefix("==").removesuffix(".*")
    return found


def test_conda_gets_the_locks_versions():
    found = specs()
    python = found.pop("python")
    assert found.pop("pip") == ""
    environment = {"python_version": python, "python_full_version": f"{python}.0"}
    locked = {
        canonicalize_name(requirement.name): next(iter(requirement.specifier)).version
        for requirement, _ in entries(LEARNER)
        if requirement.marker is None or requirement.marker.evaluate(environment)
    }
    assert found == {name: locked[name] for name in found}


def test_every_dependency_of_a_learner_is_there_and_nothing_else():
    found = set(specs()) - {"python", "pip"}
    assert found == {canonicalize_name(requirement.name) for requirement in dependencies()}


def test_the_python_is_one_that_the_project_supports():
    version = specs()["python"]
    assert Version(version) in SpecifierSet(project()["requires-python"])


def test_the_lines_are_exact_as_conda_reads_them():
    # `=3.11` of conda means 3.11.*; a full version means that version.
    for line in DATA["dependencies"]:
        if isinstance(line, str) and "=" in line:
            spec = MatchSpec(line, strict=True)
            assert str(spec.version) not in ("", "*"), line


def test_only_conda_forge_is_asked_and_pip_installs_only_the_course():
    assert DATA["channels"] == ["conda-forge"]
    (by_pip,) = [line["pip"] for line in DATA["dependencies"] if isinstance(line, dict)]
    assert by_pip == ["-e ."]
