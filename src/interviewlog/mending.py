"""What can be mended in a note without asking anybody, as text; every other byte stays.

Mended is what means one thing only: short kinds, an observation that lacks a blank or has a star too many, a plural,
`product` beside its folder, a choice that is a slip of the finger away from exactly one. A kind that is misspelt, or
that a dash follows, may be a word of its own: that is left to whoever wrote it.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from interviewlog.edit import set_fields, values
from interviewlog.errors import IlogError
from interviewlog.fields import FIELDS
from interviewlog.interview import Interview, NearMiss
from interviewlog.kinds import KNOWN, checkbox, plain
from interviewlog.note import parse, split
from interviewlog.observations import read_body
from interviewlog.problem import product_of
from interviewlog.shorthand import spelt_out
from interviewlog.slugs import is_slug

_ALIKE = 0.8
_SHORTEST_PLURAL = 4
_LINES = re.compile(r"(\r\n|\n|\r)")
_CERTAIN = re.compile(r"(\*\*|__|\*|_)(?P<marked>[A-Za-z]+)(?::\1|\1[ \t]*:)|(?P<plain>[A-Za-z]{2,})[ \t]*[:：]")
_NUMBER = re.compile(r"([ \t]*)\d{1,9}[.)][ \t]+")


def mended(path: str, raw: bytes, template: frozenset[str] = frozenset()) -> bytes:
    """Give a note's bytes with all of that mended; the same bytes where there is nothing, or nothing certain."""
    raw = _with_fields(path, raw)
    note = parse(path, raw, template)
    return _with_body(raw, note, template) if isinstance(note, Interview) else raw


def _with_fields(path: str, raw: bytes) -> bytes:
    for key, value in _changes(path, values(raw)).items():
        try:
            raw = set_fields(raw, {key: value})
        except IlogError:
            continue  # written in a way that only a person can change
    return raw


def _changes(path: str, said: dict[str, Any]) -> dict[str, Any]:
    """Give the fields that say something else than they certainly mean, with what they mean."""
    folder = product_of(path)
    changes: dict[str, Any] = {}
    if said.get("product") and said["product"] != folder and is_slug(folder):
        changes["product"] = folder
    for name, value in said.items():
        choices = FIELDS[name].choices if name in FIELDS else ()
        words = value if isinstance(value, list) else [value]
        if choices and all(isinstance(word, str) for word in words):
            meant = [_meant(word, choices) for word in words]
            if meant != words:
                changes[name] = meant if isinstance(value, list) else meant[0]
    return changes


def _meant(word: str, choices: Sequence[str]) -> str:
    """Give the one choice that a word is like; the word itself where it is a choice, like none, or like several."""
    from difflib import get_close_matches

    lower = word.strip().lower()
    if not lower or lower in choices:
        return word
    near = get_close_matches(lower, choices, n=2, cutoff=_ALIKE)
    return near[0] if len(near) == 1 else word


def _with_body(raw: bytes, note: Interview, template: frozenset[str]) -> bytes:
    parts = split(raw)
    body = _with_kinds(note, template)
    with suppress(ValueError):  # it would be read as something else
        body, _ = spelt_out(body, template)
    return b"".join((parts.head, parts.front, parts.closer, body.encode()))


def _with_kinds(note: Interview, template: frozenset[str]) -> str:
    """Give the note's body with near misses turned into the observations they certainly are."""
    lines = _LINES.split(note.text)
    at = {miss.line: 2 * (miss.line - note.body_line) for miss in note.body.near_misses}
    changed = {miss.line: _observation(lines[at[miss.line]], miss) for miss in note.body.near_misses}
    for line, text in changed.items():
        lines[at[line]] = text
    after = "".join(lines)
    read = read_body(after, note.body_line, template)
    is_whole = len(read.items) >= len(note.body.items) and read.unclosed == note.body.unclosed
    return after if is_whole and len(read.near_misses) <= len(note.body.near_misses) else note.text


def _observation(line: str, miss: NearMiss) -> str:
    """Give the line of a near miss as the observation it certainly is; else as it stands."""
    at = line.find(miss.text)
    if at < 0:
        return line  # a comment stands in the middle of it
    rest = line[at + len(miss.text) :]
    if not line[:at].strip():  # a bullet that Markdown does not know
        return f"{line[:at]}{miss.mend}{rest}"
    number = _NUMBER.match(line)
    if number and miss.mend == f"- {miss.text}":
        return f"{number[1]}{miss.mend}{rest}"
    box = checkbox(miss.text)
    return f"{line[:at]}{box[0] if box else ''}{miss.mend[2:]}{rest}" if _is_certain(miss.text) else line


def _is_certain(text: str) -> bool:
    found = _CERTAIN.match(plain(text))
    word = (found["marked"] or found["plain"]).lower() if found else ""
    return word in KNOWN or (len(word) >= _SHORTEST_PLURAL and word.endswith("s") and word[:-1] in KNOWN)
