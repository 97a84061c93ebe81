"""`ilog redact`: take back what was said, in a note, by a participant, or by a customer."""

from typing import Annotated

import typer

from interviewlog.cli.options import complete_notes, complete_redactable
from interviewlog.cli.session import current
from interviewlog.errors import Code, IlogError

EXAMPLES = [
    "ilog redact acme-freight-2026-11-18",
    "ilog redact acme-freight                                 all their notes",
    "ilog redact P2 --in acme-freight-2026-11-18              one participant",
    "ilog redact acme-freight-2026-11-18 --yes > runbook.md",
]


def command(
    ctx: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="NOTE|P2|CUSTOMER",
            autocompletion=complete_redactable,
            help="A note, a participant's code, or a customer.",
        ),
    ],
    within: Annotated[
        str, typer.Option("--in", metavar="NOTE", autocompletion=complete_notes, help="The note P2 is in.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    commit: Annotated[bool, typer.Option("--commit/--no-commit", help="Commit what was redacted.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the page as JSON.")] = False,
) -> None:
    """Take out what was said, commit that, and print what is left to do: places it may still be, and how to take it
    out of history. A note becomes a stub that counts as before; of a participant, only their words go.

    What is printed is a page in Markdown to keep. Nothing of it is run by ilog.
    """
    from interviewlog.cli import aftercall, redacting, takeback
    from interviewlog.insights.redaction import CODE

    session = current(ctx)
    aftercall.refuse_bare(session)
    if CODE.fullmatch(what):
        asked = takeback.participant(session, what.upper(), within)
    elif within:
        words = f"--in is for a participant such as P2, not for {what}"
        raise IlogError(words, hint="ilog redact P2 --in NOTE", code=Code.USAGE)
    else:
        asked = takeback.notes(session, what)
    redacting.carry_out(session, asked, is_sure=yes, commit=commit, as_json=as_json)
