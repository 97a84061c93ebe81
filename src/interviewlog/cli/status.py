"""`ilog` alone: where you stand, and what to type next."""

from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from interviewlog.cli import me
from interviewlog.cli.gather import ALL, Gathered, gather
from interviewlog.cli.session import Session, current
from interviewlog.cli.standing import of as standing_of
from interviewlog.insights.status import MOST_UNHEARD, UNHEARD_DAYS, is_unheard, where_you_stand
from interviewlog.render import status
from interviewlog.store import index
from interviewlog.weeks import Week

if TYPE_CHECKING:
    from interviewlog.card import Card
    from interviewlog.insights.people import Person

_LOOK_BACK = 26  # weeks in which the last talk is sought before all are


def command(ctx: typer.Context) -> None:
    """Show your week against the goal, what is not committed or not shared, your last talk, and what to type next."""
    session = current(ctx)
    person = me.who_or_nobody(session)
    week = Week.of(session.today())
    found = gather(session, weeks=(week - _LOOK_BACK, week))
    if person and not any(each.is_counted and each.person.pm == person.pm for each in found.verdicts):
        found = gather(session, weeks=ALL)
    answer = where_you_stand(
        found.verdicts, found.earlier, person, found.config, found.moment.today, _unheard(session, found, person)
    )
    drafts = [*found.drafts.new, *found.drafts.changed]
    session.answer(status.text(answer, standing_of(session, found), drafts, session.width))


def _unheard(session: Session, found: Gathered, person: "Person | None") -> "list[Card]":
    """Give the last notes on customers of this person's products whom nobody heard for long."""
    config, today = found.config, found.moment.today
    pm = config.pms.get(person.pm) if person and person.on_roster else None
    heard = {each.note.slug for each in found.verdicts if each.reason == "uncommitted" and each.note}
    silence = index.Silence(today - timedelta(days=UNHEARD_DAYS), today - timedelta(days=config.cap_days), today)

    def is_to_be_asked(latest: "Card", recent: int) -> bool:
        return latest.slug not in heard and is_unheard(latest, recent, pm.products if pm else (), config)

    return index.unheard(session.folder, silence, is_to_be_asked, MOST_UNHEARD)
