"""Fixtures of the browser tests: one Chromium and one JupyterLab a worker, screenshots as artefacts.

`DLBASIC_SCREENSHOTS=assets make test ARGS=tests/browser` also renews the two pictures that the README shows.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import servers
from desk import Desk

HERE = Path(__file__).parent
ARTEFACTS = HERE.parent / "artefacts"
SHOWN = servers.ROOT / "assets" / "screenshots"
LARGEST_SHOWN = 300_000
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            # A browser that waits for ever must not stop the rest.
            item.add_marker(pytest.mark.timeout(300))


def _executable(chromium) -> str | None:
    named = os.environ.get("DLBASIC_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    own = chromium.executable_path
    return named or (own if Path(own).exists() else None)


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        executable = _executable(playwright.chromium)
        if executable is None:
            pytest.skip("no Chromium here, so nothing was tested in a browser: sudo apt-get install chromium")
        opened = playwright.chromium.launch(executable_path=executable)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    running = servers.learners_lab(tmp_path_factory.mktemp("desk"))
    yield running
    running.stop()


@pytest.fixture
def open_notebook(browser, lab):
    """Open a notebook of the course, by its path in it; its page must close without a complaint in the console."""
    desks = []

    def open_(path: str, **size) -> Desk:
        desks.append(Desk(browser, lab, path, **size))
        return desks[-1]

    yield open_
    complaints = [complaint for desk in desks for complaint in desk.complaints]
    for desk in desks:
        desk.command("kernelmenu:shutdown")
        desk.close()
    assert complaints == []


@pytest.fixture
def fresh(lab):
    """Path of a chapter as released, a copy for one test only."""
    made = []

    def copy(language: str = "en") -> str:
        source = servers.ROOT / "course" / language / servers.CHAPTER / f"{servers.CHAPTER}.ipynb"
        target = lab.root / f"fresh-{len(list(lab.root.glob('fresh-*')))}" / language / servers.CHAPTER / source.name
        target.parent.mkdir(parents=True)
        shutil.copy(source, target)
        made.append(target)
        return str(target.relative_to(lab.root))

    return copy


@pytest.fixture(scope="session")
def picture():
    """Save a screenshot: `picture(page, name)`. With `shown`, also the README's, when it is to be renewed."""

    def save(page, name: str, shown: bool = False) -> Path:
        ARTEFACTS.mkdir(exist_ok=True)
        path = ARTEFACTS / f"{name}.png"
        page.screenshot(path=path)
        if shown:
            assert path.stat().st_size < LARGEST_SHOWN, f"{path} is too large for the README"
            if os.environ.get("DLBASIC_SCREENSHOTS") == "assets":
                SHOWN.mkdir(exist_ok=True)
                shutil.copy(path, SHOWN / path.name)
        return path

    return save
