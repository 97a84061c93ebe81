"""`ilog search`: find notes by their words."""

from collections.abc import Sequence
from dataclasses import replace
from shlex import quote
from typing import Annotated

import typer

from interviewlog.cli.options import (
    CommittedOption,
    CustomerOption,
    JsonOption,
    LastOption,
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
from interviewlog.errors import Code, IlogError

FORMATS = ("table", "paths", "json")
EXAMPLES = [
    "ilog search sso certificate              both words, anywhere in a note",
    "ilog search '\"paper list\"' --since 8w    words side by side",
    "ilog search pric --product checkout      the last word may be the start of one",
    "ilog search sso --format paths | xargs ilog summary",
]
MOST_SHOWN = 20  # notes in a table, unless asked for more
_LONG = 6  # letters of a word whose first half is worth a search


def command(
    ctx: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar="QUERY...", help='Words; "several words" are one phrase.')],
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
    """Find the notes that hold all of these words, without regard to case and accents; the latest last.

    Words are looked for in what people wrote: the text, the customer, the tldr and other fields in words of one's
    own. The last word may be the start of one. Exits with 1 when nothing is found.
    """
    from interviewlog.cli.selecting import paths, searched, selection
    from interviewlog.insights.search import hit
    from interviewlog.query import parse_query
    from interviewlog.render import data, hits
    from interviewlog.selection import Selection

    session = current(ctx)
    form = "json" if as_json else one_of("--format", as_format or "table", FORMATS)
    asked = parse_query(query)
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
    )
    is_narrowed, wanted = wanted != Selection(), replace(wanted, query=asked)
    if form == "paths":
        found: Sequence[object] = paths(session, wanted, only_committed)
        session.answer(data.paths(map(str, found)))
    elif form == "json":
        found = answers = [hit(note, asked) for note in searched(session, wanted, only_committed).notes]
        session.answer(data.dumps(hits.as_data(answers)))
    else:
        shown = searched(session, replace(wanted, last=last or MOST_SHOWN), only_committed)
        found = answers = [hit(note, asked) for note in shown.notes]
        session.answer(hits.table(answers, columns=session.width, colour=session.has_colour))
        if shown.more and not last:
            session.say(f"{shown.more:,} earlier ones not shown: --last {len(found) + shown.more}, or --since 8w")
    if not found:
        raise _nothing(" ".join(query).split(), is_narrowed=is_narrowed)


def _nothing(words: Sequence[str], *, is_narrowed: bool) -> IlogError:
    """Say that nothing was found, with a wider search to type next: all notes, fewer words, a shorter word."""
    wider = words if is_narrowed else words[:1] if len(words) > 1 else [words[0][: len(words[0]) // 2 + 1]]
    is_wider = is_narrowed or len(words) > 1 or len(words[0]) >= _LONG
    hint = f"ilog search {' '.join(map(quote, wider))}" if is_wider else "ilog list"
    return IlogError(f"nothing found: {' '.join(words)}", hint=hint, code=Code.NOTHING)
