"""An IPython shell without a kernel: runs a cell as a kernel would and gives back nbformat outputs, in their order."""

from __future__ import annotations

import ast
import bdb  # noqa: F401  (IPython imports it with the first cell: here, every fork finds it)
import builtins
import contextlib
import io
import subprocess
import sys
from typing import Any

import IPython.core.logger  # noqa: F401  (the same)
from IPython.core.compilerop import CachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

MOST = 1_000_000  # characters of a cell's outputs that are kept at all; what a person gets to read is far less


class Recorder:
    """The outputs of the cell that is running."""

    def __init__(self) -> None:
        self.most = MOST
        self.begin()

    def begin(self) -> None:
        self.outputs: list[dict] = []
        self.left, self.dropped = self.most, 0
        self._clear_next = False

    def stream(self, name: str, text: str) -> None:
        text = self._fit(text)
        if not text:
            return
        self._clear()
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last["name"] == name:
            last["parts"].append(text)
        else:
            self.outputs.append({"output_type": "stream", "name": name, "parts": [text]})

    def show(self, kind: str, data: dict, metadata: dict, **facts: Any) -> None:
        display_id = facts.pop("display_id", None)
        data = {str(mime): _mime(value) for mime, value in data.items()}
        size = sum(len(value) if isinstance(value, str) else 100 for value in data.values())
        if size > self.left:
            self.dropped += size
            return
        self.left -= size
        self._clear()
        output = {"output_type": kind, "data": data, "metadata": dict(metadata or {}), **facts}
        if display_id is not None:
            output["display_id"] = display_id
        self.outputs.append(output)

    def update(self, display_id: Any, data: dict, metadata: dict) -> None:
        for output in self.outputs:
            if output.get("display_id") == display_id:
                output["data"] = {str(mime): _mime(value) for mime, value in data.items()}

    def error(self, name: str, value: str, traceback: list[str]) -> None:
        self._clear()
        lines = [line[:20_000] for line in traceback[:200]]
        self.outputs.append({"output_type": "error", "ename": name[:200], "evalue": value[:5_000], "traceback": lines})

    def clear(self, wait: bool) -> None:
        if wait:
            self._clear_next = True
        else:
            self.outputs = []

    def end(self) -> list[dict]:
        for output in self.outputs:
            output.pop("display_id", None)
            if "parts" in output:
                output["text"] = "".join(output.pop("parts"))
        if self.dropped:
            self.outputs.append(
                {"output_type": "stream", "name": "stderr", "text": f"\n[{self.dropped} more characters were cut]\n"}
            )
        return self.outputs

    def _clear(self) -> None:
        if self._clear_next:
            self.outputs, self._clear_next = [], False

    def _fit(self, text: str) -> str:
        kept = text[: self.left]
        self.left -= len(kept)
        self.dropped += len(text) - len(kept)
        return kept


def _mime(value: Any) -> Any:
    return value if isinstance(value, (str, dict, list, int, float, bool, type(None))) else str(value)


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a cell."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, name: str, recorder: Recorder) -> None:
        self.name, self._recorder = f"<{name}>", recorder
        self._kind = name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._recorder.stream(self._kind, text)
        return len(text)


