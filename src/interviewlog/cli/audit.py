"""`ilog audit`: what was changed later, deleted or logged late, and how the rules changed."""

from typing import Annotated

import typer

from interviewlog.cli.options import (
    JsonOption,
    PmOption,
    ProductOption,
    SinceOption,
    UntilOption,
    WeekOption,
    format_option,
    one_of,
)
from interviewlog.cli.session import current
from interviewlog.errors import Code, IlogError

FORMATS = ("table", "csv", "json")
WEEKS = 13
EXAMPLES = [
    "ilog audit",
    "ilog audit --all --pm caroline",
    "ilog audit --since 2026-10-01 --product checkout",
    "ilog audit --all --json | jq '.entries[] | select(.kind == \"deleted\") | .path'",
]


def command(
    ctx: typer.Context,
    product: ProductOption = None,
    pm: PmOption = None,
    since: SinceOption = "",
    until: UntilOption = "",
    week: WeekOption = "",
    everything: Annotated[bool, typer.Option("--all", help="From the beginning; else the last 13 weeks.")] = False,
    as_format: Annotated[str, format_option(*FORMATS)] = "",
    as_json: JsonOption = False,
) -> None:
    """List what history says of changes that move counts: the newest last, with commit, author and the author's day.

    Of notes: date, PM, type or source changed after the first commit, deletions, and what was logged more than a week
    after the call. Of ilog.yaml: goals, roster, away weeks, imports, own companies. --pm takes what that PM wrote and
    what is about their notes or their line of the roster. Such changes are ordinary; the list is there to ask, not to
    judge.
    """
    from dataclasses import replace

    from interviewlog.cli.auditing import audited
    from interviewlog.cli.selecting import selection
    from interviewlog.render import audit as render
    from interviewlog.render import data
    from interviewlog.weeks import Week

    session = current(ctx)
    form = "json" if as_json else one_of("--format", as_format or "table", FORMATS)
    if everything and (since or until or week):
        raise IlogError("--all goes without --since, --until and --week", hint="ilog audit --all", code=Code.USAGE)
    wanted = selection(session, product=product, since=since, until=until, week=week)
    if not (everything or since or until or week):
        wanted = replace(wanted, since=(Week.of(session.today()) - (WEEKS - 1)).monday)
    answer = audited(session, wanted, pm or ())
    if form == "json":
        session.answer(data.dumps(render.answer(answer)))
        return
    for notice in answer.notices:
        session.warn(notice.message)
    is_csv = form == "csv"
    session.answer(render.csv(answer) if is_csv else render.table(answer, session.width, colour=session.has_colour))
    if not answer.entries:
        since = f" since {wanted.since}" if wanted.since and not wanted.until else ""
        session.say("nothing to report" if everything else f"nothing to report{since}: ilog audit --all")
