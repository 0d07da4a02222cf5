"""`python -m grader`: the instructor's and the author's command line. Only words and options here."""

from __future__ import annotations

import warnings
from pathlib import Path

import click

from grader.errors import of_the_disk


class Commands(click.Group):
    """Commands in the order of work; what a disk refuses becomes a message, not a traceback."""

    def list_commands(self, context):
        return list(self.commands)

    def invoke(self, context):
        warnings.filterwarnings("ignore", category=Warning, module=r"(sqlalchemy|nbgrader|nbformat|nbconvert|jupyter)")
        try:
            return super().invoke(context)
        except OSError as error:
            if problem := of_the_disk(error):
                raise problem from error
            raise


class_option = click.option(
    "--class", "directory", required=True, type=click.Path(path_type=Path), help="The class directory (see `init`)."
)
chapters_argument = click.argument("chapters", nargs=-1, metavar="[CHAPTER]...")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """DLBasic for those who teach it: set up a class, collect, grade, give feedback; release chapters."""


@main.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@chapters_argument
@click.option("--lang", type=click.Choice(["en", "ko"]), default="en", show_default=True, help="Language of the prose.")
@click.option("--db", "db_url", default="", metavar="URL", help="Keep the gradebook in this database (PostgreSQL).")
def init(directory: Path, chapters: tuple[str, ...], lang: str, db_url: str) -> None:
    """Make a class directory, or bring the chapters of one up to date."""
    from grader.classroom.init import init as make
    from grader.release.build import source_notebook
    from grader.release.chapter import chapter_names

    names = _known(chapters, chapter_names())
    made = make(directory, {name: source_notebook(name, lang) for name in names}, db_url=db_url)
    for words, found in (("new", made.new), ("brought up to date", made.changed), ("unchanged", made.same)):
        if found:
            click.echo(f"{words}: {', '.join(found)}")
    if made.backup:
        click.echo(f"the gradebook as it was: {made.backup}")
    click.echo(f"class directory: {made.root}")
    click.echo(f"next: python -m grader collect --class {made.root} FILES, then `grade`, then `feedback`")


@main.command()
@class_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ZIP...")
def collect(directory: Path, files: tuple[Path, ...]) -> None:
    """Take in what learners handed in: files of `dlbasic submit`, zips or folders of them, STUDENT__CHAPTER.ipynb.

    Exits with 1 when some were refused and others taken.
    """
    from grader.classroom.classdir import ClassDirectory
    from grader.classroom.collect import collect as take
    from grader.classroom.collect import show

    result = take(ClassDirectory(directory), files)
    show(result, _console())
    raise SystemExit(1 if result.refused else 0)


@main.command()
@class_option
@chapters_argument
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="Submissions at a time (default: one per core)."
)
@click.option("--regrade", is_flag=True, help="Grade again what has not changed since the last run.")
@click.option("--figures", is_flag=True, help="Draw the figures of learners' cells; no score needs them.")
@click.option("--no-sandbox", is_flag=True, help="Run learners' code with this account's own rights. It is noted.")
@click.option("--db", "db_url", default="", metavar="URL", help="The gradebook's database, if not the class's own.")
@click.option("--executor", metavar="MODULE:FACTORY", help="Makes the concurrent.futures.Executor that runs cells.")
def grade(
    directory: Path,
    chapters: tuple[str, ...],
    workers: int | None,
    regrade: bool,
    figures: bool,
    no_sandbox: bool,
    db_url: str,
    executor: str | None,
) -> None:
    """Grade every new or changed submission. What a person must decide is in a table and in flagged.tsv."""
    from grader.classroom import early

    if not executor:
        early.start()
    from grader.classroom import tables
    from grader.classroom.classdir import ClassDirectory
    from grader.classroom.grade import Stopped, cores, flags_file
    from grader.classroom.grade import grade as run

    place = ClassDirectory(directory, db_url=db_url)
    if no_sandbox:
        click.echo(
            "warning: without the sandbox, learners' code can read and change whatever this account can: "
            "the gradebook, the tests, other submissions. This is noted in grading.log and in every graded notebook.",
            err=True,
        )
    try:
        results = run(
            place,
            chapters,
            workers=workers or cores(),
            regrade=regrade,
            make_executor=_factory(executor) if executor else None,
            figures=figures,
            sandbox=not no_sandbox,
        )
    except KeyboardInterrupt as stop:
        done = f"{stop.done} of {stop.total} graded and kept; " if isinstance(stop, Stopped) else ""
        click.echo(f"stopped: {done}run the same command again to go on", err=True)
        raise SystemExit(130) from None
    tables.graded(results, flags_file(place), _console())


