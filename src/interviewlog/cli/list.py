"""`ilog list`: find notes."""

from typing import Annotated

import typer

from interviewlog.cli.options import (
    CommittedOption,
    CustomerOption,
    JsonOption,
    LastOption,
    NotesArgument,
    PmOption,
    ProductOption,
    SegmentOption,
    SinceOption,
    TagOption,
    TypeOption,
    UntilOption,
    WeekOption,
    format_option,
    one_of,
)
from interviewlog.cli.session import current

FORMATS = ("table", "paths", "csv", "json")
EXAMPLES = [
    "ilog list --last 10",
    "ilog list --product checkout --week last",
    "ilog list --tag sso --since 8w",
    "ilog list --format json | jq -r '.[].customer' | sort -u",
]


def command(
    ctx: typer.Context,
    notes: NotesArgument = None,
    product: ProductOption = None,
    customer: CustomerOption = None,
    pm: PmOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    segment: SegmentOption = None,
    tag: TagOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    week: WeekOption = "",
    last: LastOption = 0,
    only_committed: CommittedOption = False,
    as_format: Annotated[str, format_option(*FORMATS)] = "",
    as_json: JsonOption = False,
) -> None:
    """List notes, committed or not, by date; the latest last. Selectors narrow, several values of one mean "or"."""
    from interviewlog.cli.selecting import cards, named, paths, selected, selection
    from interviewlog.render import data, listing
    from interviewlog.selection import Selection

    session = current(ctx)
    form = "json" if as_json else one_of("--format", as_format or "table", FORMATS)
    wanted = selection(
        session,
        product=product,
        customer=customer,
        pm=pm,
        type=type,
        segment=segment,
        tag=tag,
        since=since,
        until=until,
        week=week,
        last=last,
        paths=named(session, notes or ()),
    )
    if form == "json":
        session.answer(data.dumps([data.interview(note) for note in selected(session, wanted, only_committed)]))
    elif form == "csv":
        session.answer(data.listing_csv(selected(session, wanted, only_committed)))
    elif form == "paths":
        session.answer(data.paths(paths(session, wanted, only_committed)))
    else:
        found = cards(session, wanted, only_committed)
        session.answer(listing.table(found, columns=session.width, colour=session.has_colour))
        if not found:
            session.say("no notes yet: ilog new" if wanted == Selection() else "no notes found: ilog list")
