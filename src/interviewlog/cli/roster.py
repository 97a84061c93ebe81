"""Who are you? The git identity of whoever joins, and their line in the team's roster."""

from dataclasses import dataclass, replace
from difflib import get_close_matches

from interviewlog.charter import Member, free_handle, read_member, with_member
from interviewlog.cli import sync
from interviewlog.cli.session import Session
from interviewlog.config import FILE_NAME, Pm
from interviewlog.errors import Code, IlogError
from interviewlog.slugs import slug
from interviewlog.store import foundation
from interviewlog.store.folder import Folder, config_text
from interviewlog.store.git import Git

_NEW = "none of these: add me as a new one"
_NO_PM = "I am no PM: leave the list as it is"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of themselves on the command line."""

    pm: str = ""
    name: str = ""
    email: str = ""
    again: str = "ilog join URL"


def introduce(session: Session, folder: Folder, said: Said) -> None:
    """Make sure that git knows the person, and that the roster knows their e-mail; what is added there is shared.

    Raises IlogError: 78 when git knows nobody and nobody can be asked, 2 when the roster has no such PM.
    """
    me = _identity(session, folder.git, said)
    if not me or not (folder.top / FILE_NAME).is_file():
        return
    member = _member(session, folder, said, *me)
    if not member:
        return
    text = with_member(config_text(folder.git), member, session.today())
    subject = f"Roster: {member.name} is {member.email}"
    laid = foundation.lay(folder.git, {FILE_NAME: text}, subject, again=said.again)
    if laid.left:
        session.warn(f"added to {FILE_NAME}, but not committed, for it holds changes of yours")
    if laid.committed:
        session.say(f"added you to the roster: {member.name}, {member.email}")
        _share(session, folder)


def _identity(session: Session, git: Git, said: Said) -> tuple[str, str] | None:
    """Give the name and e-mail of the person's commits, in this clone, asked for where git knows none."""
    _set_identity(git, said.name, said.email)
    try:
        return git.author()
    except IlogError as unknown:
        unknown.kept = f"the folder, in {git.top}"
        unknown.hint = f'{said.again} --name "Your Name" --email you@example.com'
        if session.ask:
            session.say("Your name and e-mail will stand beside the notes you write.")
            name, email = session.ask.text("Your name:"), session.ask.text("Your e-mail at work:")
            _set_identity(git, name, email)
            return git.author()
        if said.pm:
            raise
        session.warn(f"{unknown.message}", f"next: {unknown.hint}")
        return None


def _set_identity(git: Git, name: str, email: str) -> None:
    """Set what is given, in this clone only: the person's other repositories are none of our business."""
    if email and "@" not in email.strip("@"):
        raise IlogError(f"not an e-mail: {email}", hint="--email you@example.com", code=Code.USAGE)
    for key, value in (("user.name", name), ("user.email", email)):
        if value:
            git.write("config", "--local", key, value)


def _member(session: Session, folder: Folder, said: Said, name: str, email: str) -> Member | None:
    """Give the line that the roster needs; None when it has it, or nobody says which."""
    known = folder.config.pm_of(email)
    if said.pm:
        member = _named(folder, said, email)
        if known and known.handle != member.handle:
            session.warn(f"left as it is: {email} stands in the roster as {known.name} already")
        return None if known else member
    if known:
        session.say(f"you are {known.name} in the roster")
        return None
    if session.ask:
        return _asked(session, list(folder.config.pms.values()), Member("", name, email))
    handles = ", ".join(folder.config.pms) or 'HANDLE="Your Name"'
    session.say(f"your e-mail is not in the roster; to add it: {said.again} --pm HANDLE (one of: {handles})")
    return None


def _named(folder: Folder, said: Said, email: str) -> Member:
    """Find the PM that --pm names, or read the new one that it describes."""
    if "=" in said.pm:
        member = read_member(said.pm)
        return member if member.email else replace(member, email=email)
    pm = folder.config.pm_of(said.pm)
    if pm:
        return Member(pm.handle, pm.name, email)
    near = get_close_matches(said.pm, folder.config.pms, n=1)
    hint = f"{said.again} --pm {near[0]}" if near else f'{said.again} --pm "{slug(said.pm) or "caroline"}=Your Name"'
    raise IlogError(f"no such PM in the roster: {said.pm}", hint=hint, code=Code.USAGE)


def _asked(session: Session, pms: list[Pm], me: Member) -> Member | None:
    """Ask which PM the person is, the likeliest first."""
    if not pms:
        is_pm = session.ask is not None and session.ask.yes("Nobody is in the roster yet. Are you a product manager?")
        return replace(me, handle=free_handle(me.name, ())) if is_pm else None
    guesses = [pm for pm in pms if _looks_like(pm, me)]
    ordered = [*guesses, *(pm for pm in pms if pm not in guesses)]
    while session.ask:
        chosen = session.ask.choice("Which of the product managers (PMs) are you?", [*_names(ordered), _NEW, _NO_PM])
        if chosen == len(ordered) + 1:
            return None
        if chosen == len(ordered):
            return replace(me, handle=free_handle(me.name, [pm.handle for pm in pms]))
        pm = ordered[chosen]
        # Whoever only presses Enter must not become somebody else.
        if pm in guesses or session.ask.yes(f"So {me.name} <{me.email}> is {pm.name}?"):
            return Member(pm.handle, pm.name, me.email)
    return None


def _looks_like(pm: Pm, me: Member) -> bool:
    return pm.name.casefold() == me.name.casefold() or pm.handle.casefold() == me.email.partition("@")[0].casefold()


def _names(pms: list[Pm]) -> list[str]:
    return [pm.name for pm in pms]


def _share(session: Session, folder: Folder) -> None:
    """Share the new line; if that fails the commit stands, and the person can go on."""
    try:
        sync.share_now(replace(session, repo=str(folder.top)))
    except IlogError as error:
        session.warn(f"not shared yet: {error.message}", f"kept: {error.kept or folder.top}", f"next: {error.hint}")