class Hook(DisplayHook):
    """The value of a cell's last expression, as an execute_result."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        count = self.shell.execution_count
        self.shell.recorder.show("execute_result", format_dict, md_dict or {}, execution_count=count)

    def finish_displayhook(self) -> None:
        pass

    def log_output(self, format_dict: dict) -> None:
        pass


class Publisher(DisplayPublisher):
    """What `display` shows."""

    def publish(self, data, metadata=None, *, transient=None, update=False, **kwargs) -> None:
        display_id = (transient or {}).get("display_id")
        if update:
            self.shell.recorder.update(display_id, data, metadata or {})
        else:
            self.shell.recorder.show("display_data", data, metadata or {}, display_id=display_id)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.recorder.clear(wait)


class Compiler(CachingCompiler):
    """Parses a cell once: what was parsed to see whether it is plain Python need not be parsed again to be run."""

    parsed: tuple[str, ast.Module | None] = ("", None)

    def is_python(self, source: str) -> bool:
        try:
            self.parsed = source, ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
        return True

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.Module:
        (known, tree), self.parsed = self.parsed, ("", None)
        return tree if known == source and symbol == "exec" else super().ast_parse(source, filename, symbol)


class Shell(InteractiveShell):
    """Runs cells. Nothing of the instructor's own IPython (profile, history, start-up files) has a part in it."""

    compiler_class = Type(Compiler)
    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)
    kernel = None  # its presence tells libraries that this is a notebook

    def __init__(self, **options: Any) -> None:
        self.recorder = Recorder()
        config = Config()
        config.HistoryManager.enabled = False  # it writes a database and starts a thread, which no fork survives
        super().__init__(config=config, **options)
        self.figures = False

    def init_virtualenv(self) -> None:
        pass

    def init_path(self) -> None:
        pass

    def init_sys_modules(self) -> None:
        self._main_mod_cache = {}
        sys.modules[self.user_module.__name__] = self.user_module

    def run(self, source: str) -> tuple[list[dict], bool, int]:
        """(outputs, whether it ran through, execution count) of one cell."""
        self.recorder.begin()
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = Stream("stdout", self.recorder), Stream("stderr", self.recorder)
        try:
            result = self.run_cell(source, store_history=True)
            self._finish_figures()
        finally:
            sys.stdout, sys.stderr = streams
        count = result.execution_count or self.execution_count
        return self.recorder.end(), bool(result.success), count

    def transform_cell(self, raw_cell: str) -> str:
        """Magics and `!` lines as Python. What is valid Python has none, which is half the work saved."""
        ended = raw_cell if raw_cell.endswith("\n") else raw_cell + "\n"
        return ended if self.compile.is_python(ended) else super().transform_cell(raw_cell)

    def should_run_async(self, raw_cell: str, **more: Any) -> bool:
        """Whether a cell awaits something. IPython compiles every cell to find out."""
        return ("await" in raw_cell or "async" in raw_cell) and super().should_run_async(raw_cell, **more)

    def _showtraceback(self, etype, evalue, stb: list[str]) -> None:
        try:
            said = str(evalue)
        except Exception:
            said = "<an error that cannot be shown>"
        self.recorder.error(etype.__name__, said, list(stb))

    def show_usage_error(self, exc: BaseException) -> None:
        self.recorder.error("UsageError", str(exc), [f"UsageError: {exc}"])

    def ask_exit(self) -> None:
        """`exit()` ends nobody's grading: the cell goes on, as in JupyterLab, and so does the notebook."""

    def system(self, cmd: str) -> None:
        command = self.var_expand(cmd, depth=1)
        done = subprocess.run(
            command, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace",
        )  # fmt: skip
        print(done.stdout, end="")
        self.user_ns["_exit_code"] = done.returncode

    def enable_gui(self, gui=None) -> None:
        """There is no window to open; a notebook that asks for one runs all the same."""

    def enable_matplotlib(self, gui=None):
        return "inline", "agg"

    def _finish_figures(self) -> None:
        """Show the figures that are open, as the inline backend does, where that is asked for; close them all."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is None or not pyplot.get_fignums():
            return
        with contextlib.suppress(Exception):
            if self.figures:
                for number in pyplot.get_fignums():
                    self.show_figure(pyplot.figure(number))
            pyplot.close("all")

    def show_figure(self, figure: Any) -> None:
        from IPython.core.pylabtools import print_figure

        data = {"image/png": print_figure(figure, base64=True), "text/plain": repr(figure)}
        self.recorder.show("display_data", data, {})


def quiet_environment(shell: Shell) -> None:
    """What a notebook's code may ask of a person or a screen: nobody answers, and it goes on."""

    def no_input(prompt: str = "") -> str:
        raise EOFError("input() was called, but nobody answers while a notebook is graded")

    builtins.input = no_input
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.show = lambda *args, **options: shell._finish_figures() if shell.figures else None
