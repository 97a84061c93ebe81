"""`ilog init --hooks`: have git ask ilog before each commit, or no longer."""

import os
import shlex
import shutil
import sys
from pathlib import Path

import typer

from interviewlog import hookscript
from interviewlog.cli.session import Session
from interviewlog.errors import Code
from interviewlog.store import hooks
from interviewlog.store.git import Git


def offer(session: Session, git: Git) -> None:
    """Say how to have commits checked, unless they are."""
    if not hooks.are_there(hooks.place(git).folder):
        where = "" if session.start.is_relative_to(git.top) else f" {shlex.quote(str(git.top))}"
        session.say(f"to keep personal data out of what you commit: ilog init --hooks{where}")


def put(session: Session, git: Git, *, wanted: bool, may_fail: bool = False) -> None:
    """Install the hooks or take them out.

    Where another program looks after the hooks, it says what to write, and ends with 78 unless it `may_fail`: who has
    made a folder has got what they came for.
    """
    place = hooks.place(git)
    if not place.is_own:
        if _tell(session, place.folder, wanted=wanted) and not may_fail:
            raise typer.Exit(Code.CONFIG)
        return
    changed = hooks.install(place.folder, _program()) if wanted else hooks.remove(place.folder)
    if changed:
        names = ", ".join(_short(git, path) for path in changed)
        session.say(f"commits are checked from now on: {names}" if wanted else f"commits are not checked now: {names}")
    else:
        session.say("nothing to do, the hooks are there" if wanted else "nothing to do, no hook of ilog's is there")
    if wanted and hooks.has_framework(place.folder):
        session.say(
            "pre-commit writes these hooks anew when it is installed again; README shows how it runs ilog itself"
        )


def _tell(session: Session, folder: Path, *, wanted: bool) -> bool:
    """Say what to write by hand where the hooks are not ilog's to change; False where it is done."""
    # husky keeps what people write beside the folder that git is pointed to.
    written = folder.parent if folder.name == "_" else folder
    if hooks.are_there(written) == wanted:
        session.say("nothing to do, the hooks are there" if wanted else "nothing to do, no hook of ilog's is there")
        return False
    why = f"git looks for hooks in {folder}, where ilog changes nothing"
    if wanted:
        paths = [written / name for name in hookscript.HOOKS]
        lines = [line for path in paths for line in _to_write(path)]
        session.warn(f"commits are NOT checked yet: {why}", excerpt=lines)
        session.warn(f"then: chmod +x {shlex.join(map(str, paths))}")
    else:
        lines = [f"{written / name}: {hookscript.line_for(name)}" for name in hookscript.HOOKS]
        session.warn(f"{why}; take this line out of each:", *lines)
    return True


def _to_write(path: Path) -> list[str]:
    """Say what to write into a hook: a line where there is one, else all of it."""
    if path.exists():
        return [f"add to {path}:", f"  {hookscript.line_for(path.name)}"]
    return [f"write {path}:", *(f"  {line}" for line in hookscript.lines_for(path.name))]


def _short(git: Git, path: Path) -> str:
    return str(path.relative_to(git.top)) if path.is_relative_to(git.top) else str(path)


def _program() -> str:
    """Give the path of this ilog: as it was called, else beside this Python, else as the PATH has it."""
    called = Path(sys.argv[0]).absolute()
    beside = Path(sys.executable).with_name("ilog")
    found = (each for each in (called, beside) if each.name == "ilog" and os.access(each, os.X_OK))
    return str(next(found, None) or shutil.which("ilog") or beside)
