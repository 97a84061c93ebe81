"""`ilog retention`: notes whose time is over."""

from typing import Annotated

import typer

from interviewlog.cli.session import current

EXAMPLES = [
    "ilog retention",
    "ilog retention --until 2027-06-30",
    "ilog retention --apply --yes > runbook.md",
]


def command(
    ctx: typer.Context,
    days: Annotated[int, typer.Option("--days", metavar="N", min=0, help="How far to look ahead.")] = 30,
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="Up to this day or week, in place of --days.")
    ] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Redact the notes that are past their time.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the list, or the page of --apply, as JSON.")] = False,
) -> None:
    """List the notes past their retention, and those that soon will be: their `retain_until`, else the months that
    ilog.yaml says. Redacted notes are done. With --apply, those that are past become stubs, which count as before.
    """
    from interviewlog.cli import expiry
    from interviewlog.render import data, retention

    session = current(ctx)
    today = session.today()
    last = expiry.last_day(today, days, until)
    found = expiry.due(session, today, last)
    if apply:
        expiry.apply(session, [each for each in found if each.is_past], is_sure=yes, as_json=as_json)
    elif as_json:
        session.answer(data.dumps(retention.answer(found)))
    else:
        session.answer(retention.table(found, today, columns=session.width, colour=session.has_colour))
        session.say(*retention.closing(found, last, session.config.retention_months))
