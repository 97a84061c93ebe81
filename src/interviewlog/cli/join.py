"""`ilog join`: get the team's folder, say who you are, choose an editor."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from interviewlog import address
from interviewlog.cli import home, hooking, progress, roster
from interviewlog.cli.session import Session, current
from interviewlog.config import FILE_NAME
from interviewlog.errors import Code, IlogError
from interviewlog.store import editor as editors
from interviewlog.store import gitcall
from interviewlog.store.folder import open_folder
from interviewlog.store.git import Git

EXAMPLES = [
    "ilog join https://github.com/TEAM/NOTES.git",
    "ilog join git@github.com:TEAM/NOTES.git interviews",
    "ilog join URL --pm caroline --editor 'code --wait'",
]


def command(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="The address your team gave you.")],
    directory: Annotated[str, typer.Argument(metavar="[DIR]", help="Where to put it; else named like URL.")] = "",
    pm: Annotated[str, typer.Option("--pm", metavar="HANDLE", help="Who you are in the team's roster.")] = "",
    name: Annotated[str, typer.Option("--name", help="Your name, as it stands beside your notes.")] = "",
    email: Annotated[str, typer.Option("--email", help="Your e-mail, as it stands beside your notes.")] = "",
    editor: Annotated[str, typer.Option("--editor", metavar="CMD", help="The editor you write notes in.")] = "",
) -> None:
    """Get the team's folder of interview notes onto this machine, and make it yours to write in.

    It downloads the folder, remembers where it is, asks who you are and which editor you like, and adds your e-mail
    to the team's roster. Off a terminal nothing is asked: what no flag says stays as it is. Safe to run again.
    """
    session = current(ctx)
    address.check(url)
    path = session.start / Path(directory or address.folder_name(url)).expanduser()
    git = _there(session, url, path) or _cloned(session, url, path)
    home.keep(session, git.top)
    if not (git.top / FILE_NAME).is_file():
        session.warn(
            f"nobody has set this folder up yet: no {FILE_NAME}", f"next: ilog init {shlex.quote(str(git.top))}"
        )
    again = shlex.join(["ilog", "join", address.without_secret(url), *([directory] if directory else [])])
    roster.introduce(session, open_folder(git), roster.Said(pm, name, email, again))
    _choose_editor(session, git, editor)
    hooking.offer(session, git)
    session.say("You are in. After your next call, type: ilog new")
    session.answer_path(str(git.top))


def _there(session: Session, url: str, path: Path) -> Git | None:
    """Give the clone of `url` that is at `path` already; None when nothing is. Raises IlogError (73) otherwise."""
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return None
    git = Git.open(path) if path.is_dir() else None
    origin = (git.try_read("remote", "get-url", "origin") or b"").decode("utf-8", "replace").strip() if git else ""
    is_top = bool(git and git.top.samefile(path))
    if git and is_top and origin and address.are_same(_whole(origin, git.top), _whole(url, session.start)):
        session.say(f"already here: {git.top}")
        return git
    shown = address.without_secret(url)
    hint = f"{shlex.join(['ilog', 'join', shown])} ANOTHER-NAME"
    raise IlogError(f"in the way, and not {shown}: {path}", hint=hint, code=Code.EXISTS)


def _whole(url: str, start: Path) -> str:
    """Give an address that is a path on this machine from its root on; others as they are."""
    return url if address.parse(url) else str((start / url.removeprefix("file://")).resolve())


def _cloned(session: Session, url: str, path: Path) -> Git:
    gitcall.program()  # GitPython cannot be imported without git
    from interviewlog.store import repo

    with progress.shown(session, "downloading") as tell:
        git = repo.clone(url, path, session.start, tell)
    session.say(f"downloaded into {git.top}")
    return git


def _choose_editor(session: Session, git: Git, named: str) -> None:
    """Remember the editor that is named or chosen, with the flag that makes a graphical one wait."""
    if named:
        home.remember(session, "editor", editors.with_wait_flag(named))
        return
    if not session.ask or session.personal.editor:
        return
    git_editor = (git.try_read("config", "--get", "core.editor") or b"").decode("utf-8", "replace").strip()
    try:
        first = editors.choose(git_editor, session.environ)
    except IlogError as none:
        session.warn(f"{none.message}", f"next: {none.hint}")
        return
    offered = list(dict.fromkeys([first, *editors.installed(session.environ)]))
    if len(offered) > 1:
        chosen = session.ask.choice("Which editor do you want to write notes in?", offered)
        home.remember(session, "editor", offered[chosen])
