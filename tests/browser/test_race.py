"""The optimizer race in a real browser: a start that the mouse drags, and surfaces that the keys choose."""

import nbformat

RACE = """from dlbasic import optimizer_race

optimizer_race({"gd": (lambda w, g, lr: w - lr * g, {"lr": 0.02})})"""
STARTS = {"quadratic": (-2, 2), "Rosenbrock": (-1.2, 1), "Beale": (0.5, -1), "saddle": (1.5, 0.05)}


def opened(open_notebook, lab, name):
    cells = [nbformat.v4.new_code_cell(RACE), nbformat.v4.new_markdown_cell("below")]
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=about), lab.root / name)
    desk = open_notebook(name)
    element = desk.run(RACE)
    element.locator(".dlbasic-picture img").wait_for(state="visible", timeout=20_000)
    return desk, element


def start(element) -> tuple[float, float]:
    readouts = element.locator(".widget-readout").all_inner_texts()[1:3]
    return tuple(float(text.replace("−", "-")) for text in readouts)


def settled(desk, element, wanted, within=0.06) -> bool:
    for _ in range(60):
        if max(abs(got - want) for got, want in zip(start(element), wanted, strict=True)) <= within:
            return True
        desk.page.wait_for_timeout(100)
    return False


def test_the_start_follows_the_mouse_while_it_is_held_and_no_longer(open_notebook, lab, picture):
    desk, element = opened(open_notebook, lab, "drag.ipynb")
    image, mouse = element.locator(".dlbasic-picture img"), desk.page.mouse
    image.scroll_into_view_if_needed()
    box = image.bounding_box()

    def at(across, down):
        mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])
        desk.page.wait_for_timeout(60)

    before = start(element)
    at(0.15, 0.3)
    desk.page.wait_for_timeout(300)
    assert start(element) == before, "a mouse that only passes by moves nothing"
    mouse.down()
    for step in range(11):
        at(0.15 + 0.02 * step, 0.3 + 0.03 * step)
    assert settled(desk, element, start(element))
    desk.page.wait_for_timeout(500)
    right_and_down = start(element)
    assert right_and_down[0] > before[0] + 2 and right_and_down[1] < before[1] - 2
    picture(desk.page, "dragged")
    mouse.up()
    at(0.2, 0.2)
    desk.page.wait_for_timeout(500)
    assert start(element) == right_and_down


def test_the_keys_choose_a_surface_and_each_begins_at_its_own_start(open_notebook, lab):
    desk, element = opened(open_notebook, lab, "keys.ipynb")
    buttons = element.locator(".widget-toggle-button")
    names = list(STARTS)
    # Between these windows the old start is inside, outside, and on the edge of the new one.
    for name in [*names[1:], *names[-2::-1], "Beale", "saddle", "Rosenbrock", "Beale", "Rosenbrock"]:
        buttons.nth(names.index(name)).focus()
        desk.page.keyboard.press("Space")
        assert settled(desk, element, STARTS[name], 0.001), f"{name} begins at {start(element)}"
        desk.page.wait_for_timeout(300)
        assert start(element) == STARTS[name], "the page has sent an old value back"
