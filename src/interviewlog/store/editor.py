"""The person's own editor: which one it is, where its cursor starts, and whether it waited."""

import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from interviewlog.errors import Code, IlogError

AT_ONCE = 2.0
"""Seconds within which an editor that changed nothing has probably not waited for its window."""

_CODE = ("code", "code-insiders", "codium", "vscodium", "cursor", "windsurf", "positron")
_JETBRAINS = ("idea", "pycharm", "webstorm", "phpstorm", "goland", "rubymine", "clion", "rider")
_TERMINAL = ("nano", "micro", "nvim", "vim", "hx", "kak", "emacs", "vi")

WAIT_FLAGS: Mapping[str, str] = {
    **dict.fromkeys((*_CODE, "zed", "zeditor", "subl", "mate", "bbedit", "atom"), "--wait"),
    **dict.fromkeys((*_JETBRAINS, "gedit", "xed"), "--wait"),
    **dict.fromkeys(("gvim", "mvim"), "--nofork"),
    "gnome-text-editor": "--standalone",
    "kate": "--block",
}
"""Graphical editors, friendliest first, and the flag that keeps each from coming back before its window closes."""

_PLACES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((*_TERMINAL, "gvim", "mvim", "emacsclient", "joe", "jed", "ne", "mg"), ("+{line}", "{path}")),
    **dict.fromkeys(("gedit", "geany", "pluma"), ("+{line}", "{path}")),
    **dict.fromkeys(("hx", "helix", "subl", "zed", "zeditor", "atom"), ("{path}:{line}",)),
    **dict.fromkeys(_CODE, ("--goto", "{path}:{line}")),
    **dict.fromkeys(("kate", "kwrite", "mate", *_JETBRAINS), ("--line", "{line}", "{path}")),
}
# Words of a command that only lead to the editor: `env LANG=C vim`, `exec nano`.
_LEADERS = re.compile(r"env|exec|command|[A-Za-z_]\w*=.*")
_SIMPLE_WORD = re.compile(r"[\w./+ -]+")
_SHELL = re.compile(r"[|&;<>()$`\n]")
_NOT_FOUND, _NOT_EXECUTABLE = 127, 126
_INTERRUPTED = frozenset({-signal.SIGINT, -signal.SIGQUIT, 128 + signal.SIGINT, 128 + signal.SIGQUIT})


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting at the editor, which ended well: how long it took, and whether the file is another now."""

    seconds: float
    changed: bool
    in_terminal: bool = False

    @property
    def returned_at_once(self) -> bool:
        """Back within two seconds with nothing changed: the sign of a graphical editor that does not wait."""
        return not self.changed and self.seconds < AT_ONCE and not self.in_terminal


def choose(git_editor: str, environ: Mapping[str, str] = os.environ, preferred: str = "") -> str:
    """Give the editor's command, a piece of shell as git takes it, made to wait where it is known not to.

    `preferred` (a flag, the personal file) goes first, then ILOG_EDITOR, GIT_EDITOR, `git_editor` (what
    `git var GIT_EDITOR` says), VISUAL, EDITOR, and the first editor on PATH. Raises IlogError (78) without any.
    """
    # Git names `vi`, or `editor` on Debian, when nobody chose; that may not be installed.
    usable = "" if git_editor in {"vi", "editor"} and not _which(git_editor, environ) else git_editor
    named = [environ.get(name, "") for name in ("ILOG_EDITOR", "GIT_EDITOR", "VISUAL", "EDITOR")]
    for command in (preferred, *named[:2], usable, *named[2:]):
        if command.strip():
            return with_wait_flag(command.strip())
    found = installed(environ)
    if not found:
        raise IlogError("no editor found", hint="git config --global core.editor nano", code=Code.CONFIG)
    if environ.get("TERM_PROGRAM") == "vscode":
        return found[0]
    return next((name for name in found if name in _TERMINAL), found[0])


def installed(environ: Mapping[str, str] = os.environ) -> list[str]:
    """List the commands of the editors on PATH, made to wait; graphical ones first where there is a screen."""
    windows = [name for name in WAIT_FLAGS if _which(name, environ)]
    plain = [name for name in _TERMINAL if _which(name, environ)]
    # TERM_PROGRAM is set by the terminals of macOS, where no variable speaks of a display.
    has_screen = any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "TERM_PROGRAM", "WSL_DISTRO_NAME"))
    return [with_wait_flag(name) for name in (windows + plain if has_screen else plain + windows)]


def with_wait_flag(command: str) -> str:
    """Give the command of a graphical editor with the flag that makes it wait; any other command as it is."""
    command = _quoted(command)
    words = _words(command)
    flag = WAIT_FLAGS.get(_program(words))
    if not flag or flag in words or flag[1:3] in words or _SHELL.search(command):
        return command
    return f"{command} {flag}"


def open_in_editor(
    command: str,
    path: Path,
    line: int = 1,
    *,
    environ: Mapping[str, str] = os.environ,
    clock: Callable[[], float] = time.monotonic,
) -> Session:
    """Let the person edit `path` on the terminal, the cursor at `line` where the editor can be told.

    Raises IlogError, the file untouched: 78 if the editor cannot be started, 74 if it ends with an error,
    130 if it is interrupted; and 66 if the file is gone afterwards.
    """
    command = _quoted(command)
    words = _words(command)
    if _is_missing(words, environ):
        raise _failed(command, _NOT_FOUND, path, environ)
    before = path.read_bytes()
    started = clock()
    program = _program(words, environ)
    code = _run(command, _arguments(program, path, line), environ)
    seconds = clock() - started
    if code:
        raise _failed(command, code, path, environ)
    try:
        return Session(seconds, path.read_bytes() != before, in_terminal=program in _TERMINAL)
    except FileNotFoundError:
        raise IlogError(f"gone when the editor closed: {path}", hint="ilog new", code=Code.NO_NOTE) from None


def _quoted(command: str) -> str:
    """Quote a command that is one path with spaces in it, typed without quotes."""
    return shlex.quote(command) if " " in command and os.access(command, os.X_OK) else command


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        return command.split()


def _program(words: list[str], environ: Mapping[str, str] | None = None) -> str:
    """Name the editor behind a command's words: `env A=b /usr/bin/vim.basic -u x` is vim."""
    word = next((word for word in words if not _LEADERS.fullmatch(word)), "")
    if environ is not None and PurePath(word).name == "editor":
        word = os.path.realpath(_which(word, environ) or word)
    return PurePath(word).name.lower().partition(".")[0]


