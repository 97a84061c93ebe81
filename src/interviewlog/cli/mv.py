"""`ilog mv`: a note under another customer, product or day; its path and its fields change together."""

from typing import Annotated

import typer

from interviewlog.cli.options import NoteArgument, complete_customers, complete_products
from interviewlog.cli.session import current

EXAMPLES = [
    "ilog mv acme-freight-2026-11-18 --product checkout",
    'ilog mv acme-2026-11-18 --customer "Acme Freight" --date 2026-11-17',
    "ilog product mv partner-portal reseller-portal      a whole product",
]


def command(
    ctx: typer.Context,
    note: NoteArgument,
    customer: Annotated[
        str, typer.Option("--customer", metavar="NAME", autocompletion=complete_customers, help="Whom you talked with.")
    ] = "",
    product: Annotated[
        str, typer.Option("--product", metavar="PRODUCT", autocompletion=complete_products, help="What it was about.")
    ] = "",
    day: Annotated[str, typer.Option("--date", "-d", metavar="DAY", help="The day of the call.")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Another talk of that day: where the name is taken, the next one.")
    ] = False,
    push: Annotated[bool | None, typer.Option("--push/--no-push", help="Share it at once.")] = None,
) -> None:
    """Move a note, its path, fields and title together, and commit the move. Prints the note's new path.

    Its history stays with it, and so do changes that are not committed yet. Never overwrites a note; nothing else
    that is staged or changed is touched. A note that was never committed is only moved.
    """
    from interviewlog.cli import aftercall, relocating
    from interviewlog.cli.selecting import named, readable

    session = current(ctx)
    aftercall.refuse_bare(session)
    found = readable(session, named(session, [note])[0])
    wanted = relocating.wanted(session, found, customer, product, day)
    if relocating.relocate(session, found, wanted, is_again=again):
        aftercall.share(session, push=push)
