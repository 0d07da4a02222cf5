"""The learner's command line: `dlbasic learn | check | progress | submit | update`. Only words and options here."""

from __future__ import annotations

from pathlib import Path

import click

from dlbasic import __version__, workspace
from dlbasic.session import LANGUAGES

language_option = click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the chapter.")


class Commands(click.Group):
    """Turns what the operating system refuses (a full disk, a folder that may not be written) into a sentence."""

    def invoke(self, context):
        try:
            return super().invoke(context)
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            raise workspace.Problem(f"{error.strerror or error}{where}. Nothing of yours was changed.") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dlbasic")
def main() -> None:
    """DLBasic: a course on the basics of deep learning. Work in JupyterLab; hand in from here."""


@main.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@language_option
@click.argument("jupyter_options", nargs=-1, type=click.UNPROCESSED)
def learn(lang: str | None, jupyter_options: tuple[str, ...]) -> None:
    """Open JupyterLab on the course.

    Every other option goes to JupyterLab: --no-browser, --port=8899, --ip=0.0.0.0 …
    """
    from dlbasic import lab

    course = workspace.find_course()
    lab.open_course(course, lang or workspace.preferred_language(lab.languages(course)), jupyter_options)


@main.command()
@click.argument("chapter", required=False)
@language_option
@click.option("--timeout", default=120, show_default=True, help="Seconds that one cell may take.")
def check(chapter: str | None, lang: str | None, timeout: int) -> None:
    """Run your notebook from top to bottom and say how every exercise stands. Changes nothing in it."""
    from dlbasic import rehearsal

    course = workspace.find_course()
    chosen = [workspace.chapter_named(course, chapter)] if chapter else workspace.chapters(course)
    paths = [workspace.notebook_for(course, name, lang) for name in chosen]
    everything_passed = True
    for path in paths:
        result = rehearsal.run(course, path, timeout)
        click.echo(rehearsal.table(result))
        everything_passed &= result.passed
    raise SystemExit(0 if everything_passed else 1)


@main.command()
def progress() -> None:
    """Show which exercises you have passed so far."""
    from dlbasic import record, standing

    click.echo(standing.table(workspace.find_course(), record.load()))


@main.command()
@click.argument("chapter")
@click.option("--student", help="Your student id, as your course knows you; remembered.")
@language_option
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Where to put the file (default: submissions/).")
def submit(chapter: str, student: str | None, lang: str | None, folder: Path | None) -> None:
    """Pack your work on CHAPTER into one file to hand in."""
    from dlbasic import submit as packing

    course = workspace.find_course()
    notebook = workspace.notebook_for(course, workspace.chapter_named(course, chapter), lang)
    who, why = packing.student_id(student)
    packed = packing.pack(notebook, who, folder or course / "submissions")
    for remark in packing.remarks(notebook):
        click.secho(f"note: {remark}", fg="yellow", err=True)
    click.echo(f"student  {who} ({why})")
    click.echo(f"notebook {notebook}, saved {packing.when_saved(notebook)}")
    click.echo(f"packed   {packed}")
    click.echo("Hand this one file in the way your course asks for: upload or send it. Do not rename it.")


@main.command()
@click.argument("release", required=False, type=click.Path(path_type=Path))
@click.option("--work", type=click.Path(path_type=Path), help="Bring the work of that course folder into this one.")
def update(release: Path | None, work: Path | None) -> None:
    """Bring a newer RELEASE (its zip file or its unpacked folder) into your course, and keep your work.

    Text and tests come from the release; what you wrote into the exercises, and cells that you added, stay. Everything
    that changes is backed up first.
    """
    from dlbasic import update as merging

    course = workspace.find_course()
    if release and work:
        raise click.UsageError("give either RELEASE or --work, not both")
    if work:
        report = merging.bring_work(work, course)
    elif release:
        report = merging.take_release(release, course)
    else:
        report = [merging.where_to_get_one(course)]
    for line in report:
        click.echo(line)


if __name__ == "__main__":
    main()
