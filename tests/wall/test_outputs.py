"""What a learner's cells display is shown without anything that acts, and not without end; what it means stays."""

from __future__ import annotations

import base64
import contextlib
import copy
import io
import json
import re
import time

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell
from vectors import DO, FAR, HTML, MARKDOWN, SVG, TABLE, TEX, png

from grader.wall.safe.markup import TooMuch, clean, prose
from grader.wall.safe.outputs import safe
from grader.wall.safe.page import SafePage
from grader.wall.safe.room import Limits, Notes

VERDICT = "application/vnd.course.verdict+json"


def stream(words, name="stdout"):
    return NotebookNode(output_type="stream", name=name, text=words)


def shown(metadata=None, **data):
    kinds = {"html": "text/html", "plain": "text/plain", "md": "text/markdown", "tex": "text/latex", "png": "image/png"}
    bundle = {kinds.get(key, key): value for key, value in data.items()}
    return nbformat.from_dict({"output_type": "display_data", "data": bundle, "metadata": metadata or {}})


def result(plain):
    return nbformat.from_dict(
        {"output_type": "execute_result", "data": {"text/plain": plain}, "metadata": {}, "execution_count": 1}
    )


def error(value="no", trace=("line",)):
    return NotebookNode(output_type="error", ename="AssertionError", evalue=value, traceback=list(trace))


def code(*outputs, **metadata):
    """A code cell; made by hand, since nbformat's own way checks every part again and again."""
    facts = {"cell_type": "code", "id": "c", "source": "x", "execution_count": 1, "metadata": metadata}
    return nbformat.from_dict({**facts, "outputs": list(outputs)})


def book(*cells):
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


def after(*outputs, **options):
    made = book(code(*outputs))
    safe(made, **options)
    return made.cells[0].outputs


QUIET = """a b blockquote br code col details del div em h1 h2 h3 i img li ol p pre s span strong sub summary sup table
    tbody td tfoot th thead tr tt u ul""".split()  # noqa: SIM905


def active(markup: str) -> list[str]:
    """What in this HTML could act, load or ask: everything that is not on a short list."""
    found = []
    for tag in BeautifulSoup(markup, "html.parser").find_all(True):
        found += [] if tag.name in QUIET else [f"<{tag.name}>"]
        for name, value in tag.attrs.items():
            fine = name in (
                "alt",
                "title",
                "open",
                "rel",
                "border",
                "align",
                "class",
                "width",
                "height",
                "colspan",
                "rowspan",
            )
            fine |= name == "style" and not re.search(r"[\\&<]|url|image|position|expression|--x:|-\d", value)
            fine |= name == "src" and re.fullmatch(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/=]+", value) is not None
            fine |= name == "href" and re.match(r"https?://|mailto:", value) is not None
            found += [] if fine else [f"{name}={value}"]
    return found


def text_of(outputs) -> str:
    return "\n".join(
        o.get("text") or "\n".join(o.get("traceback", ())) or o.data.get("text/plain", "") for o in outputs
    )


# Nothing acts


@pytest.mark.parametrize("family", HTML)
def test_html_is_shown_without_anything_that_acts(family):
    for markup in (clean(HTML[family]), clean(HTML[family], links=True), prose(HTML[family])):
        assert active(markup) == []
    assert not re.search("href=|full-credit|navbar|modal|data-|id=", clean(HTML[family]))


@pytest.mark.parametrize("family", HTML)
def test_html_of_an_output_is_the_same_however_it_is_wrapped(family):
    bundles = [{"html": HTML[family]}, {"md": HTML[family]}, {"html": [HTML[family][:9], HTML[family][9:]]}]
    outputs = after(*(shown(**bundle, plain="<b>") for bundle in bundles))
    nbformat.validate(book(code(*outputs)))
    assert [active(output.data.get("text/html", "")) for output in outputs] == [[]] * 3
    assert [set(o.data) for o in outputs] <= [{"text/html", "text/plain"}] * 3


