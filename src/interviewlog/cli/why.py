"""`ilog why`: why a note counts, or does not."""

from typing import Annotated

import typer

from interviewlog.cli.options import JsonOption, NoteArgument, format_option, one_of
from interviewlog.cli.session import current
from interviewlog.errors import Code, IlogError

FORMATS = ("text", "json")
EXAMPLES = ["ilog why acme-freight-2026-11-18", "ilog stats --explain        the whole rule"]


def command(
    ctx: typer.Context,
    note: NoteArgument,
    as_format: Annotated[str, format_option(*FORMATS)] = "",
    as_json: JsonOption = False,
) -> None:
    """Tell whether a note counts, for whom and in which week; if not, the reason and the mend."""
    from interviewlog.cli.gather import gather
    from interviewlog.cli.selecting import named, readable
    from interviewlog.insights.reasons import explain
    from interviewlog.render import data, terminal
    from interviewlog.store import index
    from interviewlog.weeks import Week

    session = current(ctx)
    form = "json" if as_json else one_of("--format", as_format or "text", FORMATS)
    path = named(session, [note])[0]
    week = Week.of(readable(session, path).date)
    found = gather(session, weeks=(week, week))
    verdict = next((each for each in found.verdicts if each.path == path), None)
    if not verdict:
        raise IlogError(f"git leaves it out: {path}", hint=f"git check-ignore -v {path}", code=Code.CONFIG)
    if verdict.reason != "uncommitted" and index.is_changed(session.folder, path):
        session.say(f"as committed; what you changed since counts once it is saved: ilog save {path}")
    answer = explain(verdict, found.verdicts, found.config)
    session.answer(data.dumps(data.why(answer)) if form == "json" else terminal.why(answer))
