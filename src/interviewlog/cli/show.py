"""`ilog show`: read a note."""

from typing import Annotated

import typer

from interviewlog.cli.options import JsonOption, NoteArgument, format_option, one_of
from interviewlog.cli.session import current

FORMATS = ("text", "json")
EXAMPLES = ["ilog show acme-freight-2026-11-18", "ilog show prod/interviews/checkout/globex-2026-09-03.md --json"]


def command(
    ctx: typer.Context,
    note: NoteArgument,
    as_format: Annotated[str, format_option(*FORMATS)] = "",
    as_json: JsonOption = False,
) -> None:
    """Show one note: what its front matter says, then its text. The end of its path is enough."""
    from interviewlog.cli.selecting import named, readable
    from interviewlog.render import data, listing

    session = current(ctx)
    form = "json" if as_json else one_of("--format", as_format or "text", FORMATS)
    found = readable(session, named(session, [note])[0])
    if form == "json":
        session.answer(data.dumps(data.interview(found) | {"text": found.text}))
    else:
        session.answer(listing.note_text(found))
