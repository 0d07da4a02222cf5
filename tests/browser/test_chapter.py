"""The released chapter in JupyterLab, in a real browser: a learner's first half hour."""

import re

import servers
from desk import contrast

RIGHT = "def mse(y, y_hat):\n    return ((np.asarray(y) - np.asarray(y_hat)) ** 2).mean()"
WRONG = "def mse(y, y_hat):\n    return ((np.asarray(y) - np.asarray(y_hat)) ** 2).sum()"
GREEN, RED = "rgb(0, 158, 115)", "rgb(213, 94, 0)"


def frame_colour(desk, element):
    return element.locator(".jp-OutputArea [role=status]").first.evaluate("e => getComputedStyle(e).borderLeftColor")


def test_the_chapter_opens_and_runs_up_to_the_first_stub_which_says_what_to_do(open_notebook, fresh, picture):
    desk = open_notebook(fresh())
    desk.run_all()
    picture(desk.page, "opened")
    ran = [cell for cell in desk.cells() if cell["kind"] == "code" and cell["count"] is not None]
    # JupyterLab stops at the first error: the check of the first exercise, whose stub is still there.
    assert ran[-1]["grade_id"] == "test_mse"
    errors = {output["ename"] for cell in ran for output in cell["outputs"] if output["output_type"] == "error"}
    assert errors == {"NotImplementedError"}
    said = desk.status(desk.show("test_mse"))
    assert "mse" in said
    assert "raise NotImplementedError()" in said


def test_every_figure_of_the_text_is_shown(open_notebook, fresh):
    desk = open_notebook(fresh())
    named = [cell for cell in desk.cells() if cell["kind"] == "markdown" and "attachment:" in cell["source"]]
    assert len(named) >= 5
    for cell in named:
        desk.page.evaluate("i => window.jupyterapp.shell.currentWidget.content.scrollToItem(i, 'start')", cell["index"])
        images = desk.page.locator(f'.jp-Cell[data-windowed-list-index="{cell["index"]}"] .jp-RenderedMarkdown img')
        images.first.wait_for(state="visible", timeout=10_000)
        assert images.count() == cell["source"].count("attachment:")
        for number in range(images.count()):
            image = images.nth(number)
            desk.page.wait_for_function("e => e.complete && e.naturalWidth > 0", arg=image.element_handle())
            assert len(image.get_attribute("alt")) > 20, "a figure needs its alternative text"
            box = image.bounding_box()
            assert box["width"] > 300


def test_a_wrong_answer_is_named_and_a_right_one_turns_green(open_notebook, fresh, picture):
    desk = open_notebook(fresh())
    desk.run("setup")
    desk.write("mse", WRONG)
    desk.run("mse")
    wrong = desk.run("test_mse")
    said = desk.status(wrong)
    assert "known mistake" in said
    assert re.search(r"\bmean\b|\bsum\b", said)
    assert frame_colour(desk, wrong) == RED
    picture(desk.page, "wrong")
    desk.write("mse", RIGHT)
    desk.run("mse")
    right = desk.run("test_mse")
    assert "✓" in desk.status(right)
    assert "right" in desk.status(right)
    assert frame_colour(desk, right) == GREEN
    picture(desk.page, "right")


def test_a_hint_shows_and_the_next_call_gives_the_next_rung(open_notebook, fresh):
    desk = open_notebook(fresh())
    desk.run("setup")
    desk.run("mse")
    desk.write("progress()", "hint(mse)")
    first = desk.status(desk.run("hint(mse)"))
    second = desk.status(desk.run("hint(mse)"))
    assert "hint 1 of 3" in first
    assert "hint 2 of 3" in second
    assert first.splitlines()[1] != second.splitlines()[1]


def test_a_slider_moved_by_keyboard_changes_its_figure(open_notebook, fresh, picture):
    desk = open_notebook(fresh(), height=1250)
    for cell in ("setup", "x = np.array(", "fit_by_hand(x, y)"):
        element = desk.run(cell)
    image = element.locator(".dlbasic-picture img")
    image.wait_for(state="visible", timeout=20_000)
    before, described = image.get_attribute("src"), image.get_attribute("alt")
    said = element.locator(".dlbasic-picture [role=status]").inner_text()
    element.locator(".widget-slider .noUi-handle").first.focus()
    desk.page.keyboard.press("ArrowRight")
    # The picture is put into the page anew, so what is looked at is the cell.
    changed = "([cell, before]) => cell.querySelector('.dlbasic-picture img').src !== before"
    desk.page.wait_for_function(changed, arg=[element.element_handle(), before], timeout=10_000)
    assert element.locator(".dlbasic-picture [role=status]").inner_text() != said
    assert image.get_attribute("alt") != described
    picture(desk.page, "slider")


