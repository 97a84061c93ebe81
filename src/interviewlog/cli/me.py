"""Who the person at this machine is: the git identity, looked up on the roster."""

from stat import S_ISREG

from interviewlog.cli.session import Session
from interviewlog.errors import IlogError
from interviewlog.insights.people import People, Person
from interviewlog.interview import Interview
from interviewlog.selection import Selection


def who(session: Session) -> Person:
    """Give the person that git would name as author. Raises IlogError (78) when git knows no identity."""
    name, email = session.folder.git.author()
    return People(session.config).author(name, email)


def who_or_nobody(session: Session) -> Person | None:
    """Give that person, or None where git knows nobody."""
    try:
        return who(session)
    except IlogError:
        return None


def emails(session: Session, person: Person | None) -> tuple[str, ...]:
    """Give all e-mails by which history may know a person."""
    pm = session.config.pms.get(person.pm) if person and person.on_roster else None
    if pm:
        return pm.emails
    return (person.email,) if person and person.email else ()


def is_mine(note: Interview, person: Person | None, session: Session) -> bool:
    """Tell whether a note names this person as its lead."""
    return bool(person and note.pm) and People(session.config).named(note.pm[0]) == person


def latest_note(session: Session) -> str | None:
    """Give the note this person last began, one that is not committed first; else their latest, else the latest."""
    from interviewlog.store import index

    person = who_or_nobody(session)
    times = {note.path: (session.folder.top / note.path).lstat() for note in index.drafts(session.folder).new}
    drafts = [path for path, found in times.items() if S_ISREG(found.st_mode)]
    if drafts:
        return max(drafts, key=lambda path: times[path].st_mtime)
    begun = index.last_begun(session.folder, emails(session, person))
    if begun:
        return begun
    theirs = People(session.config).any_of([person.pm]) if person else None
    for is_by in (theirs, None):
        found = index.paths(session.folder, Selection(is_by=is_by, last=1)).notes
        if found:
            return found[0]
    return None
