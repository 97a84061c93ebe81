"""What happens when a command fails: three lines on stderr and the exit code of the contract."""

import io
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import typer

from interviewlog.errors import Code, IlogError

# Typer carries a copy of click that is private to it; its errors hang here.
_UsageError: Any = typer.BadParameter.__base__
_ClickException: Any = _UsageError.__base__


class PipeClosedError(Exception):
    """Whoever read our answer has read enough, as `head` does."""


def guarded(run: Callable[[], Any]) -> None:
    """Run a command line to its end and exit with its code; never returns, never shows a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a dash that the locale does not know is no reason to fail
    _heed_signals()
    try:
        code = _code_of(run)
        sys.stdout.flush()
    except (BrokenPipeError, PipeClosedError):
        _hush()
        code = Code.DONE
    except OSError as error:  # the answer waits in the buffer until now, and the disk is full
        _hush()
        code = _tell(_input_output(error))
    sys.exit(int(code))


def _heed_signals() -> None:
    """Let whoever is told to end, or whose terminal is closed, first put back what is half done."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL and threading.current_thread() is threading.main_thread():
            signal.signal(number, _end)


def _end(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _code_of(run: Callable[[], Any]) -> int:
    try:
        returned = run()
    except (BrokenPipeError, PipeClosedError):
        raise
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # Typer, where nobody reads its help to the end
            raise PipeClosedError from stop
        raise
    except (KeyboardInterrupt, typer.Abort):
        returned = Code.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door: a bug must not spill a customer's words
        return _failed(error)
    if returned == Code.INTERRUPTED:  # Typer turns ^C into this exit code, too
        print("ilog: interrupted", file=sys.stderr)  # noqa: T201
    return returned if isinstance(returned, int) else Code.DONE


def _failed(error: Exception) -> int:
    if isinstance(error, IlogError):
        return _tell(error)
    if isinstance(error, _ClickException):
        return _tell(_usage(error))
    if isinstance(error, OSError):
        return _tell(_input_output(error))
    return _bug(error)


def _tell(error: IlogError) -> int:
    """Print the error's lines, cleaned: names in it come from notes, paths and git."""
    from interviewlog.render.clean import clean, clean_block

    lines = [f"ilog: {clean(error.message)}", *(f"  {clean_block(line)}" for line in error.excerpt)]
    if error.kept:
        lines.append(f"  kept: {clean(error.kept)}")
    if error.hint:
        lines.append(f"  next: {clean(error.hint)}")
    with suppress(OSError):  # nobody can be told that they cannot be told
        print("\n".join(lines), file=sys.stderr, flush=True)  # noqa: T201
    return error.code


def _usage(error: Any) -> IlogError:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "ilog"
    return IlogError(error.format_message(), hint=f"{command} --help", code=Code.USAGE)


def _input_output(error: OSError) -> IlogError:
    what = f"{error.strerror or error}: {error.filename}" if error.filename else str(error)
    return IlogError(what, hint="ilog", code=Code.IO)


def _bug(error: Exception) -> int:
    if os.environ.get("ILOG_DEBUG"):
        raise error
    message = f"a bug in ilog: {type(error).__name__} at {_place(error)}"
    return _tell(IlogError(message, hint="ILOG_DEBUG=1 ilog … shows where; please report it", code=Code.BUG))


def _place(error: Exception) -> str:
    """Name file and line only: the message of a foreign exception may hold a customer's words."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    if not trace:
        return "an unknown place"
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"  # noqa: PTH119


def _hush() -> None:
    """Point stdout nowhere, so that the interpreter's last flush into the closed pipe stays silent."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
