"""A notebook open in JupyterLab in a browser, with the few things that a learner does in it."""

from __future__ import annotations

import itertools
import re

from servers import TOKEN, Lab

# What the browser's console may say without a test failing, each with its reason.
ALLOWED = (
    # JupyterLab puts a cell's pictures into the page before it resolves their addresses; they are shown all the same
    # (`test_every_figure_of_the_text_is_shown` looks).
    re.compile(r"attachment:\S+\.png.*ERR_UNKNOWN_URL_SCHEME|ERR_UNKNOWN_URL_SCHEME.*attachment:\S+\.png"),
)

CONNECTED = """() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.connectionStatus
    === 'connected' && window.jupyterapp.shell.currentWidget.content.widgets.length > 1"""
IDLE = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets.map((cell, index) => ({
    index, id: cell.model.id, kind: cell.model.type, source: cell.model.sharedModel.getSource(),
    grade_id: cell.model.getMetadata('nbgrader')?.grade_id ?? null,
    count: cell.model.executionCount ?? null,
    outputs: cell.outputArea ? cell.outputArea.model.toJSON() : []}))"""
SCROLL = """async (index) => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = index;
    await notebook.scrollToItem(index, 'start');
}"""
COMMAND = "async ([name, args]) => { await window.jupyterapp.commands.execute(name, args); }"

_workspaces = itertools.count(1)


class Desk:
    """One notebook in one browser page. `complaints` is what the browser's console said that is not allowed."""

    def __init__(self, browser, lab: Lab, path: str, width: int = 1280, height: int = 900) -> None:
        self.lab, self.complaints = lab, []
        self.page = browser.new_page(viewport={"width": width, "height": height})
        listen(self.page, self.complaints)
        # A workspace of its own: plain /lab/tree/ would bring back what the last test had open.
        address = f"{lab.url}/lab/workspaces/desk-{next(_workspaces)}/tree/{path}?token={TOKEN}"
        self.page.goto(address, wait_until="domcontentloaded")
        # "Run all" before the kernel is connected is lost without a word.
        self.page.wait_for_function(CONNECTED, timeout=60_000)
        self.page.wait_for_function(IDLE, timeout=60_000)

    def close(self) -> None:
        self.page.close()

    def command(self, name: str, **arguments) -> None:
        """Run one of JupyterLab's commands and wait until it is done."""
        self.page.evaluate(COMMAND, [name, arguments])

    def run_all(self) -> None:
        self.command("notebook:run-all-cells")
        self.page.wait_for_function(IDLE, timeout=120_000)

    def cells(self) -> list[dict]:
        return self.page.evaluate(CELLS)

    def cell(self, name: str) -> dict:
        """The cell with this grade id, or else the first code cell whose source holds `name`."""
        found = [cell for cell in self.cells() if cell["grade_id"] == name]
        found += [cell for cell in self.cells() if cell["kind"] == "code" and name in cell["source"]]
        return found[0]

    def show(self, name: str):
        """Scroll to a cell (JupyterLab only draws what is in view) and return its element."""
        index = self.cell(name)["index"]
        self.page.evaluate(SCROLL, index)
        element = self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]')
        element.wait_for(state="visible", timeout=20_000)
        return element

    def write(self, name: str, text: str) -> None:
        """Replace a cell's text by keyboard, as a learner would."""
        index = self.cell(name)["index"]
        self.show(name).locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        assert self.cells()[index]["source"] == text

    def run(self, name: str):
        """Run one cell with Shift+Enter, wait until it has run, and return its element."""
        before = self.cell(name)["count"]
        index = self.cell(name)["index"]
        self.show(name).locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_function(
            "([index, before]) => { const c = window.jupyterapp.shell.currentWidget.content.widgets[index].model;"
            "return c.executionCount !== null && c.executionCount !== before; }",
            arg=[index, before],
            timeout=60_000,
        )
        self.page.wait_for_function(IDLE, timeout=60_000)
        return self.show(name)

    def status(self, element) -> str:
        """What the verdict panel in a cell's output says."""
        panel = element.locator(".jp-OutputArea [role=status]").first
        panel.wait_for(state="visible", timeout=20_000)
        return panel.inner_text()


def listen(page, complaints: list[str]) -> None:
    """Collect every error that the browser's console reports and that is not allowed."""

    def on_console(message):
        text = f"{message.text} ({message.location.get('url', '')})"
        if message.type == "error" and not any(allowed.search(text) for allowed in ALLOWED):
            complaints.append(text)

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(str(error)))


LUMINANCE = """(element) => {
    const parse = (text) => text.match(/[\\d.]+/g).map(Number);
    const linear = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let behind = element, background = [0, 0, 0, 0];
    while (behind && (background[3] ?? 1) === 0) {
        background = parse(getComputedStyle(behind).backgroundColor);
        behind = behind.parentElement;
    }
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(background)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


def contrast(element) -> float:
    """Contrast ratio of an element's text to what is behind it (WCAG 2.1, success criterion 1.4.3)."""
    return element.evaluate(LUMINANCE)
