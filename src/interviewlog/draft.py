"""A new note's text. Values that YAML might take for something else are quoted, and read back as they were."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from interviewlog.errors import Code, IlogError
from interviewlog.fields import FIELDS, Field

Value: TypeAlias = str | int | date | Sequence[str] | None  # bool is an int

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9_.@+-]*")
_TYPED = re.compile(r"\d{4}-\d{2}-\d{2}|[1-9]\d{0,2}|true|false", re.ASCII)
_WEEKS = re.compile(r"\d{4}-W\d{2}(?:\.\.\d{4}-W\d{2})?", re.ASCII)
_NOT_A_WORD = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_UNSEEN = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_HINTS = {"day": "YYYY-MM-DD", "number": "whole minutes", "flag": "true", "slugs": "[one, two]", "texts": ""}


def draft(fields: Mapping[str, Value], body: str, *, full: bool = False) -> str:
    """Give the text of a note: front matter in the order of FIELDS, then `body` as it is.

    Needed and scaffolded fields always show, other empty ones only if `full`; an empty field carries its choices
    as a comment. Keys that are no fields follow in their own order. Raises IlogError for text that is not Unicode.
    """
    lines = [_line(field, fields.get(field.name), full=full) for field in FIELDS.values()]
    lines += [f"{scalar(key)}: {value_text(value)}".rstrip() for key, value in fields.items() if key not in FIELDS]
    return "\n".join(["---", *filter(None, lines), "---", body])


def _line(field: Field, value: Value, *, full: bool) -> str:
    """Give a field's line, "" when it is empty and not shown."""
    if value:
        return f"{field.name}: {value_text(value, field)}"
    if field.need == "optional" and not full:
        return ""
    hint = _hint(field)
    return f"{field.name}:  # {hint}" if hint else f"{field.name}:"


def _hint(field: Field) -> str:
    choices = ", ".join(field.choices)
    if field.longest:
        return f"at most {field.longest} characters"
    return f"[{choices}]" if field.kind == "choices" else choices or _HINTS.get(field.kind, "")


def value_text(value: Value, field: Field | None = None) -> str:
    """Give a value as the front matter writes it, on one line; texts of a person's own are always quoted."""
    if isinstance(value, str):
        return _one(value, field.kind if field else "texts")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, int):
        return "" if value is None else str(value).lower()
    return f"[{', '.join(scalar(item) for item in value)}]"


def _one(text: str, kind: str) -> str:
    if kind in {"day", "number", "flag"} and _TYPED.fullmatch(text):
        return text
    return quoted(text) if kind == "text" else scalar(text)


def scalar(text: str) -> str:
    """Give a text as YAML: bare where no reader of YAML takes it for anything but this text, else quoted."""
    is_bare = (_BARE.fullmatch(text) and text.casefold() not in _NOT_A_WORD) or _WEEKS.fullmatch(text)
    return text if is_bare else quoted(text)


def quoted(text: str) -> str:
    """Give a text in double quotes on one line, with everything escaped that YAML forbids or nobody sees."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise IlogError("not valid UTF-8", hint="type the text again in UTF-8", code=Code.USAGE)
    return f'"{_UNSEEN.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or (
        f"\\x{ord(character):02x}" if character <= "\xff" else f"\\u{ord(character):04x}"
    )
