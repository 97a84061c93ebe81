"""One call of git: the flags and the environment it runs with, bytes in and bytes out.

Reading commands are shut off from whatever configuration or environment could change their output or start
another program. Writing commands run as if the user had typed them, so that hooks, signing and filters work.
"""

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, cast

from interviewlog.errors import Code, IlogError

READ_FLAGS = (
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.quotePath=false"),
    *("-c", "color.ui=false"),
    *("-c", "i18n.logOutputEncoding=UTF-8"),
    *("-c", "diff.renames=true"),
    *("-c", "diff.relative=false"),
    *("-c", "diff.external="),
    *("-c", f"diff.orderFile={os.devnull}"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
    *("-c", "log.follow=false"),
    *("-c", "gc.auto=0"),
    *("-c", "maintenance.auto=false"),
    *("-c", "protocol.ext.allow=never"),
    *("-c", "advice.graftFileDeprecated=false"),
)
_READ_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_EDITOR": "false",
    "GIT_SEQUENCE_EDITOR": "false",
}
# What `git rev-parse --local-env-vars` lists (git sets it for hooks, and it beats `git -C`);
# the last two lines are what changes answers.
_FOREIGN = frozenset(
    {
        *("GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"),
        *("GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE"),
        *("GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_COMMON_DIR"),
        *("GIT_INTERNAL_SUPER_PREFIX", "GIT_SHALLOW_FILE"),
        *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
        *("GIT_ATTR_SOURCE", "GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF", "GIT_NAMESPACE", "GIT_PAGER"),
    }
)
_FOREIGN_PREFIXES = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_", "GIT_TRACE")
_PATIENCE = 30  # seconds; a reading git that takes longer hangs in somebody's filter or network
_CHUNK = 1 << 16


def _places() -> Iterator[str]:
    """Yield where a shell would look for git; `shutil.which` does the same and loads every kind of archive."""
    return (os.path.join(directory, "git") for directory in os.get_exec_path())  # noqa: PTH118


@cache
def program() -> str:
    """Find git on the PATH, once."""
    found = next((path for path in _places() if os.access(path, os.X_OK) and not os.path.isdir(path)), None)  # noqa: PTH112
    if found is None:
        raise IlogError("git is not installed, or not on the PATH", hint="git --version", code=Code.CONFIG)
    return found


def reading_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the environment of commands that only read."""
    return _own_environment() | _READ_ENVIRONMENT | dict(extra or {})


def writing_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the user's environment for commands that write, with git's messages in the English we can read."""
    kept = _own_environment()
    locale = kept.pop("LC_ALL", None)
    if locale is not None:
        # LC_ALL would outdo LC_MESSAGES; LANG alone means the same, and hooks keep their character set.
        kept = {name: value for name, value in kept.items() if not name.startswith("LC_")} | {"LANG": locale}
    return kept | {"LC_MESSAGES": "C", "LANGUAGE": ""} | dict(extra or {})


