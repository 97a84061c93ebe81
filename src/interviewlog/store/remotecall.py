"""One call of git that talks with another machine: heard while it works, ended when nobody answers, never asking."""

import os
import re
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from interviewlog.errors import Code, IlogError
from interviewlog.store import gitcall

Tell: TypeAlias = Callable[[str, float], None]
"""Is told what git does, and the part of it that is done, from 0 to 1."""

PATIENCE = 120.0
"""Seconds without a word from git, after which there is nobody to wait for."""

# The user's hooks, signing and credential helpers work as ever; an address that is a program to run does not.
_FLAGS = (
    *("-c", "protocol.ext.allow=never"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "color.ui=false"),
    *("-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false"),
    *("-c", "fetch.recurseSubmodules=false"),
)
_SSH = "ssh -oBatchMode=yes -oConnectTimeout=15"
_TICK = 0.5  # seconds between two looks at whether git is still there
_GRACE = 5.0  # seconds for git to take away its locks and half-made clones
_LINE_END = re.compile(rb"[\r\n]")


def run(where: Path, args: Sequence[str], hear: Callable[[str], None], patience: float = PATIENCE) -> tuple[int, str]:
    """Run git, let `hear` have each line of its stderr as it comes, and give its exit code and its stdout.

    Git gets a session of its own: it and ssh have no terminal to ask on, and are ended with all that they started,
    when the person interrupts or, with an IlogError (69), when nothing is heard for `patience` seconds.
    """
    argv = [gitcall.program(), "-C", str(where), *_FLAGS, *args]
    with tempfile.TemporaryFile() as answer:
        child = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=answer, stderr=subprocess.PIPE,
            env=_environment(where), start_new_session=True,
        )  # fmt: skip
        with child:
            try:
                for line in _lines(child, patience):
                    hear(line)
                code = child.wait()
            except BaseException:
                _end(child)
                raise
        answer.seek(0)
        return code, answer.read().decode("utf-8", "replace")


def _lines(child: subprocess.Popen[bytes], patience: float) -> Iterator[str]:
    """Yield what git says on stderr; each step of its progress is a line."""
    rest, heard = b"", time.monotonic()
    assert child.stderr  # noqa: S101 - it is a pipe, but its type cannot say so
    while True:
        if select.select([child.stderr], [], [], min(_TICK, patience))[0]:
            chunk = os.read(child.stderr.fileno(), 1 << 16)
            *whole, rest = _LINE_END.split(rest + chunk)
            yield from (line.decode("utf-8", "replace") for line in whole if line)
            heard = time.monotonic()
            if not chunk:
                break
        elif child.poll() is not None:
            break  # what a hook left in the background still holds the pipe
        elif time.monotonic() - heard > patience:
            message = f"no answer from the remote repository for {patience:.0f} seconds"
            raise IlogError(message, hint="git fetch", code=Code.UNREACHABLE)
    yield rest.decode("utf-8", "replace")


def _end(child: subprocess.Popen[bytes]) -> None:
    """End git and what it started, leaving it the time to tidy up."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, number)
        with suppress(subprocess.TimeoutExpired):
            child.wait(_GRACE)
            return


def _environment(where: Path) -> dict[str, str]:
    """Give the environment in which nobody is asked, neither by git nor by ssh unless the user chose how it is run."""
    # GIT_ASKPASS and core.askPass stay: whoever sets them wants them to answer. SSH_ASKPASS only opens windows.
    ours = gitcall.writing_environment({"GIT_TERMINAL_PROMPT": "0", "SSH_ASKPASS": ""})
    is_chosen = "GIT_SSH_COMMAND" in ours or "GIT_SSH" in ours
    if not is_chosen and not gitcall.read(where, ("config", "--get", "core.sshCommand")).stdout:
        ours["GIT_SSH_COMMAND"] = _SSH
    return ours