@pytest.mark.parametrize("family", MARKDOWN)
def test_markdown_is_shown_without_anything_that_acts(family):
    (output,) = after(shown(md=MARKDOWN[family]))
    for markup in (prose(MARKDOWN[family]), prose(MARKDOWN[family], links=True), output.data["text/html"]):
        assert active(markup) == [] and FAR + "/m" not in markup and "formgrader" not in markup


def test_links_lead_elsewhere_without_a_trace_or_nowhere():
    link = "[a](https://example.org) [b](/formgrader?path=/tmp) [c](//evil.invalid)"
    assert "href" not in prose(link)
    first, *others = BeautifulSoup(prose(link, links=True), "html.parser").find_all("a")
    assert first.attrs == {"href": "https://example.org", "rel": ["noopener", "noreferrer"]}
    assert [tag.attrs for tag in others] == [{}, {}]


@pytest.mark.parametrize("written", ["html", "md", "tex"])
def test_formulas_stay_and_reach_nothing_beyond_them(written):
    (output,) = after(shown(**{written: rf"$\frac{{a}}{{b}} {TEX}$"}))
    words = output.data["text/latex" if written == "tex" else "text/html"]
    assert r"$\frac{a}{b}" in words
    commands = (
        "href",
        "style",
        "class",
        "cssId",
        "require",
        "unicode",
        "bbox",
        "def",
        "let",
        "newcommand",
        "renewcommand",
    )
    assert not [name for name in commands if f"\\{name}" in words]


@pytest.mark.parametrize(
    "kind",
    ["application/javascript", "image/svg+xml", "application/vnd.jupyter.widget-view+json", "text/vnd.mermaid", "x/y"],
)
def test_other_kinds_go_and_their_text_stays(kind):
    (bare,) = after(shown(**{kind: SVG}))
    (with_text,) = after(shown(**{kind: SVG, "plain": "A figure"}))
    assert kind in bare.data["text/plain"] and set(bare.data) == {"text/plain"}
    assert dict(with_text.data) == {"text/plain": "A figure"}


def test_what_templates_print_as_it_is_holds_no_markup():
    # nbconvert writes a picture's width without quotes.
    attack = {"width": f"1 onerror={DO}", "height": 10, "alt": '"><script>', "unconfined": "x", "isolated": True}
    metadata = {"image/png": attack, "text/html": {"isolated": True}, "filenames": {"image/png": f"{FAR}/x.png"}}
    picture, table, words = after(
        shown(png=png(), metadata=metadata), shown(html=TABLE, metadata=metadata), stream("x", name='"><script>')
    )
    assert dict(picture.metadata) == {"image/png": {"height": 10, "alt": '"><script>'}}
    assert dict(table.metadata) == {} and words.name == "stdout"
    made = book(code(stream("x")))
    made.cells[0].execution_count = "<script>"
    safe(made)
    assert made.cells[0].execution_count is None


def test_pictures_are_pictures():
    jpeg = io.BytesIO()
    image = pytest.importorskip("PIL.Image").new("RGB", (3, 2))
    image.save(jpeg, "JPEG")
    image.save(progressive := io.BytesIO(), "JPEG", progressive=True)
    for good in (jpeg, progressive):
        packed = base64.b64encode(good.getvalue()).decode()
        assert after(shown(**{"image/jpeg": packed}))[0].data["image/jpeg"] == packed
    assert after(shown(png=png()[:20] + "\n" + png()[20:] + "\n"))[0].data["image/png"] == png()
    svg = base64.b64encode(SVG.encode()).decode()
    for bad in ('"><script>', svg, png()[:-3], png(40_000, 40_000), "", None, ["x"], png() + "=="):
        assert "image/png" not in after(shown(png=bad, plain="x"))[0].data


