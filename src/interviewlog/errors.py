"""The one error of ilog, and the exit codes it may carry."""

from collections.abc import Sequence
from enum import IntEnum


class Code(IntEnum):
    """Exit codes, as README lists them. Values from 64 up follow BSD's sysexits."""

    DONE = 0
    NOTHING = 1
    USAGE = 2
    CONFLICT = 3
    BAD_NOTE = 65
    NO_NOTE = 66
    UNREACHABLE = 69
    BUG = 70
    EXISTS = 73
    IO = 74
    RETRY = 75
    REFUSED = 77
    CONFIG = 78
    INTERRUPTED = 130


class IlogError(Exception):
    """Something the user can mend.

    `message` names what failed and the thing it failed on, `kept` where typed text is now, `hint` a command
    to type next. The three become the three lines on stderr, `excerpt` (lines of a file, ready to be shown) stands
    below the first; `code` is the exit code.
    """

    def __init__(
        self, message: str, *, hint: str = "", kept: str = "", excerpt: Sequence[str] = (), code: Code
    ) -> None:
        super().__init__(message)
        self.message = message
        self.excerpt = tuple(excerpt)
        self.hint = hint
        self.kept = kept
        self.code = code
