"""Brings together what an audit needs: the trail of the notes, what they said on it, the rules, and who is who."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from interviewlog.cli.progress import counted
from interviewlog.cli.session import Session
from interviewlog.commit import Commit
from interviewlog.insights.audit import Answer, Asked, Audit
from interviewlog.insights.notices import Notice
from interviewlog.insights.people import People, Person
from interviewlog.insights.trail import Face, Trail, face, follow
from interviewlog.selection import Selection
from interviewlog.store import index, revisions


def audited(session: Session, wanted: Selection, pms: Sequence[str]) -> Answer:
    """Audit the history that leads to HEAD, as far as it is wanted; without a commit there is nothing to say.

    `pms` are the words by which PMs are asked for; of the selection, days and products are looked at.
    """
    folder = session.folder
    commit = folder.git.head()
    since, until = wanted.since or date.min, wanted.until or date.max
    if not commit:
        return Answer((), Asked(since, until), None)
    with counted(session, "reading history") as tell:
        trail = follow(revisions.events(folder, commit, tell), since, until, set(index.paths_at(folder, commit)))
    faces = _faces(session, trail)
    amendments = revisions.amendments(folder, commit)
    amended = (each.commit for each in amendments)
    commits = [*(step.commit for step, _ in trail.steps), *trail.introduced.values(), *amended]
    words = {word for each in faces.values() if each for word in each.pm} | set(pms)
    people, authors = _everybody(session, commits, words)
    audit = Audit(trail, faces, amendments, people, authors, folder.git.horizon())
    asked = Asked(since, until, frozenset(people.named(word).pm for word in pms), wanted.products)
    return Answer(audit.entries(asked), asked, commit, tuple(_notices(session)))


def _faces(session: Session, trail: Trail) -> dict[str, Face | None]:
    """Look at what the trail wants until it wants no more; what is not here is like what cannot be read."""
    faces: dict[str, Face | None] = {}
    with counted(session, "reading notes") as tell:
        while pairs := trail.wanted(faces):
            faces |= dict.fromkeys((blob for _, blob in pairs), None)
            faces |= {blob: face(note) for _, blob, note in revisions.versions(session.folder, pairs, tell)}
    return faces


def _everybody(
    session: Session, commits: Iterable[Commit], words: Iterable[str]
) -> tuple[People, Mapping[str, Person]]:
    """Ask the mailmap once for everybody: the authors (given by commit), and the e-mails by which notes name PMs."""
    addresses = sorted(word for word in words if "@" in word)
    wrote = {commit.id: (commit.author, commit.email) for commit in commits}
    known = session.folder.git.identities([*dict.fromkeys(wrote.values()), *(("", word) for word in addresses)])
    spellings: dict[str, str] = {}
    for _, email in known.values():
        spellings.setdefault(email.casefold(), email)
    names = {email.casefold(): name for name, email in known.values() if name}
    meant = {word: known.get(("", word), ("", word))[1] for word in addresses}
    aliases = {word.casefold(): (names.get(email.casefold(), ""), email) for word, email in meant.items()}
    people = People(session.config, aliases, spellings)
    return people, {commit: people.author(*known.get(who, who)) for commit, who in wrote.items()}


def _notices(session: Session) -> list[Notice]:
    if not session.folder.git.is_shallow:
        return []
    what = "the clone's history is cut off: what was before is not known, nor what was late then: git fetch --unshallow"
    return [Notice("shallow", what)]
