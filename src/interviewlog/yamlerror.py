"""The one error of reading YAML, and places in a text as an editor names them."""

from typing import NamedTuple

_LONGEST_IN_MESSAGE = 100
_LONGEST_LINE = 10_000  # characters of a line that are kept to be shown


class YamlError(Exception):
    """The text is not YAML that ilog reads: where (1-based line and column, the line itself), what, and the mend."""

    def __init__(self, what: str, mend: str, line: int = 1, column: int = 1, source: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.line = line
        self.column = column
        self.source = source


class Place(NamedTuple):
    """A place in a file: 1-based line and column, in characters, and the text of that line."""

    line: int
    column: int
    source: str


def place(text: str, at: int, first_line: int = 1) -> Place:
    """Tell what an editor calls an offset in a text whose first line has the number `first_line`."""
    start = line_start(text, at)
    before = text.count("\n", 0, start) + text.count("\r", 0, start) - text.count("\r\n", 0, start)
    return Place(first_line + before, at - start + 1, line_at(text, start)[:_LONGEST_LINE])


def line_start(text: str, at: int) -> int:
    """Give the offset at which the line that holds `at` begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_at(text: str, start: int) -> str:
    """Give the line that begins at an offset, without its end."""
    return text[start : min((end for sign in "\r\n" if (end := text.find(sign, start)) >= 0), default=len(text))]


def quoted(value: str) -> str:
    """Give a text as YAML in double quotes, on one line and no longer than a message can hold."""
    escaped = short(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def short(value: str) -> str:
    """Give a text on one line, and no more of it than a message can hold."""
    words = " ".join(value[: 2 * _LONGEST_IN_MESSAGE].split())
    return words if len(words) <= _LONGEST_IN_MESSAGE else f"{words[:_LONGEST_IN_MESSAGE]}…"