def test_nbgraders_validate_button_passes_on_a_solved_notebook_and_fails_on_a_stub(open_notebook, fresh):
    desk = open_notebook(servers.solved_path())
    assert "passes all the tests" in validate(desk)
    stub = open_notebook(fresh())
    assert "passes all the tests" not in validate(stub)


def validate(desk) -> str:
    desk.page.get_by_role("button", name="Validate").or_(desk.page.get_by_text("Validate", exact=True)).first.click()
    # The button first says "Validating…" in a dialog of its own; the verdict comes in the next one.
    verdict = desk.page.locator(".jp-Dialog", has_text=re.compile("Success|Validation Results|failed", re.IGNORECASE))
    verdict.wait_for(state="visible", timeout=120_000)
    text = verdict.inner_text()
    desk.page.keyboard.press("Escape")
    return text


def test_the_dark_theme_is_legible(open_notebook, fresh, picture):
    desk = open_notebook(fresh(), height=1250)
    desk.command("apputils:change-theme", theme="JupyterLab Dark")
    try:
        desk.page.wait_for_function("() => document.body.dataset.jpThemeLight === 'false'", timeout=10_000)
        for cell in ("setup", "x = np.array(", "fit_by_hand(x, y)"):
            figure = desk.run(cell)
        figure.locator(".dlbasic-picture img").wait_for(state="visible", timeout=20_000)
        assert contrast(figure.locator(".dlbasic-picture [role=status]")) >= 4.5
        picture(desk.page, "dark-figure")
        desk.write("mse", WRONG)
        desk.run("mse")
        panel = desk.run("test_mse").locator(".jp-OutputArea [role=status]").first
        assert contrast(panel) >= 4.5
        for number in range(panel.locator("div, code, pre").count()):
            assert contrast(panel.locator("div, code, pre").nth(number)) >= 4.5
        picture(desk.page, "dark-check")
    finally:
        desk.command("apputils:change-theme", theme="JupyterLab Light")


def test_the_korean_chapter_opens_and_speaks_korean(open_notebook, fresh, picture):
    desk = open_notebook(fresh("ko"))
    assert re.search("[가-힣]{2}", desk.page.locator(".jp-Notebook h1").first.inner_text())
    desk.run("setup")
    desk.write("mse", WRONG)
    desk.run("mse")
    said = desk.status(desk.run("test_mse"))
    assert "자주 하는 실수" in said
    assert frame_colour(desk, desk.show("test_mse")) == RED
    picture(desk.page, "korean")


def test_a_learner_sees_validate_and_none_of_an_instructors_tools(open_notebook, fresh, lab):
    desk = open_notebook(fresh())
    assert desk.page.get_by_text("Validate", exact=True).count() == 1
    assert desk.page.get_by_text("Create Assignment").count() == 0
    commands = desk.page.evaluate("() => window.jupyterapp.commands.listCommands()")
    assert not [name for name in commands if "formgrader" in name]
    assert servers.ROOT not in lab.root.parents, "the tests must not touch the course itself"


def move_to(desk, figure, number, value):
    """Move a slider by keyboard, in large steps and then in small ones, until it reads `value`."""
    slider = figure.locator(".widget-slider").nth(number)
    slider.locator(".noUi-handle").focus()
    readout = slider.locator(".widget-readout")
    for key, close in (("PageUp", 0.3), ("ArrowRight", 0.011)):
        for _ in range(100):
            if value - float(readout.inner_text()) < close:
                break
            before = readout.inner_text()
            desk.page.keyboard.press(key)
            desk.page.wait_for_function("([e, t]) => e.innerText !== t", arg=[readout.element_handle(), before])
    assert abs(float(readout.inner_text()) - value) < 0.03
    desk.page.wait_for_timeout(300)


def test_a_chapter_page_for_the_readme(open_notebook, fresh, picture):
    desk = open_notebook(fresh(), width=1240, height=1240)
    desk.command("application:toggle-left-area")
    for cell in ("setup", "x = np.array("):
        desk.run(cell)
    # A mistake and its name: it shows more than a right answer would, and gives none away.
    desk.write("mse", WRONG)
    desk.run("mse")
    desk.run("test_mse")
    figure = desk.run("fit_by_hand(x, y)")
    figure.locator(".dlbasic-picture img").wait_for(state="visible", timeout=20_000)
    for number, value in enumerate((1.56, 1.06)):
        move_to(desk, figure, number, value)
    assert "you are there" in figure.locator(".dlbasic-picture [role=status]").inner_text()
    desk.show("mse")
    desk.page.mouse.move(5, 5)
    desk.page.wait_for_timeout(1000)
    picture(desk.page, "chapter", shown=True)
