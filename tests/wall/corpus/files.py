"""The file itself: encodings, formats, cut off, renamed, in the wrong place, no file at all."""
# ruff: noqa: E501  (learners' code, which stands as it is handed in)

import json

import nbformat
import toy

from corpus import FLAG, Broken, Special, edited, flagged, right


def _bytes(change):
    """A right notebook's JSON as text → the bytes that are handed in."""
    return lambda released: change(json.dumps(right(released), ensure_ascii=False))


def _korean(text):
    return text.replace("# Numbers", "# 수와 셈")


def _named(*names):
    return lambda released: {name: right(released) for name in names}


def _json(change):
    def make(released):
        content = json.loads(json.dumps(right(released)))
        changed = change(content)
        return json.dumps(content if changed is None else changed).encode()

    return make


def _format_3(notebook):
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cells.append({"cell_type": "code", "input": cell["source"], "language": "python", "outputs": [],
                          "metadata": cell["metadata"], "prompt_number": 1, "collapsed": False})  # fmt: skip
        else:
            cells.append({"cell_type": "markdown", "source": cell["source"], "metadata": {}})
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "x"}, "worksheets": [{"cells": cells, "metadata": {}}]}


def _conflict(text):
    half = len(text) // 2
    return f"{text[:half]}\n<<<<<<< HEAD\n{text[half:]}\n=======\n{text[half:]}\n>>>>>>> main\n".encode()


def _nested(notebook):
    deep = {}
    for _ in range(300):
        deep = {"in": deep}
    notebook["metadata"]["deep"] = deep


def _big_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 2_000_000}]


def _beside(**files):
    return lambda released: {"numbers.ipynb": right(released), **files}


def _zip(released):
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("numbers.ipynb", nbformat.writes(right(released)))
    return made.getvalue()


