"""The slip that made the YAML parser stop, in words: where it is, what it is, and what to type in its place.

The parser names what it missed, often lines below the slip. Nine in ten slips are one line's: a value that wants
quotes, a colon without a blank, a bracket that is never closed. So the line itself is looked at, by a table of rules.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from interviewlog.yamlerror import line_at, line_start, quoted, short
from interviewlog.yamlline import COLON, Line

MERGE_IT = "keep one side, delete the lines <<<<<<< ======= >>>>>>>"
_SIGNS = frozenset("@`%&*!|>?-,]}#")  # no plain value begins with one of them
_QUOTES = frozenset("\"'")
_CLOSED = {
    '"': re.compile(r'"(?:[^"\\]++|\\.)*+"'),
    "'": re.compile(r"'(?:[^']++|'')*+'"),
    "[": re.compile(r"""\[(?:[^\]"']++|"(?:[^"\\]++|\\.)*+"|'[^']*+')*+\]"""),
    "{": re.compile(r"\{[^}]*+\}"),
}
_KINDS = {'"': "quote", "'": "quote", "[": "bracket", "{": "brace"}
_LOOSE_COLON = re.compile(r"([^\s:：]++)\s*+([:：])\s*+(.*)")
_WORDS = re.compile(r"\[ *+\w[\w.@+-]*+(?: *+,? *+\w[\w.@+-]*+)*+ *+,? *+")
_BACKSLASH = re.compile(r'\\["\\]?')
_BEGUN = ("while parsing a flow", "while scanning a quoted", "while scanning a simple key")


class Slip(NamedTuple):
    """What is wrong at an offset in a text (or at a column of a line, from 0), and what to type."""

    at: int
    what: str
    mend: str


def slip(error: Any, text: str) -> Slip:
    """Say what made the parser stop in `text`; `error` is what it raised."""
    at = _offset(error, text)
    start = line_start(text, at)
    line = Line.read(line_at(text, start), at - start)
    above = _lines_above(text, start)
    found = next((found for rule in _RULES if (found := rule(line, above[-1][1] if above else ""))), None)
    if found:
        return found._replace(at=start + found.at)
    return _slip_above(above) or Slip(at, _reason(error), line.in_quotes)


def loose_colon(text: str, at: int) -> Slip | None:
    """Say what is wrong with a line that was to be `key: value`, and has the colon but no blank after it."""
    start = line_start(text, at)
    found = _loose_colon(Line.read(line_at(text, start)), "")
    return found._replace(at=start + found.at) if found else None


def _offset(error: Any, text: str) -> int:
    """Tell where to look: at what was opened and never closed, at a name without a colon, else where reading ended."""
    problem, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    mark = opened if opened and str(error.context).startswith(_BEGUN) else problem or opened
    at = min(mark.index + text.startswith("\ufeff"), len(text)) if mark else 0
    return at if line_at(text, line_start(text, at)).strip(" ") else len(text[:at].rstrip())


def _reason(error: Any) -> str:
    said = (getattr(error, "context", ""), getattr(error, "problem", ""))
    return " ".join(str(part) for part in said if part) or "not YAML"


def _lines_above(text: str, start: int) -> list[tuple[int, str]]:
    """List the lines before an offset that hold something, each with the offset at which it begins."""
    found, begin = [], 0
    for shown in text[:start].splitlines(keepends=True):
        if shown.strip():
            found.append((begin, shown.rstrip()))
        begin += len(shown)
    return found


def _conflict(line: Line, _above: str) -> Slip | None:
    is_mark = line.text.startswith(("<<<<<<<", "=======", ">>>>>>>"))
    return Slip(0, "unresolved merge", MERGE_IT) if is_mark else None


def _tab(line: Line, _above: str) -> Slip | None:
    lead = line.text[: len(line.text) - len(line.text.lstrip())]
    if "\t" in lead and line.fault <= len(lead):
        return Slip(lead.index("\t"), "a tab before the field", "delete it, or put blanks in its place")
    stopped = line.text[line.fault : line.fault + 1] == "\t" and line.fault < line.value_at
    return Slip(line.fault, "a tab where YAML wants blanks", "put a blank in its place") if stopped else None


def _no_colon(line: Line, _above: str) -> Slip | None:
    if line.name or line.is_item or line.value[:1] in _CLOSED:
        return None
    return Slip(line.indent, "no colon after the name of the field", "write it as key: value, or below the ---")


def _loose_colon(line: Line, _above: str) -> Slip | None:
    loose = None if line.name or line.is_item else _LOOSE_COLON.fullmatch(line.value)
    if not loose or line.value[0] in _CLOSED:
        return None
    what = "no blank after the colon" if loose[2] == ":" else f"{loose[2]} is not the colon that YAML knows"
    return Slip(line.indent + loose.start(2), what, f"write {short(loose[1])}: {short(loose[3])}")


def _out_of_line(line: Line, above: str) -> Slip | None:
    begin = len(line.text) - len(line.text.lstrip(" "))
    if not above or line.fault > (line.indent + len(line.name) if line.name else begin):
        return None
    if begin != len(above) - len(above.lstrip(" ")):
        return Slip(begin, "it begins in another column than the line above", "let both begin in the same column")
    if line.is_item and not above.lstrip().startswith("-"):
        return Slip(begin, "a list item among the fields", "delete the dash, or put it under a field")
    return None


def _enclosed(line: Line, _above: str) -> Slip | None:
    """Look at a value that begins with a quote, a bracket or a brace."""
    sign = line.value[:1]
    closed = _CLOSED[sign].match(line.value) if sign in _CLOSED else None
    if sign not in _CLOSED:
        return None
    if not closed:
        return Slip(line.value_at, f"a {_KINDS[sign]} is opened here and never closed", _closing(line, sign))
    rest = line.value[closed.end() :].lstrip()
    if rest and not rest.startswith("#"):
        whole = line.value[1:-1] if sign in _QUOTES and line.value[-1] == sign else line.value
        mend = f"put all of it in quotes: {line.with_value(quoted(whole))}"
        return Slip(line.value_at + closed.end(), f"text after the closing {_KINDS[sign]}", mend)
    if sign not in _QUOTES:
        return Slip(max(line.fault, line.value_at), "the list cannot be read from here on", "put each item in quotes")
    doubled = _BACKSLASH.sub(lambda found: found[0] if len(found[0]) > 1 else r"\\", closed[0])
    if sign == "'" or doubled == closed[0]:
        return None
    at = max(line.text.rfind("\\", 0, line.fault + 1), line.value_at)
    return Slip(at, "a backslash that means nothing to YAML", f"double it: {line.with_value(short(doubled))}")


def _closing(line: Line, sign: str) -> str:
    if sign in _QUOTES:
        return f"close it: {line.with_value(quoted(line.value[1:]))}"
    if _WORDS.fullmatch(line.value):
        return f"close it: {line.with_value(short(line.value.rstrip(' ,')))}]"
    return f"put it in quotes: {line.with_value(quoted(line.value))}"


def _wants_quotes(line: Line, _above: str) -> Slip | None:
    if line.value[:1] in _SIGNS:
        return Slip(line.value_at, f"a value cannot begin with {line.value[0]}", line.in_quotes)
    colon = COLON.search(line.value) if line.name else None
    return Slip(line.value_at + colon.start(), "a colon inside the value", line.in_quotes) if colon else None


_RULES: tuple[Callable[[Line, str], Slip | None], ...] = (
    _conflict,
    _tab,
    _loose_colon,
    _no_colon,
    _out_of_line,
    _enclosed,
    _wants_quotes,
)


def _slip_above(above: list[tuple[int, str]]) -> Slip | None:
    """Look for what led the parser astray before it stopped: the last line without a colon, a quote never closed."""
    for number, (start, shown) in enumerate(reversed(above)):
        line = Line.read(shown)
        is_nearest = number == 0 and not line.indent and not shown.startswith("#")
        found = _enclosed(line, "") if line.value[:1] in _QUOTES else None
        found = found or (is_nearest and (_loose_colon(line, "") or _no_colon(line, ""))) or None
        if found:
            return found._replace(at=start + found.at)
    return None
