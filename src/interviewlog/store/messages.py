"""The message of a commit under way, in the file that git hands to a hook."""

from collections.abc import Mapping
from pathlib import Path

from interviewlog.commitmessage import kept
from interviewlog.errors import Code, IlogError
from interviewlog.rootfile import text_of
from interviewlog.store.git import Git

_CLEANING = frozenset({"strip", "scissors"})


def read(git: Git | None, file: Path, environ: Mapping[str, str]) -> str:
    """Give what git will keep of a message; raises IlogError (66) where there is no such file."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        what = f"cannot read the message: {file}: {(error.strerror or 'no reason given').lower()}"
        raise IlogError(what, hint=f"ls -l {file}", code=Code.NO_NOTE) from None
    return kept(text_of(raw) or raw.decode("utf-8", "replace"), _comment(git, environ))


def _comment(git: Git | None, environ: Mapping[str, str]) -> str:
    """Give what begins a line that git leaves out; "" where it leaves out none.

    Where no editor is opened, a line such as `#12 is mended` is part of the message, unless the settings say otherwise.
    """
    cleaning = _setting(git, "commit.cleanup")
    if cleaning in {"verbatim", "whitespace"} or (environ.get("GIT_EDITOR") == ":" and cleaning not in _CLEANING):
        return ""
    return _setting(git, "core.commentstring") or _setting(git, "core.commentchar") or "#"


def _setting(git: Git | None, name: str) -> str:
    found = git.try_read("config", "--get", name) if git else None
    return found.decode("utf-8", "replace").removesuffix("\n") if found else ""
