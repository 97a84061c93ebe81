"""The front matter as a JSON Schema (draft 2020-12), so that an editor completes and marks it while one types.

Made from `fields.FIELDS` alone. An editor reads YAML's own types where ilog takes every value as text: `007` is a
number to it, an empty value null. So the schema is wider than ilog there, and narrower in one thing: it knows fixed
words in small letters only, which is what it offers.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from interviewlog.fields import FIELDS, LONGEST_CALL, Field, Kind
from interviewlog.slugs import LONGEST, RESERVED

Schema: TypeAlias = dict[str, Any]

_NOTHING: tuple[Schema, ...] = ({"type": "null"}, {"type": "string", "maxLength": 0})
_ALWAYS = ("date", "product", "customer", "type")
_WORD: Schema = {"type": ["string", "number", "boolean"]}


def front_matter() -> Schema:
    """Give the schema of a note's front matter. Keys that are no fields are allowed, as ilog keeps them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of an interview note",
        "type": "object",
        "properties": {field.name: _property(field) for field in FIELDS.values()},
        "required": list(_ALWAYS),
        "allOf": [
            _if("source", "second-hand", then="via", otherwise="pm"),
            _if("type", "win-loss", then="outcome"),
        ],
        "additionalProperties": True,
    }


def _if(key: str, value: str, *, then: str, otherwise: str = "") -> Schema:
    """Ask for the field `then` where `key` has this value, and for the field `otherwise` where it has not."""
    rule: Schema = {"if": {"properties": {key: {"const": value}}, "required": [key]}, "then": {"required": [then]}}
    return rule | ({"else": {"required": [otherwise]}} if otherwise else {})


def _property(field: Field) -> Schema:
    forms = [_KINDS[field.kind](field)]
    if field.kind in {"texts", "slugs", "choices"}:
        forms.append({"type": "array", "items": {"anyOf": [*forms, *_NOTHING]}})
    if field.name not in {"date", "customer", "type"}:
        forms += _NOTHING
    shape = forms[0] if len(forms) == 1 else {"anyOf": forms}
    return {"description": _description(field), **shape}


def _description(field: Field) -> str:
    return f"{field.says} At most {field.longest} characters." if field.longest else field.says


def _text(field: Field) -> Schema:
    word = {**_WORD, "pattern": r"\S"}
    return word | ({"maxLength": field.longest} if field.longest else {})


def _choice(field: Field) -> Schema:
    return {"enum": list(field.choices)}


def _slug(_field: Field) -> Schema:
    pattern = rf"^[a-z0-9][a-z0-9-]{{0,{LONGEST - 1}}}$"
    return {"type": ["string", "integer"], "pattern": pattern, "minimum": 0, "not": {"enum": sorted(RESERVED)}}


def _day(_field: Field) -> Schema:
    years, months, days = r"(199\d|[2-9]\d{3})", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
    return {"type": "string", "format": "date", "pattern": f"^{years}-{months}-{days}$"}


def _number(_field: Field) -> Schema:
    as_text = {"type": "string", "pattern": rf"^([1-9]\d?|[1-5]\d\d|{LONGEST_CALL})$"}
    return {"anyOf": [{"type": "integer", "minimum": 1, "maximum": LONGEST_CALL}, as_text]}


def _flag(_field: Field) -> Schema:
    return {"enum": [True, False, "true", "false"]}


_KINDS: Mapping[Kind, Callable[[Field], Schema]] = {
    "text": _text,
    "texts": _text,
    "slug": _slug,
    "slugs": _slug,
    "choice": _choice,
    "choices": _choice,
    "day": _day,
    "number": _number,
    "flag": _flag,
}
