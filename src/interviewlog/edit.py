"""Changing what a note's front matter says, as text: a field's value, while every other byte stays.

The YAML parser says where a value stands; the change is cut in there, and the outcome is read again and compared
with what was asked for. Where the two differ, nothing is changed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from interviewlog.draft import value_text
from interviewlog.errors import Code, IlogError
from interviewlog.fields import FIELDS
from interviewlog.note import FRONT_LINE, Parts, split
from interviewlog.yamltext import YamlError, load
from interviewlog.yamltree import BY_HAND, UNUSUAL, Tree

Value: TypeAlias = str | Sequence[str]

_SURROGATE = re.compile("[\ud800-\udfff]")
# A comment behind a value that cannot be read: one that has a blank after its #.
_BESIDE = re.compile(r"[ \t]+#(?:[ \t].*)?$")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]|$)")
# What may be a field or a comment of its own: nobody can say that it is only more words of the value above it.
_OF_ITS_OWN = re.compile(r"[:\uff1a=#]")
_UNSEEN_LINE_END = re.compile("[\x85\u2028\u2029]")  # YAML begins a line there, and no editor does


def set_field(raw: bytes, key: str, value: Value) -> bytes:
    """Give a note's bytes with one field of its front matter set; see `set_fields`."""
    return set_fields(raw, {key: value})


def set_fields(raw: bytes, changes: Mapping[str, Value]) -> bytes:
    """Give a note's bytes with fields of its front matter set; a field it lacks comes before the closing ---.

    "" and [] leave a field without a value. Comments, order, quotes, line ends and the body stay; comments inside a
    value of several lines move above it. A field that cannot be read is written anew if all others can. Raises
    IlogError (65) when the front matter cannot be read, or not be changed without changing more.
    """
    wanted = {key: value if isinstance(value, str) else list(value) for key, value in changes.items()}
    try:
        parts = split(raw)
    except YamlError as error:
        raise _kept(changes, error.what, error.mend) from None
    try:
        front, head = parts.front.decode("utf-8", "surrogateescape"), parts.head.decode()
        after = _mended(front, wanted) if _is_broken_there(front, wanted) else front
        for key, value in wanted.items():
            after = _with_field(after, head, key, value)
        return _joined(parts, after.encode())
    except YamlError as error:
        raise _kept(changes, f"line {error.line}: {error.what}", error.mend) from None


def retitled(raw: bytes, old: str, new: str) -> bytes:
    """Give a note's bytes with another customer in its title; as they are where `# old` is not the first line."""
    try:
        parts = split(raw)
    except YamlError:
        return raw
    title = re.match(rb"(\s*# )" + re.escape(old.encode()) + rb"(?=[ \t]*(?:[\r\n]|\Z))", parts.body)
    return raw[: -len(parts.body)] + title[1] + new.encode() + parts.body[title.end() :] if title else raw


def values(raw: bytes) -> dict[str, Any]:
    """Give what the front matter says, as typed: texts, lists and mappings; nothing where it cannot be read."""
    try:
        return _read(split(raw).front.decode("utf-8", "surrogateescape"))
    except YamlError:
        return {}


def _kept(changes: Mapping[str, Value], what: str, mend: str) -> IlogError:
    return IlogError(f"cannot set {', '.join(changes)}: {what}", hint=mend, code=Code.BAD_NOTE)


def _joined(parts: Parts, front: bytes) -> bytes:
    """Put another front matter into a note; raises YamlError where the closing line would not be found again."""
    wanted = replace(parts, front=front)
    after = b"".join((wanted.head, front, wanted.closer, wanted.body))
    try:
        found = split(after)
    except YamlError:  # it would be about a text that nobody ever sees
        found = None
    if found != wanted:
        raise YamlError(UNUSUAL, BY_HAND, parts.body_line - 1)
    return after


def _with_field(front: str, head: str, key: str, wanted: str | list[str]) -> str:
    before = _read(front)
    if before.get(key, "" if isinstance(wanted, str) else []) == wanted:
        return front
    tree = Tree.of(front, head)
    after = tree.with_field(key, _text(key, wanted))
    if list(_read(after).items()) != list((before | {key: wanted}).items()):
        raise YamlError(UNUSUAL, BY_HAND, tree.line_of(key) + FRONT_LINE - 1)
    return after


def _text(key: str, value: Value) -> str:
    return value_text(value, FIELDS.get(key)) if value != "" else ""


def _read(front: str) -> dict[str, Any]:
    foreign = _SURROGATE.search(front)
    if foreign:
        line = front.count("\n", 0, foreign.start()) + FRONT_LINE
        raise YamlError("not UTF-8", "save the note again as UTF-8", line)
    value = load(front, first_line=FRONT_LINE).value
    if not isinstance(value, dict):
        raise YamlError("there are no fields", "write lines such as key: value", FRONT_LINE)
    return value


def _is_broken_there(front: str, changes: Mapping[str, Value]) -> bool:
    """Tell whether the front matter cannot be read, and could be without the fields that are to change.

    Raises the YamlError of front matter that cannot be read for other reasons.
    """
    try:
        _read(front)
    except YamlError as error:
        try:
            _read("".join(line for line, key in _lines(front, changes) if not key))
        except YamlError:
            raise error from None
        return True
    return False


def _mended(front: str, changes: Mapping[str, Value]) -> str:
    """Write the fields that are to change anew, whatever stood there; what is read of the others stays the same.

    Raises YamlError where a line would go that may be more than a part of the value: nothing else can tell.
    """
    written: set[str] = set()
    kept: list[str] = []
    above = ""
    for number, (line, key) in enumerate(_lines(front, changes), FRONT_LINE):
        if not key:
            kept.append(line)
        elif key in written and _is_field(line, key):
            raise YamlError(f"the key {key} stands twice", "delete one of them", number)
        elif _UNSEEN_LINE_END.search(line) or (key in written and not _goes_on(above, line)):
            raise YamlError(f"this may be more than a part of {key}", BY_HAND, number)
        elif key not in written:
            written.add(key)
            kept.append(_anew(line, _text(key, changes[key])))
            above = _BESIDE.sub("", line.rstrip("\r\n")).partition(":")[2].strip()
    others = _read("".join(line for line, key in _lines(front, changes) if not key))
    after = "".join(kept)
    if _read(after) != others | {key: changes[key] for key in written}:
        raise YamlError(UNUSUAL, BY_HAND, FRONT_LINE)
    return after


def _goes_on(above: str, line: str) -> bool:
    """Tell whether a line can only be more of a value; `above` is what stands behind its key, "" where nothing does."""
    item = _ITEM.match(line)
    if item:
        return not above and "#" not in line
    return not _OF_ITS_OWN.search(line)


def _lines(front: str, keys: Mapping[str, Value]) -> list[tuple[str, str]]:
    """Cut front matter into lines with their ends, each with which of `keys` it belongs to, "" for none."""
    found, key = [], ""
    for line in re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", front):
        begun = next((name for name in keys if _is_field(line, name)), "")
        goes_on = bool(key and re.match(r"[ \t]+[^ \t\r\n#]|-[ \t]", line))
        key = begun or (key if goes_on else "")
        found.append((line, key))
    return found


def _is_field(line: str, key: str) -> bool:
    return bool(re.match(rf"(['\"]?){re.escape(key)}\1[ \t]*:(?:[ \t\r\n]|$)", line))


def _anew(line: str, value: str) -> str:
    text = line.rstrip("\r\n")
    comment = _BESIDE.search(text)
    return f"{text[: text.index(':') + 1]} {value}".rstrip() + (comment[0] if comment else "") + line[len(text) :]
