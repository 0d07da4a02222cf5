"""`python -m grader feedback`: a page for every graded submission, through nbgrader's own GenerateFeedback."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from rich.console import Console
from rich.progress import track
from traitlets.config import Config

from grader.classroom.classdir import ClassDirectory, database_problems
from grader.classroom.pages import TEMPLATES, PrepareFeedback
from grader.errors import Problem, disk_problems, of_the_disk

STEPS = [GetGrades, PrepareFeedback]


@dataclass
class Pages:
    """What `feedback` wrote, and for whom it could not."""

    written: list[Path] = field(default_factory=list)
    missing: list[tuple[str, str, str]] = field(default_factory=list)


class GiveFeedback(GenerateFeedback):
    """nbgrader's GenerateFeedback for one submission, with our page and without its ways of stopping."""

    def __init__(self, *, student: str, chapter: str, **kwargs) -> None:
        super().__init__(**kwargs)
        self.student, self.chapter = student, chapter
        self.force = True
        if PrepareFeedback not in self.preprocessors and _name(PrepareFeedback) not in self.preprocessors:
            self.preprocessors = STEPS
        page = Config()
        page.HTMLExporter.template_name = "dlbasic"
        page.HTMLExporter.extra_template_basedirs = [TEMPLATES]
        self.update_config(page)

    def init_notebooks(self) -> None:
        folder = self._format_source(self.chapter, self.student)
        self.assignments = {folder: [str(Path(folder) / f"{self.chapter}.ipynb")]}

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """nbgrader copies the submission's other files into the feedback: a page is all that is asked for."""

    def convert_notebooks(self) -> None:
        for notebooks in self.assignments.values():
            self.notebooks = list(notebooks)
            self.init_destination(self.chapter, self.student)
            for notebook in self.notebooks:
                self.convert_single_notebook(notebook)
            self.set_permissions(self.chapter, self.student)


def feedback(directory: ClassDirectory, chapters: tuple[str, ...] = (), *, console: Console | None = None) -> Pages:
    """Write the pages of every graded submission. Raises Problem when nothing was graded yet."""
    console = console or Console(stderr=True)
    wanted = [
        (student, chapter) for chapter in directory.chapters(chapters) for student, _ in directory.submissions(chapter)
    ]
    pages = Pages()
    ready = [pair for pair in wanted if directory.graded(*pair).is_file()]
    pages.missing = [(*pair, "not graded yet: run `grade` first") for pair in wanted if pair not in ready]
    if wanted and not ready:
        raise Problem(
            "nothing has been graded yet",
            directory.root,
            f"run `python -m grader grade --class {directory.root}` first",
        )
    with disk_problems():
        for student, chapter in track(ready, "writing pages", console=console):
            try:
                with database_problems(directory.gradebook_file):
                    _write(directory, student, chapter)
                pages.written.append(directory.feedback_page(student, chapter))
            except Problem:
                raise
            except Exception as error:
                if isinstance(error, OSError) and of_the_disk(error):
                    raise
                pages.missing.append((student, chapter, f"{type(error).__name__}: {error}"))
    return pages


def _write(directory: ClassDirectory, student: str, chapter: str) -> None:
    coursedir = CourseDirectory(config=directory.config)
    GiveFeedback(coursedir=coursedir, config=directory.config, student=student, chapter=chapter).start()


def _name(step: type) -> str:
    return f"{step.__module__}.{step.__qualname__}"
