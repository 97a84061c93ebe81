"""Asking once, redacting, and telling what is left to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from shlex import quote

from interviewlog.cli.progress import counted
from interviewlog.cli.session import Session
from interviewlog.cli.takeback import MOST_NAMED, Asked
from interviewlog.errors import Code, IlogError
from interviewlog.insights import runbook
from interviewlog.insights.redaction import Redaction
from interviewlog.insights.runbook import Replacement, Runbook
from interviewlog.render import data
from interviewlog.render import runbook as rendered
from interviewlog.render.phrases import many
from interviewlog.store import pasts, redacting, refusals, remains, renames
from interviewlog.store.pasts import Past
from interviewlog.store.rewriting import Rewrite
from interviewlog.whereabouts import Remain


def carry_out(session: Session, asked: Asked, *, is_sure: bool, commit: bool, as_json: bool) -> None:
    """Ask once, redact and commit, and print the page (or its JSON) that says what is left to do.

    Raises IlogError: 2 where nobody can be asked, and whatever `store.redacting.redact` raises; all is as it was then.
    """
    work = _Work.of(session, asked, commits=commit and session.preference("commit") != "never")
    if work.open:
        redacting.check(session.folder, work.paths, again=asked.again, commits=bool(work.committed))
        if not is_sure and not _agreed(session, asked, work):
            session.say("nothing was redacted")
            return
    past = _past(session, work)
    done = work.redact(session)
    left = redacting.purge(session.folder, {*work.paths, *past.names}) if work.open else []
    book = _book(session, work, past, done, left)
    if as_json:
        session.answer(data.dumps(rendered.answer(book)))
    elif work.open or book.steps:
        session.answer(rendered.page(book))
    _say(session, work)


@dataclass(frozen=True, slots=True)
class _Work:
    """What is left to do of what was asked. `known` are the ids of what HEAD has, by path; `changed` differ from it.

    `open` are the notes to be written or committed, `committed` the paths of those that a commit is made of.
    """

    asked: Asked
    known: dict[str, str]
    changed: frozenset[str]
    open: Sequence[Redaction]
    committed: Sequence[str]

    @classmethod
    def of(cls, session: Session, asked: Asked, *, commits: bool) -> "_Work":
        git = session.folder.git
        known = renames.committed(session.folder.git, [each.path for each in asked.redactions])
        changed = frozenset(change.path for change in git.uncommitted(session.folder.root) if change.path in known)
        waiting = changed if commits else frozenset[str]()
        found = [each for each in asked.redactions if not each.is_done or each.path in waiting]
        return cls(asked, known, changed, found, [each.path for each in found if each.path in known and commits])

    @property
    def paths(self) -> list[str]:
        return [each.path for each in self.open]

    def redact(self, session: Session) -> str:
        """Write and commit; gives the commit's id, "" without one."""
        if not self.open:
            return ""
        done = redacting.redact(
            session.folder,
            [Rewrite(each.path, each.path, each.old, each.new) for each in self.open],
            self.committed,
            self.asked.subject,
            again=self.asked.again,
            on_wait=lambda: session.say("waiting for another ilog to finish"),
        )
        return done or ""


def _agreed(session: Session, asked: Asked, work: _Work) -> bool:
    """Name the notes and ask; raises IlogError (2) where nobody can answer."""
    number = many(len(work.open), "note")
    if not session.ask:
        few = ", ".join(work.paths[:3]) + (", …" if len(work.open) > 3 else "")  # noqa: PLR2004
        what = f"this takes out what was said in {number}: {few}"
        raise IlogError(what, hint=asked.again, kept="the notes, as before", code=Code.USAGE)
    lines = [f"{each.path}{', with changes of yours' if each.path in work.changed else ''}" for each in work.open]
    more = [f"and {len(lines) - MOST_NAMED} more"] if len(lines) > MOST_NAMED else []
    session.warn("to be redacted:", *lines[:MOST_NAMED], *more)
    return session.ask.yes(f"Redact {number}? What is taken out cannot be put back.", default=False)


def _past(session: Session, work: _Work) -> Past:
    """Find all that history has of the notes, before anything is touched."""
    if not work.known:
        return Past({}, {})
    if session.folder.git.is_shallow:
        words = "this clone is cut off, so earlier names of the notes may be missing from what follows"
        session.warn(words, "next: git fetch --unshallow, then the same again")
    with counted(session, "reading history") as tell:
        return pasts.past(session.folder, work.known, tell)


def _book(session: Session, work: _Work, past: Past, commit: str, undeleted: Sequence[Remain]) -> Runbook:
    """Gather what is left to do, once the notes are redacted."""
    folder, asked = session.folder, work.asked
    changed = {change.path for change in folder.git.uncommitted(folder.root)}
    now = {path: blob for path, blob in renames.committed(folder.git, work.known).items() if path not in changed}
    left = past._replace(contents={blob: path for blob, path in past.contents.items() if blob not in now.values()})
    paths = [each.path for each in asked.redactions]
    names = () if asked.code else dict.fromkeys(name for each in asked.redactions for name in each.names)
    followed = remains.remotes(folder.git)
    return Runbook(
        redactions=asked.redactions,
        commit=commit,
        subject=asked.subject,
        customer=asked.customer,
        code=asked.code,
        before=work.known if commit else None,
        remains=[*remains.here(folder, left, paths), *undeleted],
        remotes=followed,
        mentions=[] if asked.words[0] == "retention" else remains.mentions(folder, names, paths),
        steps=runbook.steps(_replacement(left, now), followed, str(folder.top), session.config.imports),
    )


def _replacement(past: Past, now: Mapping[str, str]) -> Replacement:
    """Say what has to become what HEAD holds `now`, by path; notes that are not committed so have nothing yet."""
    return Replacement(
        {name: now[path] for name, path in past.names.items() if path in now},
        {blob: now[path] for blob, path in past.contents.items() if path in now},
    )


def _say(session: Session, work: _Work) -> None:
    """Say what was done already, what is not committed, and what no commit ever had."""
    for each in work.asked.redactions:
        if each not in work.open:
            session.say(f"redacted already: {each.path}")
        if each.to_read:
            told = f"{work.asked.code} is still named in {rendered.lines(each.to_read)} of {each.path}; read them"
            session.warn(told, f"next: ilog edit {quote(each.path)}")
    waiting = [path for path in work.paths if path in work.known and path not in work.committed]
    if waiting:
        session.warn(f"not committed: {', '.join(waiting)}", f"next: {refusals.save(waiting)}, then the same again")
