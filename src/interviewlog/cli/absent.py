"""Whose away weeks are meant, and recording them."""

import shlex
from collections.abc import Sequence
from functools import partial

from interviewlog.absence import EVERYBODY, away, with_weeks, without_weeks
from interviewlog.cli import aftercall, me
from interviewlog.cli.session import Session
from interviewlog.config import FILE_NAME, Config
from interviewlog.errors import Code, IlogError
from interviewlog.insights.notices import about_strangers
from interviewlog.nearest import nearest
from interviewlog.render import absence, data
from interviewlog.render.clean import clean
from interviewlog.store import ruling
from interviewlog.store.folder import open_folder
from interviewlog.weeks import Week, are_weeks, parse_spoken_range, ranges, span


def whose(session: Session, words: Sequence[str], *, everybody: bool) -> tuple[str | None, list[str]]:
    """Give the roster handle that is meant ("" for everybody, None for nobody in particular), and the weeks' words.

    Weeks without a PM are those of the person at this machine. Raises IlogError: 2 for a PM who is not on the roster,
    78 when the person is not.
    """
    named = next(iter(words), "")
    if not all(word.strip() for word in words):
        raise IlogError("an empty word in the place of a PM or a week", hint="ilog away PM W52", code=Code.USAGE)
    if everybody:
        if named and not are_weeks(named):
            raise IlogError(f"--everybody, or {named}?", hint="ilog away --everybody W52", code=Code.USAGE)
        return EVERYBODY, list(words)
    if named and not are_weeks(named):
        return _named(session.config, named), list(words[1:])
    return (_me(session) if words else None), list(words)


def _named(config: Config, word: str) -> str:
    pm = config.pm_of(word)
    if pm:
        return pm.handle
    folded = word.strip().casefold()
    called = [each.handle for each in config.pms.values() if folded == each.name.casefold()]
    first = [each.handle for each in config.pms.values() if folded == each.name.casefold().partition(" ")[0]]
    for found in (called, first):
        if len(found) == 1:
            return found[0]
    near = nearest(word, config.pms) or next(iter(first), "")
    raise IlogError(
        f"no such PM in the roster, nor a week: {word}", hint=f"ilog away {near or 'PM'} W52", code=Code.USAGE
    )


def _me(session: Session) -> str:
    person = me.who(session)
    if person.on_roster:
        return person.pm
    what, _, hint = about_strangers([person], session.config)[0].message.partition("; ")
    raise IlogError(what, hint=f"{hint}; or name a PM: ilog away PM W52", code=Code.CONFIG)


def record(
    session: Session, handle: str, words: Sequence[str], *, remove: bool, commit: bool, push: bool | None, form: str
) -> None:
    """Record weeks in `ilog.yaml`, or take them away, and say what is recorded now and what follows."""
    weeks = [week for word in words for week in span(*parse_spoken_range(word, session.today()))]
    config, name = session.config, session.config.pms[handle].name if handle else "everybody"
    before = away(config, handle)
    subject = f"{'Not away' if remove else 'Away'}: {clean(name)}, {', '.join(ranges(weeks))}"
    edit = partial(without_weeks if remove else with_weeks, handle=handle, weeks=weeks)
    wants = commit and session.preference("commit") != "never"
    again = shlex.join(["ilog", "away", handle or "--everybody", *words, *(["--remove"] if remove else [])])
    done = ruling.change(
        session.folder, edit, subject, again=again, commit=wants,
        on_wait=lambda: session.say("waiting for another ilog to finish"),
    )  # fmt: skip
    said = _said(name, handle, frozenset(weeks), before, config, remove=remove)
    if form == "json":
        now = open_folder(session.folder.git).config
        session.answer(data.dumps(absence.answer(now, [handle] if handle else [])))
        session.say(said)
    else:
        session.answer(said)
    _say_uncommitted(session, done)
    if done.is_committed:
        session.say(f"committed: {FILE_NAME}")
        aftercall.share(session, push=push)


def _said(
    name: str, handle: str, weeks: frozenset[Week], before: frozenset[Week], config: Config, *, remove: bool
) -> str:
    if remove:
        pm = config.pms.get(handle)
        out = {week for week in weeks if pm and not config.is_active(pm._replace(away=frozenset()), week)}
        return absence.removed(name, weeks, weeks & before, config.away if handle else (), out - config.away)
    return absence.recorded(name, weeks, weeks - before)


def _say_uncommitted(session: Session, done: ruling.Changed) -> None:
    """Say what no commit has yet; a file with changes of the person's own is theirs to commit."""
    if done.is_theirs:
        session.warn(
            f"not committed, for {FILE_NAME} holds changes of yours",
            f"next: git add {FILE_NAME} && git commit {FILE_NAME}",
        )
    elif done.is_changed and not done.is_committed:
        session.warn(f"not committed: {FILE_NAME}", f"next: git commit {FILE_NAME}")