def _which(program: str, environ: Mapping[str, str]) -> str | None:
    from shutil import which

    return which(program, path=environ.get("PATH", os.defpath))


def _arguments(program: str, path: Path, line: int) -> list[str]:
    place = _PLACES.get(program, ()) if line > 1 else ()
    return [part.format(path=path, line=line) for part in place or ("{path}",)]


def _run(command: str, arguments: list[str], environ: Mapping[str, str]) -> int:
    argv = ["sh", "-c", f'{command} "$@"', command, *arguments]
    with _terminal() as (stdin, stdout), _signals_left_to_the_editor():
        return subprocess.run(argv, stdin=stdin, stdout=stdout, env=environ, check=False).returncode


@contextmanager
def _terminal() -> Iterator[tuple[int | None, int | None]]:
    """Give the editor the terminal even in `$(ilog new)` and `xargs ilog edit`, where input or output is piped."""
    with ExitStack() as stack:
        terminal = None
        if not (os.isatty(0) and os.isatty(1)):
            with suppress(OSError):
                terminal = stack.enter_context(Path("/dev/tty").open("r+b", buffering=0)).fileno()
        # Without any terminal its output goes to stderr: stdout holds the answer and nothing else.
        yield None if os.isatty(0) else terminal, None if os.isatty(1) else terminal or 2


@contextmanager
def _signals_left_to_the_editor() -> Iterator[None]:
    """Survive ^C typed at the editor. The handlers do nothing, but are handlers: a child inherits SIG_IGN."""
    before = {}
    try:
        for number in (signal.SIGINT, signal.SIGQUIT):
            with suppress(ValueError):  # not the main thread, which alone gets signals
                before[number] = signal.signal(number, lambda *_: None)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _is_missing(words: list[str], environ: Mapping[str, str]) -> bool:
    """Spare the person the shell's own message where it is plain that the command is not there."""
    if not words or _LEADERS.fullmatch(words[0]) or not _SIMPLE_WORD.fullmatch(words[0]):
        return False
    return not _which(words[0], environ)


def _failed(command: str, code: int, path: Path, environ: Mapping[str, str]) -> IlogError:
    what, hint, exit_code = f"the editor ended with an error ({code}): {command}", f"ilog edit {path}", Code.IO
    if code in _INTERRUPTED:
        what, exit_code = "interrupted in the editor", Code.INTERRUPTED
    elif code in {_NOT_FOUND, _NOT_EXECUTABLE}:
        what, hint, exit_code = f"cannot start the editor: {command}", _mend(command, environ), Code.CONFIG
    return IlogError(what, kept=str(path), hint=hint, code=exit_code)


def _mend(command: str, environ: Mapping[str, str]) -> str:
    """Say how to set an editor that is there, in the place that named the one that is not."""
    editor = shlex.quote(next(iter(installed(environ)), "nano"))
    for name in ("ILOG_EDITOR", "GIT_EDITOR"):
        if (value := environ.get(name, "").strip()) and command.startswith(value):
            return f"export {name}={editor}"
    return f"git config --global core.editor {editor}, or ilog new --no-edit"
