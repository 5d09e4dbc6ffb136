"""The command `cnnex`: parses, calls, shows, and turns the result into an exit code."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cnnexercises import __version__, catalog
from grader.api import Grader, Options
from grader.errors import CnnexError, GraderFault, UsageError
from grader.exports import EXPORTS
from grader.show import FORMATS
from grader.show.untrusted import visible

if TYPE_CHECKING:
    from cnnexercises.exercise import Exercise
    from grader.report import Report


_INTERRUPTED = 130
"""The exit code that shells give to what Ctrl-C ended; 1 would say that points were lost."""


class _Sentences(click.Group):
    """Ends every foreseen error as a sentence on standard error, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CnnexError as error:
            _say(str(error))
            ctx.exit(3 if isinstance(error, GraderFault) else 2)
        except KeyboardInterrupt:
            _say("stopped.")
            ctx.exit(_INTERRUPTED)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise  # click's own ways to end
        except OSError as error:
            _say(f"the system refused: {error}.")
            ctx.exit(3)
        except Exception as error:
            _report_bug(error)
            ctx.exit(3)


def _report_bug(error: Exception) -> None:
    """Show the traceback of what nobody foresaw. Python's own exit code for it would say that points were lost."""
    from traceback import format_exception

    click.echo("".join(format_exception(error)), err=True, nl=False)
    _say("that is an error in the grader, not in your code. Please report it with the lines above.")