def test_data_uris_in_markup_are_shown_if_they_are_pictures():
    uri = f"data:image/png;base64,{png()}"
    (output,) = after(shown(html=f"<img src='{uri}' width=40><img src='data:image/png;base64,PHNjcmlwdD4='>"))
    assert [tag.get("src") for tag in BeautifulSoup(output.data["text/html"], "html.parser").find_all("img")] == [uri]
    assert uri in prose(f"![x]({uri})")


def test_control_characters_go_and_colours_stay():
    words = "\x1b[31mred\x1b[0m \x1b]8;;http://evil.invalid\x07link \x1b[2J\x00 \ud800 é"
    (output,) = after(stream(words))
    assert output.text == "\x1b[31mred\x1b[0m ]8;;http://evil.invalidlink [2J ? é"
    json.dumps(output).encode()
    nbformat.writes(book(code(output))).encode()


# What is harmless stays


def test_a_data_frame_a_figure_and_a_formula_stay():
    table, figure, formula = after(
        shown(html=TABLE, plain="loss"), shown(png=png(), plain="<Figure>"), shown(tex=r"$\displaystyle x^2$")
    )
    soup = BeautifulSoup(table.data["text/html"], "html.parser")
    assert [cell.get_text() for cell in soup.find_all(["th", "td"])] == ["", "loss", "0", "0.25"]
    assert soup.table["class"] == ["dataframe"] and "vertical-align" not in table.data["text/html"]
    assert (
        figure.data == {"image/png": png(), "text/plain": "<Figure>"}
        and formula.data["text/latex"] == r"$\displaystyle x^2$"
    )


def test_a_panel_keeps_its_look():
    panel = (
        '<div style="border-left:4px solid #009E73;color:var(--jp-content-font-color1, inherit);line-height:1.45">'
        '<span style="color:#009E73">✓</span> <code>a &lt; b</code> '
        '<pre style="background:rgba(128,128,128,.14)">x</pre></div>'
    )
    assert clean(panel) == panel


def test_prose_keeps_what_markdown_makes():
    made = prose(
        "# T\n\n**b** `c` $a<b$\n\n|a|b|\n|-|-|\n|1|2|\n\n```python\nimport x\n```\n\n"
        "<details><summary>s</summary>t</details>"
    )
    soup = BeautifulSoup(made, "html.parser")
    assert all(soup.find(name) for name in ("h1", "strong", "code", "table", "details", "summary"))
    assert "$a&lt;b$" in made and soup.find("span", class_="kn").get_text() == "import"


def test_attachments_are_shown_in_markdown_and_in_html():
    made = prose("![a](attachment:f.png)\n\n<img src='attachment:f.png' alt='b' width='50'>\n\n![c](attachment:no.png)",
                 {"f.png": {"image/png": png()}, "no.png": {"image/svg+xml": SVG}})  # fmt: skip
    soup = BeautifulSoup(made, "html.parser")
    shown_ = [(tag["alt"], tag["src"]) for tag in soup.find_all("img")]
    assert shown_ == [("a", f"data:image/png;base64,{png()}"), ("b", f"data:image/png;base64,{png()}")]
    assert soup.find_all("p")[-1].get_text() == "[c]"


def test_kinds_that_the_caller_keeps_stay_as_they_are():
    value = {"message": "<script>", "n": [1]}
    assert after(shown(**{VERDICT: value}), keep=[VERDICT])[0].data[VERDICT] == value
    assert VERDICT not in after(shown(**{VERDICT: value}))[0].data


def test_json_is_shown_as_text():
    assert after(shown(**{"application/json": {"a": "<b>"}}))[0].data == {"text/plain": '{"a": "<b>"}'}


# Limits


def test_a_long_text_is_cut_in_the_middle_with_a_note():
    (output,) = after(stream("start " + "x" * 1_254_556 + " end"))
    assert len(output.text) <= 20_000
    head, note, tail = output.text.split("\n")
    assert head.startswith("start ") and tail.endswith(" end")
    assert note == f"… {1_254_566 - len(head) - len(tail):,} characters were cut here …"