@main.command()
@class_option
@chapters_argument
def feedback(directory: Path, chapters: tuple[str, ...]) -> None:
    """Write a page for every graded submission, without hidden tests. Exits with 1 when one could not be written."""
    from grader.classroom.classdir import ClassDirectory
    from grader.classroom.feedback import feedback as write

    place = ClassDirectory(directory)
    pages = write(place, chapters)
    click.echo(f"{len(pages.written)} pages in {place.root / 'feedback'}")
    for student, chapter, why in pages.missing:
        click.echo(f"no page for {student}, {chapter}: {why}", err=True)
    raise SystemExit(1 if pages.missing else 0)


@main.command()
@class_option
def report(directory: Path) -> None:
    """Show how the class did, exercise by exercise, and its commonest mistakes."""
    from grader.classroom.classdir import ClassDirectory
    from grader.classroom.report import report as look
    from grader.classroom.report import show

    show(look(ClassDirectory(directory, writing=False)), _console())


@main.command()
@class_option
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="The CSV file to write.")
def export(directory: Path, target: Path) -> None:
    """Write the gradebook as a CSV file."""
    from grader.classroom.classdir import ClassDirectory
    from grader.classroom.export import export as write

    count = write(ClassDirectory(directory, writing=False), target)
    click.echo(f"{count} lines in {target}")


@main.command()
@chapters_argument
@click.option("--lang", "languages", type=click.Choice(["en", "ko"]), multiple=True, help="Only this language.")
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 and a diff if something is stale.")
def release(chapters: tuple[str, ...], languages: tuple[str, ...], check: bool) -> None:
    """Generate the learners' notebooks and bundles from the chapters' texts."""
    from grader.release.chapter import chapter_names
    from grader.release.command import release as run

    raise SystemExit(run(_known(chapters, chapter_names()), list(languages), check))


@main.command()
@click.argument("chapter", default="02_mlp")
@click.option("--keep", type=click.Path(path_type=Path), help="A new folder for everything; a temporary one otherwise.")
def demo(chapter: str, keep: Path | None) -> None:
    """Play an invented class from release to feedback, and compare every score with the expected one."""
    from grader.demo.play import play

    raise SystemExit(play(chapter, keep))


def _known(wanted: tuple[str, ...], there: list[str]) -> list[str]:
    """The chapters asked for, or all. Raises Problem for one that the course does not have."""
    from grader.errors import Problem

    for name in wanted:
        if name not in there:
            raise Problem(f"there is no chapter {name!r} in the course", remedy=f"there is: {', '.join(there)}")
    return list(dict.fromkeys(wanted)) or there


def _factory(name: str):
    """The callable that `MODULE:FACTORY` names. Raises Problem when there is none."""
    from importlib import import_module

    from grader.errors import Problem

    module, _, factory = name.partition(":")
    try:
        found = getattr(import_module(module), factory)
    except (ImportError, AttributeError, ValueError, TypeError) as error:
        found = error
    if not callable(found):
        remedy = "write MODULE:FACTORY, where FACTORY() gives a concurrent.futures.Executor"
        raise Problem(f"there is no such executor ({found})", name, remedy)
    return found


def _console():
    from rich.console import Console

    return Console()
