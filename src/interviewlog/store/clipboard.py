"""Text to the clipboard, and an honest word on whether it got there."""

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from interviewlog.errors import Code, IlogError

LONGEST = 74_994
"""Bytes of text that fit the 100,000 bytes which terminals take in one OSC 52 sequence."""

_PATIENCE = 5.0
_SCREEN_CHUNK = 250
_MUTE_TERMINALS = frozenset({"", "dumb", "linux"})


@dataclass(frozen=True, slots=True)
class Copied:
    """`copied`: the tool `by` says it has the text. `sent`: the terminal was asked, and terminals do not answer."""

    how: Literal["copied", "sent"]
    by: str


@dataclass(frozen=True, slots=True)
class _Tool:
    argv: tuple[str, ...]
    encoding: str = "utf-8"
    settings: Mapping[str, str] | None = None


# Without a UTF-8 locale pbcopy reads its input as MacRoman, and the dash of `tl;dr –` with it.
_PBCOPY = _Tool(("pbcopy",), settings={"LC_ALL": "en_US.UTF-8"})
_WINDOWS = _Tool(("clip.exe",), "utf-16-le")
_TERMUX = _Tool(("termux-clipboard-set",))
_WAYLAND = _Tool(("wl-copy", "--type", "text/plain"))
_X11 = (_Tool(("xclip", "-selection", "clipboard")), _Tool(("xsel", "-b", "-i")))
# tmux passes nothing through by default since 3.3, but hands its own buffer on to the terminal.
_TMUX = _Tool(("tmux", "load-buffer", "-w", "-"))


def copy(
    text: str,
    environ: Mapping[str, str] = os.environ,
    *,
    tty: BinaryIO | None = None,
    platform: str = sys.platform,
    patience: float = _PATIENCE,
) -> Copied:
    """Put `text` on the clipboard with the desktop's tool, or ask the terminal to (OSC 52).

    `tty` is where the terminal listens, /dev/tty unless given; a tool gets `patience` seconds.
    Raises IlogError (74) with what to install when neither way is open, or the text is too long for a terminal.
    """
    for tool in _tools(environ, platform):
        if _fed(tool, text, environ, patience):
            return Copied("copied", tool.argv[0])
    if environ.get("TERM", "") in _MUTE_TERMINALS:
        raise _no_way("no clipboard found", environ, platform)
    raw = text.encode("utf-8", "replace")
    if len(raw) > LONGEST:
        raise _no_way(f"{len(raw)} bytes are too long for the terminal's clipboard", environ, platform)
    if environ.get("TMUX") and _fed(_TMUX, text, environ, patience):
        return Copied("sent", "tmux")
    try:
        _write(_sequence(raw, environ), tty)
    except OSError:
        raise _no_way("no clipboard and no terminal found", environ, platform) from None
    return Copied("sent", "the terminal")


def _is_remote(environ: Mapping[str, str]) -> bool:
    return bool(environ.get("SSH_TTY") or environ.get("SSH_CONNECTION"))


def _tools(environ: Mapping[str, str], platform: str) -> Iterator[_Tool]:
    """Yield the tools that can reach a clipboard the person sees: over SSH the machine's own is not."""
    if not _is_remote(environ):
        if platform == "darwin":
            yield _PBCOPY
        if environ.get("WSL_DISTRO_NAME") or environ.get("WSL_INTEROP"):
            yield _WINDOWS
        if environ.get("TERMUX_VERSION"):
            yield _TERMUX
    if environ.get("WAYLAND_DISPLAY"):
        yield _WAYLAND
    if environ.get("DISPLAY"):
        yield from _X11


def _fed(tool: _Tool, text: str, environ: Mapping[str, str], patience: float) -> bool:
    """Run the tool on the text; False when it is missing, fails or hangs.

    xclip and wl-copy stay behind to serve the text: they get no output to hold open, and a session of their own
    so that a ^C meant for ilog does not empty the clipboard.
    """
    from shutil import which

    program = which(tool.argv[0], path=environ.get("PATH", os.defpath))
    if not program:
        return False
    try:
        done = subprocess.run(
            [program, *tool.argv[1:]],
            input=text.encode(tool.encoding, "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**environ, **(tool.settings or {})},
            timeout=patience,
            check=False,
            start_new_session=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _sequence(raw: bytes, environ: Mapping[str, str]) -> bytes:
    """Give the OSC 52 sequence, wrapped so that tmux or screen hands it on to the terminal around it."""
    plain = b"\x1b]52;c;" + b64encode(raw) + b"\x07"
    name = environ.get("TERM", "")
    if environ.get("TMUX") or name.startswith("tmux"):
        return b"\x1bPtmux;" + plain.replace(b"\x1b", b"\x1b\x1b") + b"\x1b\\"
    if environ.get("STY") or name.startswith("screen"):
        # screen drops a string of more than 768 bytes, but joins what several strings hand on.
        chunks = (plain[at : at + _SCREEN_CHUNK] for at in range(0, len(plain), _SCREEN_CHUNK))
        return b"".join(b"\x1bP" + chunk + b"\x1b\\" for chunk in chunks)
    return plain


def _write(sequence: bytes, tty: BinaryIO | None) -> None:
    if tty is None:
        with Path("/dev/tty").open("wb") as terminal:
            terminal.write(sequence)
    else:
        tty.write(sequence)
        tty.flush()


def _no_way(what: str, environ: Mapping[str, str], platform: str) -> IlogError:
    if environ.get("WAYLAND_DISPLAY"):
        hint = "install wl-clipboard, or leave out --copy"
    elif environ.get("DISPLAY"):
        hint = "install xclip, or leave out --copy"
    elif platform == "darwin" and not _is_remote(environ):
        hint = "put /usr/bin on PATH, where pbcopy is, or leave out --copy"
    else:
        hint = "leave out --copy and select the text, or run ilog in a terminal that knows OSC 52"
    return IlogError(what, hint=hint, code=Code.IO)