def test_many_lines_are_cut_too():
    (output,) = after(stream("\n" * 5_000))
    assert output.text.count("\n") < 1_000 and "characters were cut here" in output.text


def test_many_outputs_are_cut_with_their_number():
    outputs = after(*(shown(plain="") for _ in range(5_000)))
    assert len(outputs) < 500 and outputs[-1].text == f"… {5_000 - len(outputs) + 1:,} more outputs were cut"


def test_a_notebook_has_its_own_limit():
    made = book(*(code(stream("x" * 15_000)) for _ in range(40)))
    safe(made)
    assert len(text_of([o for cell in made.cells for o in cell.outputs])) < 210_000
    assert text_of(made.cells[0].outputs) == "x" * 15_000 and "were cut" in text_of(made.cells[-1].outputs)


def test_pictures_have_a_limit():
    limits = {"per_cell": Limits(20_000, 250), "per_notebook": Limits(200_000, 350)}
    made = book(*(code(*(shown(png=png()) for _ in range(4))) for _ in range(2)))
    safe(made, **limits)
    kept = [["image/png" in o.data for o in cell.outputs] for cell in made.cells]
    assert kept == [[True, True, False, False], [True, False, False, False]]
    assert made.cells[0].outputs[2].data["text/plain"] == "… a picture of 0.0 MB was cut"


def test_a_table_that_is_too_long_leaves_its_text():
    (output,) = after(shown(html="<table>" + "<tr><td>1234567890" * 20_000 + "</table>", plain="20000 rows"))
    assert set(output.data) == {"text/plain"} and output.data["text/plain"].startswith(
        "20000 rows\n… 360,015 characters"
    )


def test_a_table_of_60_rows_stays():
    rows = "".join("<tr>" + "<td>0.123456</td>\n" * 20 + "</tr>" for _ in range(60))
    assert after(shown(html=f"<table>{rows}</table>"))[0].data["text/html"].count("<td>") == 1_200


@pytest.mark.parametrize("flood", [stream("x" * 10**5), shown(plain="x" * 19_000), shown(html="<p>" * 5_000)])
def test_a_flood_takes_no_score_away(flood):
    """nbgrader reads a test's score from its errors and its last value; a course its own verdicts."""
    many = [copy.deepcopy(flood) for _ in range(30)]
    outputs = after(*many, shown(**{VERDICT: {"kind": "failed"}}), error("wrong"), result("0.5"), *many, keep=[VERDICT])
    assert [o.data[VERDICT] for o in outputs if VERDICT in o.get("data", {})] == [{"kind": "failed"}]
    assert [o.evalue for o in outputs if o.output_type == "error"] == ["wrong"]
    assert [o.data["text/plain"] for o in outputs if o.output_type == "execute_result"] == ["0.5"]
    assert not [o for o in outputs if o.get("name") == "stderr"] and len(text_of(outputs)) < 21_000


def test_a_test_keeps_its_room_when_other_cells_have_used_up_theirs():
    locked = code(stream("y" * 9_000), nbgrader={"grade": True, "locked": True, "solution": False})
    made = book(*(code(stream("x" * 19_000)) for _ in range(20)), locked)
    safe(made)
    assert text_of(made.cells[-1].outputs) == "y" * 9_000


def test_doing_it_twice_changes_nothing_more():
    flood = [
        stream("a\n" * 3_000),
        *(shown(html=TABLE, plain="p", png=png()) for _ in range(90)),
        error("e" * 9_000, ["t" * 9_000]),
    ]
    made = book(*(code(*flood) for _ in range(15)))
    safe(made)
    once = copy.deepcopy(made)
    safe(made)
    assert made == once


def test_an_error_is_cut_and_says_how_it_ended():
    (output,) = after(error("v" * 5_000, ["first", *["middle" * 100] * 100, "ValueError: the end"]))
    trace = "\n".join(output.traceback)
    assert trace.startswith("first") and trace.endswith("ValueError: the end") and len(output.evalue) <= 2_000


