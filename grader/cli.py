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
def init(directory: Path, chapters: tuple[str, ...], lang: str) -> None:
    """Make a class directory, or bring the chapters of one up to date."""
    from grader.classroom.init import init as make
    from grader.release.build import source_notebook
    from grader.release.chapter import chapter_names

    names = _known(chapters, chapter_names())
    made = make(directory, {name: source_notebook(name, lang) for name in names})
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
def grade(directory: Path, chapters: tuple[str, ...], workers: int | None, regrade: bool) -> None:
    """Grade every new or changed submission. What a person must decide is in a table and in flagged.tsv."""
    from grader.classroom import tables
    from grader.classroom.classdir import ClassDirectory
    from grader.classroom.grade import cores, flags_file
    from grader.classroom.grade import grade as run

    place = ClassDirectory(directory)
    results = run(place, chapters, workers=workers or cores(), regrade=regrade)
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


def _console():
    from rich.console import Console

    return Console()