class _Seconds(click.FloatRange):
    """A number of seconds: a range that NaN is not in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        seconds = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value} is not a number of seconds.", param, ctx)
        return seconds


# Pydantic looks for plugins among all installed packages, for 12 ms of every start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _say(sentence: str) -> None:
    click.echo(f"cnnex: {visible(sentence)}", err=True)


_GRADING = (
    click.option("--exercise", metavar="NAME", help="Number, slug or file stem, for files of another name."),
    click.option("--seed", type=click.IntRange(0, 2**32 - 1), help="Seed of the inputs."),
    click.option(
        "--device", type=click.Choice(["auto", "cpu", "cuda"]), default="auto", show_default=True,
        help="Where a network trains.",
    ),
    click.option("--train/--no-train", default=True, show_default=True, help="Whether a network trains at all."),
    click.option(
        "--sandbox", type=click.Choice(["auto", "strict", "basic", "off"]), default="auto", show_default=True,
        help="How the code is contained; `cnnex doctor` explains.",
    ),
    click.option(
        "--time-limit", type=_Seconds(0, 86_400, min_open=True), default=10.0, show_default=True,
        help="Seconds for one call.",
    ),
    click.option(
        "--memory-limit", type=click.IntRange(16, 1 << 20), default=1024, show_default=True,
        help="MiB that the code may use.",
    ),
    click.option("--data", type=click.Path(path_type=Path), help="Folder with the MNIST files."),
)  # fmt: skip


_GRADEBOOK = click.option("--gradebook", default="gradebook.db", show_default=True, help="File, or URL of a database.")
_ATTEMPTS = click.option(
    "--attempts", type=click.Choice(["last", "best"]), default="last", show_default=True, help="What counts."
)


def _grading_options(command: Any) -> Any:
    """Give a command the options on grading, which `grade` and `bulk` share."""
    for option in reversed(_GRADING):
        command = option(command)
    return command


@click.group(
    cls=_Sentences, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="cnnex")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Exercises on convolutional networks, and their grader."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="terminal", show_default=True,
    help="What to print.",
)  # fmt: skip
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write there instead of printing."
)
@_grading_options
@click.pass_context
def grade(  # a command has as many arguments as it has options
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    exercise: str | None,
    form: str,
    output: Path | None,
    **settings: Any,
) -> None:
    """Grade a .py, an .ipynb, or a folder of them.

    Exit code: 0 full marks, 1 points were lost, 2 unreadable input, 3 a fault of the grader.
    """
    with Grader(Options(**settings), _progress_line()) as grader:
        grader.expect(paths[0], exercise)  # its sandbox starts while the rest is imported
        from grader.show.output import output_of

        with output_of(form, output) as show:
            codes = [_shown(report, form, show) for report in _reports(grader, paths, exercise)]
    if not codes:
        raise UsageError(
            f"There is no exercise in {' or '.join(map(str, paths))}: files are named as those of the course, such as "
            f"{catalog.ENTRIES[0].name}.py, or say --exercise NAME."
        )
    ctx.exit(max(codes))


def _shown(report: Report | None, form: str, show: Callable[[Report], None]) -> int:
    """Show a report and return its exit code; None stands for a file that could not be graded, and was named.

    Why something was not graded goes to standard error, and for a program that reads on into its document too.
    """
    if report is None:
        return 2
    graded = report.exit_code < 2
    if not graded:
        _say(report.message or f"{report.submission.path} was not graded.")
    if graded or form != "terminal":
        show(report)
    return report.exit_code


def _reports(grader: Grader, paths: tuple[Path, ...], exercise: str | None) -> Iterator[Report | None]:
    """Yield a report for each file, or None for one that is no submission; one found in a folder is passed over."""
    from grader.submission import UnreadableSubmission, collect

    named = set(paths)
    for path in collect(paths):
        try:
            yield grader.grade_file(path, exercise)
        except UnreadableSubmission as error:
            _say(f"passed over: {error}" if path not in named else str(error))
            if path in named:
                yield None


def _progress_line() -> Callable[[str, float], None] | None:
    """Return what shows progress on one line of standard error, or None where nobody watches it."""
    if not sys.stderr.isatty():
        return None

    def show(what: str, done: float) -> None:
        end = "\r" if done < 1 else "\r\033[K"
        click.echo(f"\r{what}: {done:4.0%}\033[K" if done < 1 else "", err=True, nl=False)
        click.echo(end, err=True, nl=False)

    return show


@main.command("list")
def list_() -> None:
    """Show every exercise: number, title, topic, difficulty, minutes."""
    for exercise in catalog.exercises():
        stars = "*" * exercise.difficulty
        click.echo(f"{exercise.number:02d}  {exercise.title}  [{stars}, {exercise.minutes} min]")
        click.echo(_indented(f"{exercise.topic[:1].upper()}{exercise.topic[1:]}."))
        click.echo(_indented(", ".join(exercise.entry_points)))


def _indented(text: str) -> str:
    return click.wrap_text(text, 96, "    ", "    ")


@main.command()
@click.argument("exercise")
@click.argument("rung", type=click.IntRange(min=1), default=1)
def hint(exercise: str, rung: int) -> None:
    """Show a rung of the hint ladder of each task; RUNG counts from 1, and the last comes near to the answer."""
    found = _found(exercise)
    for task in found.tasks:
        steps = task.hints
        if rung <= len(steps):
            click.echo(f"{task.name}, hint {rung} of {len(steps)}: {steps[rung - 1]}")
        else:
            click.echo(f"{task.name}: there are {len(steps)} hints. The statement says what to write.")
    if any(rung < len(task.hints) for task in found.tasks):
        click.echo(f"The next: cnnex hint {found.number} {rung + 1}")


def _found(name: str) -> Exercise:
    try:
        return catalog.find(name)
    except catalog.UnknownExercise as error:
        raise UsageError(str(error)) from None


@main.command()
def doctor() -> None:
    """Say what this machine has for grading, and what to do about what it lacks."""
    from grader.doctor import findings

    for finding in findings():
        click.echo(f"{'ok     ' if finding.good else 'lacking'}  {finding.what}: {finding.sentence}")


@main.command()
@click.option("--write-stubs", is_flag=True, help="Write the stubs anew from the solutions first.")
@click.pass_context
def verify(ctx: click.Context, write_stubs: bool) -> None:
    """For authors: solutions score full, stubs are up to date, misconceptions fail and are told apart.

    Prints a matrix for each function: a row a misconception, a column a case, x where it fails; and the cases that
    no misconception needs, with the reason why they stay. For each data set, how many mistakes are recognised by a
    case. For each network, the distance of its logits from those of the wrong networks, and of these from one another.
    """
    from grader import authoring

    if write_stubs:
        for path in authoring.write_stubs():
            click.echo(f"wrote {path.name}")
    found = list(authoring.problems())
    for exercise in catalog.exercises():
        for check in authoring.checks(exercise, authoring.VERIFIED_SEEDS[0]):
            found += check.problems()
            click.echo("\n".join(check.lines()))
    for sentence in found:
        click.echo(sentence)
    click.echo(f"{len(catalog.ENTRIES)} exercises, {len(found)} problems")
    ctx.exit(1 if found else 0)


@main.command()
@click.argument("report", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("."),
    help="Folder for the scripts.",
)  # fmt: skip
def replay(report: Path, output: Path) -> None:
    """Write the failing calls of a JSON report as scripts that run without the grader.

    REPORT is what `cnnex grade FILE --format json -o REPORT` wrote. A script takes the file to run as its
    argument; without one it runs the file that was graded.
    """
    from grader.replay import write_scripts

    for path, submission in write_scripts(report, output):
        click.echo(f"{path} replays a call of {submission}: run it with python")


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@_GRADEBOOK
@click.option("--workers", type=click.IntRange(1, 512), help="Processes that grade; default: one a core.")
@click.option("--scheduler", metavar="ADDRESS", help="Grade on a Dask cluster, such as tcp://host:8786.")
@click.option("--student-pattern", metavar="REGEX", help="Whose a path is, as a group named student.")
@_ATTEMPTS
@click.option("--regrade", is_flag=True, help="Grade again what the gradebook has.")
@click.option("--limit", type=click.IntRange(1), help="Grade so many submissions at the most.")
@click.option("--dry-run", is_flag=True, help="Say what would be graded, and grade nothing.")
@_grading_options
@click.pass_context
def bulk(ctx: click.Context, /, paths: tuple[Path, ...], **settings: Any) -> None:
    """Grade a class: folders, archives and downloads of learning platforms, into a gradebook.

    What the gradebook has is not graded again, so that a run that was stopped goes on where it was. Exit code: 0 full
    marks all over, 1 points were lost, 2 something could not be read, 3 a fault of the grader.
    """
    from grader.class_commands import run_bulk

    names = ("seed", "device", "train", "sandbox", "time_limit", "memory_limit", "data")
    options = Options(**{name: settings.pop(name) for name in names})
    ctx.exit(run_bulk(paths, settings.pop("gradebook"), options, **settings))


@main.command("report")
@_GRADEBOOK
@_ATTEMPTS
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), default=Path("report"), show_default=True,
    help="Folder for the pages.",
)  # fmt: skip
def report_(gradebook: str, attempts: Any, output: Path) -> None:
    """Write a page for each student, and an overview of the class: index.html.

    Each page is one file that needs nothing else; a student's page tells nothing of others.
    """
    from grader.class_commands import run_report

    run_report(gradebook, attempts, output)


@main.command()
@click.argument("what", required=False, type=click.Choice(["gradescope-autograder"]))
@_GRADEBOOK
@click.option("--format", "form", type=click.Choice(list(EXPORTS)), help="What to write.")
@_ATTEMPTS
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="File or folder to write.")
def export(what: str | None, gradebook: str, form: str | None, attempts: Any, output: Path) -> None:
    """Write a gradebook for another system, or an autograder for Gradescope.

    The format gradescope writes a folder with a results.json for each student, the others one file. `cnnex export
    gradescope-autograder` needs no gradebook: it writes the zip file to upload under "Configure Autograder".
    """
    from grader.class_commands import run_export

    if (what is None) == (form is None):
        raise click.UsageError("Say --format FORMAT to export a gradebook, or gradescope-autograder, not both.")
    run_export(gradebook, form, attempts, output)


@main.command()
@click.argument("student")
@click.argument("exercise")
@click.option("--points", type=float, required=True, help="Points to give; a negative number takes them.")
@click.option("--comment", required=True, help="Why; the student reads it.")
@click.option("--by", "who", help="Who gives them; default: your login name.")
@_GRADEBOOK
def adjust(student: str, exercise: str, points: float, comment: str, who: str | None, gradebook: str) -> None:
    """Give points by hand, beside the automatic score; grading again leaves them as they are.

    Nothing is ever overwritten: a second adjustment takes the first one back.
    """
    from getpass import getuser

    from grader.class_commands import run_adjust

    run_adjust(gradebook, student, exercise, points, comment, who or getuser())