def test_notes_come_in_the_callers_language():
    (output,) = after(stream("x" * 30_000), notes=Notes(text="… {characters:,}자 …"))
    assert "자 …" in output.text and "cut" not in output.text


@pytest.mark.parametrize(
    "odd",
    [{}, {"output_type": "pyout"}, {"output_type": "stream"}, {"output_type": "error"}, {"output_type": "display_data"},
     {"output_type": "display_data", "data": []}, {"output_type": "stream", "text": [1, "x"], "name": 4},
     {"output_type": "display_data", "data": {"text/html": {"a": 1}}, "metadata": 3},
     {"output_type": "error", "traceback": {"a": 1}, "evalue": None}],
)  # fmt: skip
def test_malformed_outputs_become_well_formed_ones(odd):
    nbformat.validate(book(code(*after(odd))))


@pytest.mark.parametrize(
    "bomb",
    ["".join(f"<b a={n}>" for n in range(900)) + "<p>x" * 3_000, "<div>" * 4_000,
     "<p><b><i><u><s>" * 3 + "<p>x" * 4_000, "<table><td>" * 1_500, "<" * 20_000, "&#92;" * 4_000,
     "<style" * 3_000, "<a b='" * 3_000, "<svg><p>" * 2_000],
)  # fmt: skip
def test_markup_that_is_made_to_take_long_does_not(bomb):
    began = time.thread_time()
    with contextlib.suppress(TooMuch):
        clean(bomb)
    assert time.thread_time() - began < 1.5


@pytest.mark.parametrize("piece", ["\\begin{a}", "\\\\[", "[", "`a", "![a](<", "> > ", "|a\n|-\n", "$$ "])
def test_markdown_that_is_made_to_take_long_does_not(piece):
    source = (piece * 20_000)[:20_000]
    began = time.thread_time()
    prose(source)
    assert time.thread_time() - began < 1.5


def test_a_typical_notebook_takes_a_millisecond_or_two():
    cells = [code(stream("loss 0.1\n" * 20), shown(html=TABLE, plain="p"), result("3")) for _ in range(40)]
    safe(book(*cells))  # imports, and what is remembered
    times = []
    for _ in range(5):
        made = book(*cells)
        began = time.thread_time()
        safe(made)
        times.append(time.thread_time() - began)
    assert min(times) < 0.01


# The page that a grader sees


def test_a_graders_page_gets_names_and_metadata_as_text():
    made = new_notebook(
        cells=[new_raw_cell("<script>1</script>"), new_markdown_cell("x"), code(shown(html=HTML["script"]))]
    )
    for cell in made.cells:
        cell.metadata = nbformat.from_dict(
            {"tags": ['"><script>'], "name": "<b>", "nbgrader": {"grade_id": '"><script>'}}
        )
    made.cells[0].metadata.raw_mimetype = "text/html"
    page, resources = SafePage().preprocess(
        made, {"student": "<img src=x onerror=1>", "notebook_path": 'a"b', "index": 3}
    )
    assert resources == {"student": "&lt;img src=x onerror=1&gt;", "notebook_path": "a&quot;b", "index": 3}
    assert [set(cell.metadata) for cell in page.cells] == [{"nbgrader"}] * 3
    assert {cell.metadata.nbgrader.grade_id for cell in page.cells} == {"&quot;&gt;&lt;script&gt;"}
    assert active(prose(page.cells[0].source)) == [] and "<script>" not in str(page.cells)


def test_a_graders_page_does_not_grow_with_what_is_written():
    made = new_notebook(cells=[new_code_cell("x = 1\n" * 20_000) for _ in range(5)])
    page, _ = SafePage().preprocess(made, {})
    assert sum(len(cell.source) for cell in page.cells) < 205_000 and "were cut here" in page.cells[1].source
