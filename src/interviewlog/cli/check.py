"""`ilog check`: what can be mended in the notes."""

from typing import TYPE_CHECKING, Annotated

import typer

from interviewlog.cli.options import JsonOption, NotesArgument, format_option, one_of
from interviewlog.cli.session import Session, current
from interviewlog.errors import Code

if TYPE_CHECKING:
    from interviewlog.insights.check import Report

FORMATS = ("text", "json")
EXAMPLES = [
    "ilog check",
    "ilog check prod/interviews/checkout/globex-2026-09-03.md",
    "ilog check --json | jq '.[].code'",
]


def command(
    ctx: typer.Context,
    notes: NotesArgument = None,
    as_format: Annotated[str, format_option(*FORMATS)] = "",
    as_json: JsonOption = False,
) -> None:
    """Check notes as they are in the work tree, committed or not: all of them, or those named.

    Findings never change a count. The exit code is 1 when a note cannot be read, 0 otherwise.
    """
    from interviewlog.cli.selecting import named
    from interviewlog.render import data, reports

    session = current(ctx)
    form = "json" if as_json else one_of("--format", as_format or "text", FORMATS)
    found = _reports(session, named(session, notes or ()))
    if form == "json":
        session.answer(data.dumps([data.report(report) for report in found]))
    else:
        session.answer(reports.text(found, colour=session.has_colour))
        session.say(reports.closing(found))
    for text in session.config.warnings:
        session.warn(text)
    if any(report.is_error for report in found):
        raise typer.Exit(Code.NOTHING)


def _reports(session: Session, paths: list[str]) -> "list[Report]":
    """Check all notes together, so that a double is seen; then keep what concerns the paths asked for."""
    from interviewlog.insights.check import check
    from interviewlog.store import index

    found = index.work_tree(session.folder)
    all_reports = check(found.notes, session.config, session.today(), found.strays)
    return [report for report in all_reports if not paths or report.path in paths]
