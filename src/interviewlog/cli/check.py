"""`ilog check`: what can be mended in the notes, and what must not enter git."""

import shlex
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from interviewlog.cli.options import JsonOption, complete_places, format_option, one_of
from interviewlog.cli.session import Session, current
from interviewlog.errors import Code, IlogError

if TYPE_CHECKING:
    from interviewlog.insights.report import Report

FORMATS = ("text", "json", "github")
EXAMPLES = [
    "ilog check",
    "ilog check prod/interviews/checkout",
    "ilog check globex-2026-09-03 --fix",
    "ilog check --json | jq '.[].code'",
    "ilog check --staged    what the next commit would bring in; git asks it itself after: ilog init --hooks",
    "ilog check --schema > note.schema.json    for an editor that completes and marks front matter",
]


def command(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATHS]...", autocompletion=complete_places, help="Notes, or directories of them."),
    ] = None,
    staged: Annotated[bool, typer.Option("--staged", help="What is staged for commit, as git will take it.")] = False,
    message: Annotated[str, typer.Option("--message", metavar="FILE", help="A commit message in a file.")] = "",
    as_format: Annotated[str, format_option(*FORMATS)] = "",
    as_json: JsonOption = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what means one thing only, then check.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="The JSON Schema of front matter, for editors.")] = False,
) -> None:
    """Check notes as they are in the work tree, committed or not: all of them, or those named.

    Findings never change a count. The exit code is 1 when there are errors: what cannot be read, personal data and
    secrets, recordings, words kept without consent, names that cannot be had on every system. Warnings are advice.
    """
    from interviewlog.cli import checking

    session = current(ctx)
    form = _form(as_format, as_json=as_json)
    checking.refuse_together(staged=staged, message=message, schema=schema, fix=fix, paths=paths or ())
    if schema:
        session.answer(checking.schema())
    elif message:
        again = shlex.join(["ilog", "check", "--message", message])
        _show(session, checking.of_message(session, message), form, again)
    elif staged:
        _show(session, checking.of_staged(session), form, checking.again(session))
    else:
        _show(session, checking.of_work_tree(session, paths or (), fix=fix), form, words=paths or ())


def _form(as_format: str, *, as_json: bool) -> str:
    """Give the form that was asked for; raises IlogError (usage) for two at once."""
    if as_json and as_format not in {"", "json"}:
        raise IlogError(f"not together: --json and --format {as_format}", hint="ilog check --json", code=Code.USAGE)
    return "json" if as_json else one_of("--format", as_format or "text", FORMATS)


def _show(session: Session, found: "list[Report]", form: str, again: str = "", words: Sequence[str] = ()) -> None:
    """Show what was found, with the way on; ends with 1 for errors. A hook is told by what to see it `again`."""
    from interviewlog.cli import checking, fixing
    from interviewlog.render import data, reports

    if form == "json":
        session.answer(data.dumps([data.report(report) for report in found]))
    elif form == "github":
        session.answer(reports.github(found))
    else:
        session.answer(reports.text(found, colour=session.has_colour))
        sys.stdout.flush()  # what git shows of a hook is both streams, one after the other
        if found or not again:
            session.say(reports.closing(found))
        if not again:
            fixing.offer(session, found, words)
    if any(report.is_error for report in found):
        if again and form == "text":
            checking.say_not_committed(session, again)
        raise typer.Exit(Code.NOTHING)
