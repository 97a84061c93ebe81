"""`ilog fmt`: short kinds spelt out."""

from typing import TYPE_CHECKING, Annotated

import typer

from interviewlog.cli.options import NotesArgument
from interviewlog.cli.session import current
from interviewlog.errors import Code
from interviewlog.render.clean import clean

if TYPE_CHECKING:
    from interviewlog.cli.spelling import Rewrite

EXAMPLES = [
    "ilog fmt",
    "ilog fmt acme-freight-2026-11-18",
    "ilog fmt --check        what would change; changes nothing",
]


def command(
    ctx: typer.Context,
    notes: NotesArgument = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only say what would change; exit code 1 if anything.")
    ] = False,
) -> None:
    """Spell out the short kinds of observations, "- p: …" as "- pain: …", in all notes or those named.

    Every other byte stays. Prints the paths of the notes that changed; nothing is committed.
    """
    from interviewlog.cli import aftercall, spelling
    from interviewlog.cli.selecting import named
    from interviewlog.store import refusals

    session = current(ctx)
    aftercall.refuse_bare(session)
    found = spelling.rewrites(session, named(session, notes or ()))
    for each in found:
        if not check:
            session.folder.replace(each.path, each.before, each.after)
        session.answer(_lines(each) if check else clean(each.path))
    if not found:
        session.say("nothing to spell out")
    elif check:
        raise typer.Exit(Code.NOTHING)
    else:
        session.say(f"next: {refusals.save([each.path for each in found] if notes else [])}")


def _lines(rewrite: "Rewrite") -> str:
    return "\n".join(f"{clean(rewrite.path)}:{each.line}: {clean(each.text.strip())}" for each in rewrite.lines)
