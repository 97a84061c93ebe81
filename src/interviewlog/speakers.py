"""Who a line says spoke, by the codes of participants: `P2: …`, `**P2** said …`, `… (P2)`, `… – P2`, `| P2 | … |`."""

import re
from typing import NamedTuple

from interviewlog.interview import REDACTED
from interviewlog.kinds import checkbox, kind_of

_OPEN = r"[*_~`\[(\"'“”„‘’«»‹›]*"
_CLOSE = r"(?:[*_~`\])\"“”«»‹›]|['‘’](?!\w))*"
_NAME = rf"{_OPEN}P[0-9]+(?![^\W_]){_CLOSE}"
_ROLE = r"(?:[ \t]*[(\[][^()\[\]\r\n]*[)\]])?"
_NAMES = rf"{_NAME}(?:[ \t]*(?:[,&+/]|and|und)[ \t]*{_NAME})*{_ROLE}{_CLOSE}"
_BEGINS = re.compile(
    rf"(?P<names>{_NAMES})(?:(?P<alone>[ \t]*[:：]?{_CLOSE}[ \t]*$)"
    r"|(?P<sure>[ \t]*(?:[:：,–—→=>]|-+(?=[\s>]|$)))|['’]s\b|[ \t]+\S)",
    re.IGNORECASE,
)
_ENDS = re.compile(
    rf"(?:[–—]|--+|(?<=\s)-)[ \t]*(?P<names>{_NAMES})(?:,[^.!?:,\r\n]{{1,40}})?[ \t.]*(?:[ \t]+[#!]\S+)*[ \t]*$",
    re.IGNORECASE,
)
_LEADING = re.compile(r"(?:[ \t]*>)*[ \t]*(?:<!--[ \t]*)?(?:(?:[-*+•‣◦–—]|\d{1,9}[.)]|#{1,6})[ \t]+)?")
_SIGNATURE = re.compile(r"(?:[ \t]*>)*[ \t]*(?=[–—-])")
_ASIDE = re.compile(r"\([^()\r\n]*\)")
_CODE = re.compile(r"(?<![^\W_])P[0-9]+(?![^\W_])", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_ROW = re.compile(r"[ \t]*\|")


class Opening(NamedTuple):
    """The codes that a line begins with. `is_sure` where a colon, dash or comma follows, and not a word, which
    may be somebody else's; `is_alone` where nothing does.
    """

    codes: tuple[str, ...]
    is_sure: bool
    is_alone: bool


def opening(line: str) -> Opening | None:
    """Find the codes that a line begins with, behind its marker, checkbox and kind; or by whom was what is redacted."""
    words = line.rstrip("\r\n")[_LEADING.match(line).end() :]  # type: ignore[union-attr] # it matches always
    if box := checkbox(words):
        words = words[box.end() :]
    words = words.partition(":")[2].lstrip() if kind_of(words) else words
    if words.startswith(REDACTED):
        return Opening(marked(words), is_sure=True, is_alone=False)
    found = _BEGINS.match(words)
    if not found:
        return None
    return Opening(_codes(found["names"]), found["sure"] is not None, found["alone"] is not None)


def signature(line: str) -> tuple[str, ...]:
    """Give the codes behind the dash that a line ends with: `… – P2`."""
    found = _ENDS.search(line.rstrip("\r\n")) if "P" in line.upper() else None
    return _codes(found["names"]) if found else ()


def is_signature(line: str) -> bool:
    """Tell whether a line is a dash and codes, and nothing else: it signs what stands above."""
    dash = _SIGNATURE.match(line)
    return bool(dash and _ENDS.fullmatch(line.rstrip("\r\n"), dash.end()))


def marked(line: str) -> tuple[str, ...]:
    """Give the codes that stand in brackets, also as `(P1, P2)`, or behind a dash at the end: who said it."""
    aside = tuple(code for each in _ASIDE.findall(line) for code in _codes(each))
    return tuple(dict.fromkeys((*aside, *signature(line))))


def speakers(line: str) -> tuple[str, ...]:
    """Give the codes of all by whom a line says it is; a word about somebody is by whoever is marked for it."""
    codes = marked(line)
    if is_row(line):
        return tuple(dict.fromkeys((*_of_row(line), *codes)))
    begun = opening(line)
    return tuple(dict.fromkeys((*begun.codes, *codes))) if begun and (begun.is_sure or not codes) else codes


def is_row(line: str) -> bool:
    """Tell whether a line is a row of a table, which begins with a bar."""
    return bool(_ROW.match(line))


def redacted_row(line: str, shell: str, rest: str) -> str:
    """Give a row with the same number of cells: `shell` in the first one, `rest` in the others."""
    number = len(_cells(line))
    return f"| {' | '.join([shell, *[rest] * (number - 1)])} |"


def _of_row(line: str) -> tuple[str, ...]:
    """Give the codes in a row's first cell; none where others hold codes alone, for that is a head."""
    first, *others = _cells(line)
    begun = _BEGINS.match(first)
    is_head = any((each := _BEGINS.match(cell)) and each["alone"] is not None for cell in others)
    return _codes(begun["names"]) if begun and not is_head else ()


def _cells(line: str) -> list[str]:
    cells = [each.strip() for each in _PIPE.split(line.strip())][1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.upper() for code in _CODE.findall(text))