def read(
    where: Path, args: Sequence[str], stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command that only reads; its exit code is for the caller to judge."""
    argv = [program(), "-C", str(where), *READ_FLAGS, *args]
    try:
        return subprocess.run(
            argv, input=stdin, env=reading_environment(env), capture_output=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as late:
        message = f"git {args[0]} did not answer within {_PATIENCE} seconds: {where}"
        raise IlogError(message, hint=f"git {args[0]}", code=Code.RETRY) from late


@contextmanager
def reading(where: Path, args: Sequence[str], stdin: Iterable[bytes] = ()) -> Iterator[IO[bytes]]:
    """Run a reading command and lend its stdout; raise at the end if it failed, kill it if left early.

    Stdin and stderr are files, so that no pipe can fill up while we read the other.
    """
    with _scratch() as questions, _scratch() as complaints:
        questions.writelines(stdin)
        questions.seek(0)
        argv = [program(), "-C", str(where), *READ_FLAGS, *args]
        with subprocess.Popen(
            argv, stdin=questions, stdout=subprocess.PIPE, stderr=complaints, env=reading_environment()
        ) as child:
            try:
                yield cast("IO[bytes]", child.stdout)
            except BaseException:
                child.kill()
                raise
        if child.returncode:
            complaints.seek(0)
            raise failure(args[0], complaints.read())


def chunks(where: Path, args: Sequence[str]) -> Iterator[bytes]:
    """Yield the stdout of a reading command as it comes."""
    with reading(where, args) as stdout:
        while chunk := stdout.read(_CHUNK):
            yield chunk


@contextmanager
def spooled(where: Path, args: Sequence[str]) -> Iterator[Callable[[], Iterator[bytes]]]:
    """Start a reading command and lend what gives its stdout in chunks, once it is done; it works on meanwhile.

    Left early, it is killed.
    """
    with _scratch(is_large=True) as output, _scratch() as complaints:
        argv = [program(), "-C", str(where), *READ_FLAGS, *args]
        child = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=output, stderr=complaints, env=reading_environment()
        )

        def said() -> Iterator[bytes]:
            if child.wait():
                complaints.seek(0)
                raise failure(args[0], complaints.read())
            output.seek(0)
            while chunk := output.read(_CHUNK):
                yield chunk

        try:
            yield said
        finally:
            child.kill()
            child.wait()


def write(
    where: Path, args: Sequence[str], stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command that writes; its exit code is for the caller to judge.

    It is never killed: that would leave git's locks behind. Files instead of pipes, so that a process which a
    hook left in the background does not keep us waiting.
    """
    argv = [program(), "-C", str(where), *args]
    with _scratch() as given, _scratch() as out, _scratch() as err:
        given.write(stdin)
        given.seek(0)
        environment = writing_environment(env) | {"GIT_TERMINAL_PROMPT": "0"}
        child = subprocess.Popen(argv, stdin=given, stdout=out, stderr=err, env=environment)
        try:
            child.wait()
        except KeyboardInterrupt:
            # The terminal interrupts git as well, and git removes its own locks if it is left the time.
            child.wait()
            raise
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(argv, child.returncode, out.read(), err.read())


def _scratch(*, is_large: bool = False) -> IO[bytes]:
    """Give a file that nobody else sees and that goes when it is closed; in memory, where there is such a thing."""
    if hasattr(os, "memfd_create") and not is_large:
        return os.fdopen(os.memfd_create("ilog"), "w+b")
    from tempfile import TemporaryFile  # with all that makes names nobody can guess

    return cast("IO[bytes]", TemporaryFile())


def failure(command: str, stderr: bytes, kept: str = "") -> IlogError:
    """Turn what git said on stderr into our error: its last line that says what went wrong."""
    text = stderr.decode("utf-8", "replace")
    what = f"git {command}: {last_words(text)}"
    if "dubious ownership" in text or "unsafe repository" in text:
        trust = next((line.strip() for line in text.splitlines() if "safe.directory" in line), "git status")
        return IlogError(what, hint=trust, kept=kept, code=Code.REFUSED)
    if "promisor" in text:
        return IlogError(what, hint="git fetch --refetch --no-filter", kept=kept, code=Code.UNREACHABLE)
    if "Could not read from remote" in text:
        return IlogError(what, hint="git fetch", kept=kept, code=Code.UNREACHABLE)
    return IlogError(what, hint="git status", kept=kept, code=Code.IO)


def last_words(text: str) -> str:
    """Find the line of git's stderr that matters: the last `fatal:` or `error:`, else the last one."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("hint:")]
    grave = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    return grave[-1].partition(": ")[2] if grave else (lines or ["no reason given"])[-1]


def _own_environment() -> dict[str, str]:
    """Give our environment without what would point git at another repository or change its answers."""
    return {
        name: value
        for name, value in os.environ.items()
        if name not in _FOREIGN and not name.startswith(_FOREIGN_PREFIXES)
    }
