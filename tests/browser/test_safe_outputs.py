"""A notebook full of attacks, opened in a browser as its author and as a grader see it: nothing acts, and what is
honest is shown. The same notebook, shown as nbconvert shows it, does act.
"""

import re

import nbformat
import pytest
import servers
import toy
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from vectors import DO, FAR, HTML, MARKDOWN, SVG, TABLE, TEX, png

from grader.classroom import policy
from grader.classroom.classdir import ClassDirectory
from grader.classroom.feedback import feedback
from grader.classroom.init import init

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")

STUDENT = "mi'na & co"
FORMULA = r"\frac{\partial L}{\partial w}"
# What cannot be: in an output or in prose, by selector; `.cell` in the formgrader, `.notebook` in the feedback.
DEAD = (
    "script,style,iframe,frame,object,embed,form,button,select,textarea,svg,math,video,audio,link,meta,base,[id],[name]"
)
TRY_ALL = """(selector) => { for (const place of document.querySelectorAll(selector))
    for (const element of [place, ...place.querySelectorAll('*')])
        for (const kind of ['mouseover', 'click', 'focus', 'toggle', 'error', 'load', 'submit'])
            element.dispatchEvent(new Event(kind, {bubbles: false, cancelable: true})); }"""
HANDLERS = """(selector) => [...document.querySelectorAll(selector)]
    .flatMap((place) => [...place.querySelectorAll('*')])
    .flatMap((element) => [...element.attributes]).map((attribute) => attribute.name)
    .filter((name) => name.startsWith('on') || name.startsWith('data-') || name === 'srcdoc')"""


def attacks():
    """The cells of a hostile notebook, with outputs that no step has made safe, and three honest ones."""
    width = {"image/png": {"width": f"1 onload={DO} onerror={DO}"}, "text/html": {"isolated": True}}

    def shown(metadata=None, **data):
        return new_output(
            "display_data", data={k.replace("_", "/"): v for k, v in data.items()}, metadata=metadata or {}
        )

    outputs = [
        *(shown(text_html=markup) for markup in HTML.values()),
        *(shown(text_markdown=markup) for markup in [*HTML.values(), *MARKDOWN.values()]),
        shown(text_latex=f"${TEX}$"),
        shown(application_javascript=DO),
        shown({"image/png": width["image/png"]}, image_png=png()),
        shown({"text/html": {"isolated": True}}, text_html=f"<script>parent.{DO}</script>"),
        new_output("display_data", data={"image/svg+xml": SVG}),
        new_output("stream", name="stdout", text=HTML["script"] + "\x1b[31m" + HTML["event handlers"]),
        new_output("error", ename="E", evalue=HTML["script"], traceback=[*HTML.values()]),
    ]
    honest = [
        shown(text_html=TABLE, text_plain="loss"),
        shown({"image/png": {"alt": "a figure"}}, image_png=png(), text_plain="<Figure>"),
        shown(text_latex=f"${FORMULA}$"),
    ]
    prose = [new_markdown_cell(text) for text in [*HTML.values(), *MARKDOWN.values(), f"${TEX}$"]]
    picture = new_markdown_cell("![attached](attachment:f.png) **honest**")
    picture.attachments = {"f.png": {"image/png": png()}}
    raw = new_raw_cell(HTML["script"], metadata={"raw_mimetype": "text/html"})
    # One cell an output: what one of them breaks is not to hide the others.
    cells = [new_code_cell("1", outputs=[output]) for output in outputs + honest]
    cells[0].metadata.tags = ['"><script>']
    return [*cells, *prose, picture, raw]


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """A class of one whose graded notebook has these cells, as if some other program had run them."""
    root = tmp_path_factory.mktemp("safe") / "class"
    init(root, {"numbers": toy.source()})
    directory = ClassDirectory(root)
    graded = nbformat.read(root / "release" / "numbers" / "numbers.ipynb", as_version=4)
    graded.cells += attacks()
    path = directory.graded(STUDENT, "numbers")
    for file in (path, root / "submitted" / path.relative_to(root / "autograded")):
        file.parent.mkdir(parents=True)
        nbformat.write(graded, file)
    with directory.gradebook() as gradebook:
        gradebook.add_student(STUDENT)
        gradebook.add_submission("numbers", STUDENT)
    assert feedback(directory).missing == []
    return directory