CORPUS = [
    Broken("bom", _bytes(lambda text: b"\xef\xbb\xbf" + text.encode())),
    Broken("utf-16", _bytes(lambda text: text.encode("utf-16"))),
    Broken("utf-16-without-mark", _bytes(lambda text: text.encode("utf-16-le"))),
    Broken("utf-32", _bytes(lambda text: text.encode("utf-32"))),
    Broken("cp949", _bytes(lambda text: _korean(text).encode("cp949"))),
    Broken("latin-1", _bytes(lambda text: text.replace("# Numbers", "# Zähl").encode("latin-1"))),
    Broken("windows-lines", lambda released: nbformat.writes(right(released)).replace("\n", "\r\n").encode()),
    Broken("old-mac-lines", lambda released: nbformat.writes(right(released)).replace("\n", "\r").encode()),
    Broken("windows-lines-in-cells", _json(lambda n: [c.update(source=c["source"].replace("\n", "\r\n")) for c in n["cells"]] and None)),
    Broken("nul-bytes-after", _bytes(lambda text: text.encode() + b"\0" * 512), {"add": (1, FLAG), "mul": (2, FLAG)}),
    Broken("nul-bytes-in-cell", _json(lambda n: n["cells"][0].update(source="a\0b"))),
    Broken("nul-bytes-in-code", _json(lambda n: n["cells"].insert(4, {"cell_type": "code", "source": "x = 1\0", "metadata": {}}))),
    Broken("trailing-garbage", _bytes(lambda text: text.encode() + b"\n}\nsaved by an editor"), {"add": (1, FLAG), "mul": (2, FLAG)}),
    Broken("truncated", _bytes(lambda text: text.encode()[: len(text) // 2]), flagged("not_json")),
    Broken("empty", lambda released: b"", flagged("empty")),
    Broken("white-space", lambda released: b"\n\n  \n", flagged("empty")),
    Broken("only-nul-bytes", lambda released: b"\0" * 4096, flagged("empty"), "what a crash leaves on a disk"),
    Broken("null", lambda released: b"null", flagged("not_notebook")),
    Broken("list", lambda released: b"[]", flagged("not_notebook")),
    Broken("object", lambda released: b"{}", flagged("not_notebook")),
    Broken("web-page", lambda released: b"<!DOCTYPE html><html><body>numbers.ipynb</body></html>", flagged("not_notebook")),
    Broken("zip-as-notebook", _zip, flagged("not_notebook")),
    Broken("pdf-as-notebook", lambda released: b"%PDF-1.7\n", flagged("not_notebook")),
    Broken("script-as-notebook", lambda released: toy.RIGHT_ADD.encode(), flagged("not_notebook")),
    Broken("merge-conflict", _bytes(_conflict), flagged("not_json")),
    Broken("too-big", lambda released: {"numbers.ipynb": Special("sparse", str(60 << 20))}, flagged("too_big")),
    Broken("big-outputs", _json(_big_outputs)),
    Broken("no-cells", _json(lambda n: n.update(cells=[])), flagged("solution_deleted")),
    Broken("cells-no-list", _json(lambda n: n.update(cells={"0": n["cells"]})), flagged("not_notebook")),
    Broken("format-3", _json(_format_3)),
    Broken("format-4-0", _json(lambda n: [c.pop("id") for c in n["cells"]] and n.update(nbformat_minor=0))),
    Broken("format-4-99", _json(lambda n: n.update(nbformat_minor=99))),
    Broken("format-5", _json(lambda n: n.update(nbformat=5))),
    Broken("format-missing", _json(lambda n: n.pop("nbformat") and n.pop("nbformat_minor") and None)),
    Broken("format-as-text", _json(lambda n: n.update(nbformat="4", nbformat_minor="five"))),
    Broken("no-metadata", _json(lambda n: n.pop("metadata") and None)),
    Broken("metadata-null", _json(lambda n: n.update(metadata=None))),
    Broken("metadata-list", _json(lambda n: n.update(metadata=[1]))),
    Broken("metadata-nested-deep", _json(_nested)),
    Broken("kernel-of-a-conda-environment", _json(lambda n: n["metadata"]["kernelspec"].update(name="conda-env-dl-py"))),
    Broken("kernel-missing", _json(lambda n: n["metadata"].pop("kernelspec") and None)),
    Broken("kernel-julia", _json(lambda n: n["metadata"].update(kernelspec={"name": "julia-1.9", "language": "julia"}))),
    Broken("language-unknown", _json(lambda n: n["metadata"].update(dlbasic={"language": "de"}))),
    Broken("colab", _json(lambda n: n["metadata"].update(colab={"provenance": []}, accelerator="GPU"))),
    Broken("numbers-that-are-none", _bytes(lambda text: text.replace('"nbformat_minor": 5', '"x": NaN, "nbformat_minor": Infinity').encode())),
    Broken("number-of-thousands-of-digits", _bytes(lambda text: text.replace('"nbformat_minor": 5', f'"nbformat_minor": {"9" * 5000}').encode()), {"add": (1, FLAG), "mul": (2, FLAG)}),
    Broken("keys-twice", _bytes(lambda text: text.replace('"nbformat": 4', '"nbformat": 3, "nbformat": 4').encode())),
    Broken("lone-surrogate", _json(lambda n: n["cells"][0].update(source="\ud800 half a letter"))),
    Broken("line-separators", _json(lambda n: n["cells"][0].update(source="a\u2028b\u2029c\x0cd\x85"))),
    Broken("emoji", edited(lambda n: toy.cell(n, "add").update(source=toy.RIGHT_ADD + "  # 👍🏽 됐어요 ‮rtl"))),
    Broken("renamed", _named("numbers (1).ipynb")),
    Broken("renamed-korean", _named("숫자_최종_진짜최종.ipynb")),
    Broken("renamed-capitals", _named("NUMBERS.IPYNB")),
    Broken("renamed-as-text", lambda released: {"numbers.ipynb.txt": nbformat.writes(right(released))}, flagged("no_notebook")),
    Broken("in-subfolder", _named("numbers/numbers.ipynb")),
    Broken("in-deep-subfolder", _named("home/me/수업/week 2/numbers.ipynb")),
    Broken("copy-beside", lambda released: {"numbers.ipynb": right(released), "numbers-Copy1.ipynb": released}),
    Broken("two-others", _named("a.ipynb", "b.ipynb"), flagged("several")),
    Broken("backup-beside-renamed", lambda released: {"hw.ipynb": right(released), ".~hw.ipynb": b"{}"}),
    Broken("checkpoint-beside", lambda released: {"numbers.ipynb": right(released), ".ipynb_checkpoints/numbers-checkpoint.ipynb": released}),
    Broken("checkpoint-only", _named(".ipynb_checkpoints/numbers-checkpoint.ipynb"), flagged("no_notebook")),
    Broken("mac-shadow-files", lambda released: {"numbers.ipynb": right(released), "__MACOSX/._numbers.ipynb": b"\0\5\x16\7"}),
    Broken("mac-shadow-and-renamed", lambda released: {"my.ipynb": right(released), "__MACOSX/._my.ipynb": b"\0", "._my.ipynb": b"\0"}),
    Broken("zip-in-folder", lambda released: {"numbers.zip": _zip(released)}, flagged("no_notebook")),
    Broken("empty-folder", lambda released: {"readme.txt": "forgot the notebook"}, flagged("no_notebook")),
    Broken("python-file-only", lambda released: {"numbers.py": toy.RIGHT_ADD}, flagged("no_notebook")),
    Broken("link-to-notebook", lambda released: {"numbers.ipynb": Special("link", "elsewhere.ipynb"), "elsewhere.txt": "x"}, flagged("no_file")),
    Broken("link-to-itself", lambda released: {"numbers.ipynb": Special("link", "numbers.ipynb")}, flagged("no_file")),
    Broken("link-to-home", lambda released: {"numbers.ipynb": right(released), "data": Special("link", "/root")}),
    Broken("folder-named-as-notebook", lambda released: {"numbers.ipynb/x.txt": "x"}, flagged("no_file")),
    Broken("fifo-as-notebook", lambda released: {"numbers.ipynb": Special("fifo")}, flagged("no_file")),
    Broken("fifo-beside", lambda released: {"numbers.ipynb": right(released), "pipe": Special("fifo")}),
    Broken("unreadable", right, {"add": (1, "flag:no_file"), "mul": (2, "flag:no_file")}, "root reads it all the same", mode=0),
    Broken("many-files", _beside(**{f"data/{n}.txt": "x" for n in range(500)})),
    Broken("large-file", _beside(**{"film.mp4": Special("sparse", str(300 << 20))})),
    Broken("odd-file-names", _beside(**{"a\nb.txt": "x", "-rf": "x", "데이터 (1).csv": "x", "%s{}.txt": "x", "x" * 250: "x"})),
    Broken("timestamp-odd", _beside(**{"timestamp.txt": "yesterday evening"})),
    Broken("old-files-named-as-packages", _beside(**{"numpy.py.bak": "x", "venv/pyvenv.cfg": "x", "node_modules/x.js": "x"})),
    Broken("exercise-script-beside", _beside(**{"add.py": toy.WRONG_ADD, "mul.py": "raise SystemExit"})),
]  # fmt: skip
