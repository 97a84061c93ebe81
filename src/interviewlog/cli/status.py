"""`ilog` alone: where you stand, and what to type next."""

import typer

from interviewlog.cli import me
from interviewlog.cli.gather import gather
from interviewlog.cli.session import current
from interviewlog.cli.standing import of as standing_of
from interviewlog.insights.status import where_you_stand
from interviewlog.render import status


def command(ctx: typer.Context) -> None:
    """Show your week against the goal, what is not committed or not shared, your last talk, and what to type next."""
    session = current(ctx)
    found = gather(session)
    person = me.who_or_nobody(session)
    answer = where_you_stand(found.verdicts, person, found.config, found.moment.today)
    drafts = [*found.drafts.new, *found.drafts.changed]
    session.answer(status.text(answer, standing_of(session, found), drafts, session.width))