class Watch:
    """A browser page, what it asked for, and what it did. Only `own` addresses are answered."""

    def __init__(self, browser, own: str) -> None:
        self.page = browser.new_page(viewport={"width": 1100, "height": 1000})
        self.own, self.asked, self.dialogs = own, [], []
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.route(re.compile(".*"), self._route)

    def _route(self, route) -> None:
        self.asked.append(route.request.url)
        if route.request.url.startswith((self.own, "data:")):
            route.continue_()
        else:
            route.abort()

    @property
    def elsewhere(self) -> list[str]:
        return [url for url in self.asked if not url.startswith((self.own, "data:"))]

    def try_everything(self, places: str):
        self.page.evaluate(TRY_ALL, places)
        self.page.wait_for_timeout(300)
        return self.page.evaluate("window.__pwned")


def shows_what_is_honest(page, place: str) -> None:
    table = page.locator(f"{place} table", has_text="0.25")
    table.scroll_into_view_if_needed()
    assert [" ".join(text.split()) for text in table.all_inner_texts()] == ["loss 0 0.25"]
    widths = page.locator(f"{place} img").evaluate_all("(all) => all.filter((i) => i.src).map((i) => i.naturalWidth)")
    assert widths == [2] * 3  # the figure, the figure with a hostile width, the attachment
    assert page.locator(place, has_text=FORMULA).count()
    assert page.locator(f"{place} strong", has_text="honest").count() == 1


def test_the_same_notebook_acts_where_nothing_is_done_about_it(browser, tmp_path):
    bad = nbformat.v4.new_notebook(cells=attacks()[: len(HTML)])
    file = tmp_path / "bad.html"
    file.write_text(HTMLExporter(template_name="classic").from_notebook_node(bad)[0], encoding="utf-8")
    watch = Watch(browser, "file:")
    watch.page.goto(file.as_uri(), wait_until="commit")
    watch.page.wait_for_function("window.__pwned")
    assert [url for url in watch.elsewhere if url.startswith(FAR)]
    watch.page.close()


def test_the_feedback_page_of_a_hostile_notebook_is_quiet(browser, classroom, picture):
    watch = Watch(browser, "file:")
    page = watch.page
    page.goto(classroom.feedback_page(STUDENT, "numbers").as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    places = ".notebook .prose, .notebook .output, .notebook .raw"
    assert watch.try_everything(places) is None
    assert watch.elsewhere == [policy.MATHJAX] and watch.dialogs == []
    assert page.locator(places).locator(DEAD).count() == 0 and page.evaluate(HANDLERS, places) == []
    shows_what_is_honest(page, ".notebook")
    assert STUDENT in page.locator(".student").inner_text()
    picture(page, "safe-feedback")
    page.close()


def test_the_formgraders_page_of_a_hostile_notebook_is_quiet(browser, classroom, picture, tmp_path):
    with classroom.gradebook() as gradebook:
        number = gradebook.find_submission_notebook("numbers", "numbers", STUDENT).id
    lab = servers.instructors_lab(classroom.root, tmp_path)
    watch = Watch(browser, lab.url)
    page = watch.page
    try:
        address = f"/formgrader/submissions/{number}/"
        page.goto(f"{lab.url}{address}?token={servers.TOKEN}")
        page.locator(".score").first.wait_for(state="visible", timeout=60_000)
        places = ".output_area, .text_cell_render"
        assert watch.try_everything(places) is None
        assert {url.split("/MathJax.js")[0].split("/latest.js")[0] + "/" for url in watch.elsewhere} <= {
            policy.MATHJAX_FILES
        }
        fine = re.compile(rf"{lab.url}({address}\?|/formgrader/(static|api)/|/favicon)")
        assert [url for url in watch.asked if url.startswith(lab.url) and not fine.match(url)] == []
        assert watch.dialogs == [] and page.evaluate(HANDLERS, places) == []
        assert page.locator(places).locator(f"{DEAD},a[href]").count() == 0
        shows_what_is_honest(page, "#notebook-container")
        assert page.locator(".name-shown", has_text=STUDENT).count() and page.locator("input.score").count() == 2
        picture(page, "safe-formgrader")
    finally:
        page.close()
        lab.stop()
