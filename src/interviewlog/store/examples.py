"""The shipped examples, and a repository in which their story has happened."""

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from interviewlog.chronicle import Examples, Step
from interviewlog.config import FILE_NAME, Pm
from interviewlog.errors import Code, IlogError
from interviewlog.settings import parse_config
from interviewlog.store import gitcall
from interviewlog.store.git import Git

_HISTORY = "history.yaml"
_MAIN = "refs/heads/main"


def read() -> Examples:
    """Read the examples, all of them as text."""
    top = _shipped()
    config = _text(top / FILE_NAME)
    root = top / parse_config(config).root
    notes = {path.relative_to(top).as_posix(): _text(path) for path in sorted(root.glob("*/*.md"))}
    return Examples(config, _text(top / _HISTORY), notes)


def write(place: Path, steps: Sequence[Step]) -> Git:
    """Make a repository in `place` and play the steps into it; its user is the author of the first one.

    Raises IlogError (73) when something is there already, or when it cannot be made.
    """
    _make_room(place)
    made = gitcall.write(place, ("init", "-q", "--template=", "--initial-branch=main"))
    git = Git.open(place) if not made.returncode else None
    if not git:
        raise gitcall.failure("init", made.stderr)
    for name, value in _settings(steps[0].author):
        git.write("config", "--local", name, value)
    # One stream instead of a process per commit: no hook, signature or filter of the user's takes part in it.
    git.write("fast-import", "--quiet", stdin=b"".join(_stream(steps)))
    git.write("read-tree", "--reset", "-u", "HEAD")
    return git


def _shipped() -> Path:
    """A wheel carries the examples beside the code, a checkout at its top. (importlib.resources costs 30 ms.)"""
    package = Path(__file__).parents[1]
    inside = package / "_examples"
    return inside if inside.is_dir() else package.parents[1] / "examples"


def _text(path: Path) -> str:
    return path.read_bytes().decode()


def _make_room(place: Path) -> None:
    try:
        if os.path.lexists(place) and not (place.is_dir() and not any(place.iterdir())):
            what = "not empty" if place.is_dir() else "not a directory"
            raise IlogError(f"{what}: {place}", hint=_elsewhere(place), code=Code.EXISTS)
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"cannot create {place}: {error.strerror}"
        raise IlogError(what, hint="ilog demo --dir ~/ilog-demo", code=Code.EXISTS) from None


def _elsewhere(place: Path) -> str:
    number = 2
    while os.path.lexists(f"{place}-{number}"):
        number += 1
    return f"ilog demo --dir {shlex.quote(f'{place}-{number}')}"


def _settings(me: Pm) -> Iterator[tuple[str, str]]:
    """What makes `ilog new` there belong to the story, whatever the user's own configuration says."""
    yield "user.name", me.name
    yield "user.email", me.emails[0]
    yield "commit.gpgSign", "false"
    yield "core.hooksPath", ".git/hooks"
    yield "core.autocrlf", "false"


def _stream(steps: Sequence[Step]) -> Iterator[bytes]:
    """Write the steps in the language of `git fast-import`.

    A branch needs no name there: `from` says what a commit stands on, and only the last one becomes `main`.
    """
    tips: dict[str, int] = {}
    yield b"feature done\n"
    for mark, step in enumerate(steps, 1):
        yield _header(step, mark)
        parent = tips.get(step.branch, tips.get(""))
        yield f"from :{parent}\n".encode() if parent else b""
        yield f"merge :{tips[step.joins]}\n".encode() if step.joins else b""
        yield b"R %s %s\n" % tuple(map(_quoted, step.renamed)) if step.renamed else b""
        for path, text in step.files.items():
            yield b"M 100644 inline %s\n%s" % (_quoted(path), _counted(text))
        tips[step.branch] = mark
    yield b"done\n"


def _header(step: Step, mark: int) -> bytes:
    by = f"{step.author.name} <{step.author.emails[0]}> {int(step.when.timestamp())} {step.when:%z}"
    return f"commit {_MAIN}\nmark :{mark}\nauthor {by}\ncommitter {by}\n".encode() + _counted(f"{step.message}\n")


def _quoted(path: str) -> bytes:
    return '"{}"'.format(path.replace("\\", "\\\\").replace('"', '\\"')).encode()


def _counted(text: str) -> bytes:
    raw = text.encode()
    return b"data %d\n%s\n" % (len(raw), raw)
