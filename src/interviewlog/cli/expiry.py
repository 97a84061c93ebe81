"""Which notes are past their retention, and redacting them."""

from collections.abc import Sequence
from datetime import date, timedelta
from shlex import quote

from interviewlog.cli import aftercall, redacting, takeback
from interviewlog.cli.progress import watched
from interviewlog.cli.session import Session
from interviewlog.errors import Code, IlogError
from interviewlog.insights import retention
from interviewlog.insights.redaction import stubs
from interviewlog.insights.retention import Due
from interviewlog.render.phrases import many
from interviewlog.selection import Selection
from interviewlog.store import index
from interviewlog.weeks import LATEST, parse_until

AHEAD = 30
"""How many days to look ahead where nobody says."""


def last_day(today: date, days: int, until: str) -> date:
    """Give the day up to which to look ahead; raises IlogError (2) for words that mean none, or one that is over."""
    if until:
        last = parse_until(until, today)
        if last < today:
            hint = f"ilog retention --until {_ahead(today, AHEAD)}"
            raise IlogError(f"--until looks ahead, and {until} is over", hint=hint, code=Code.USAGE)
        return last
    return _ahead(today, days)


def _ahead(today: date, days: int) -> date:
    return today + timedelta(min(days, (LATEST - today).days))


def due(session: Session, today: date, until: date) -> list[Due]:
    """List the notes due up to a day; of those that cannot be read, their names tell."""
    with watched(session, "reading notes") as watch:
        found = index.cards(session.folder, Selection(), watch)
    listed = retention.due([*found.notes, *found.problems], session.config, today, until)
    broken = {problem.path for problem in found.problems}
    done = {each.path for each in listed if each.path in broken and not _has_words(session, each.path)}
    return [each for each in listed if each.path not in done]


def _has_words(session: Session, path: str) -> bool:
    """Tell whether a note that cannot be read holds more than its stub would; a link or a directory holds none."""
    try:
        (found,) = stubs(takeback.raws(session, [path]), *takeback.rules(session))
    except IlogError:
        return False
    return not found.is_done


def apply(session: Session, found: Sequence[Due], *, is_sure: bool, as_json: bool) -> None:
    """Redact the notes that are past their retention, in one commit."""
    aftercall.refuse_bare(session)
    paths = [each.path for each in found]
    asked = takeback.Asked(
        stubs(takeback.raws(session, paths), *takeback.rules(session)),
        ("retention", "--apply"),
        subject=f"Redact: {many(len(paths), 'note')} past {'its' if len(paths) == 1 else 'their'} retention",
    )
    if not paths:
        session.say("no note is past its retention")
        _say_done(session)
    redacting.carry_out(session, asked, is_sure=is_sure, commit=True, as_json=as_json)


def _say_done(session: Session) -> None:
    """Say which commands print the page of notes again that are redacted."""
    with watched(session, "reading notes") as watch:
        found = index.cards(session.folder, Selection(), watch).notes
    done = sorted((each for each in found if each.is_redacted), key=lambda each: (each.date, each.path), reverse=True)
    if done:
        lines = [f"ilog redact {quote(each.path)}" for each in done[: takeback.MOST_NAMED]]
        more = [f"and {len(done) - len(lines)} more"] if len(done) > len(lines) else []
        session.warn("the page of a note that is redacted is printed again by:", *lines, *more)
