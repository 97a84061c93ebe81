"""The vocabulary of the front matter: every field, what it may hold, and when the scaffold shows it.

This table is the one definition; reading, drafting, checking and completion all follow it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple, TypeAlias

from interviewlog.nearest import did_you_mean
from interviewlog.slugs import is_slug
from interviewlog.weeks import EARLIEST

Kind: TypeAlias = Literal["text", "texts", "slug", "slugs", "choice", "choices", "day", "number", "flag"]
Need: TypeAlias = Literal["needed", "scaffolded", "optional"]

TYPES = ("learning", "win-loss", "site-visit", "support-listen", "sales")
RELATIONSHIPS = ("customer", "prospect", "lost", "former", "non-customer", "partner")
ROLES = ("user", "buyer", "admin", "champion", "decision-maker", "evaluator")
SOURCES = ("direct", "second-hand")
CONSENTS = ("pending", "notes", "quotes", "recording", "declined", "withdrawn")
VIAS = ("sales", "support", "cs", "marketing", "partner", "research")
CHANNELS = ("video", "phone", "onsite", "event", "chat", "email")
OUTCOMES = ("won", "lost-competitor", "lost-no-decision", "churned", "renewed", "unknown")
VISIBILITIES = ("team", "company", "restricted")


class Field(NamedTuple):
    """One key of the front matter: the kind of its value, its choices, and the longest text allowed."""

    name: str
    kind: Kind
    need: Need = "optional"
    choices: tuple[str, ...] = ()
    longest: int = 0


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("date", "day", "needed"),
        Field("product", "slug", "needed"),
        Field("customer", "text", "needed"),
        Field("pm", "texts", "needed"),
        Field("type", "choice", "needed", TYPES),
        Field("relationship", "choice", "scaffolded", RELATIONSHIPS),
        Field("roles", "choices", "scaffolded", ROLES),
        Field("source", "choice", "scaffolded", SOURCES),
        Field("consent", "choice", "scaffolded", CONSENTS),
        Field("via", "choice", choices=VIAS),
        Field("segments", "slugs"),
        Field("competitors", "slugs"),
        Field("groups", "slugs"),
        Field("hypotheses", "slugs"),
        Field("also_products", "slugs"),
        Field("sales", "texts"),
        Field("imported", "flag"),
        Field("participants", "texts"),
        Field("channel", "choice", choices=CHANNELS),
        Field("minutes", "number"),
        Field("observers", "texts"),
        Field("note_taker", "texts"),
        Field("goal", "texts"),
        Field("crm", "texts"),
        Field("consent_ref", "texts"),
        Field("recording", "texts"),
        Field("outcome", "choice", choices=OUTCOMES),
        Field("tldr", "text", longest=200),
        Field("nugget", "text", longest=280),
        Field("visibility", "choice", choices=VISIBILITIES),
        Field("retain_until", "day"),
    )
}

LONGEST_CALL = 600
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Misfit(NamedTuple):
    """A value that its field cannot hold: what is wrong, and what to write."""

    what: str
    mend: str


def typed(field: Field, value: Any) -> tuple[Any, list[Misfit]]:
    """Give `value` (str, list or dict, as typed) as the field's own type, with what did not fit.

    Texts give str, lists tuple[str, ...], days date, numbers int, flags bool; None (an empty tuple) stands for
    a value that is empty or unusable. A list keeps its usable items, a text that is too long keeps its words.
    """
    if field.kind in {"texts", "slugs", "choices"}:
        return _several(field, value)
    if not isinstance(value, str):
        mend = f"write one value after {field.name}:"
        return None, [Misfit(f"{field.name} holds a list or a mapping", mend)]
    text = value.strip()
    if not text:
        return None, []
    item, misfit = _SINGLE[field.kind](field, text)
    return item, [misfit] if misfit else []


def _several(field: Field, value: Any) -> tuple[tuple[str, ...], list[Misfit]]:
    items = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in items):
        mend = f"write a list of words: {field.name}: [one, two]"
        return (), [Misfit(f"{field.name} holds a mapping", mend)]
    texts = [item.strip() for item in items if item.strip()]
    read = [_SINGLE[field.kind](field, text) for text in texts]
    usable = tuple(item for item, _ in read if item is not None)
    return usable, [misfit for _, misfit in read if misfit]


_Read: TypeAlias = tuple[Any, Misfit | None]


def _text(field: Field, text: str) -> _Read:
    if field.longest and len(text) > field.longest:
        what = f"{field.name} has {len(text)} characters"
        return text, Misfit(what, f"shorten it to {field.longest} characters")
    return text, None


def _choice(field: Field, text: str) -> _Read:
    word = text.lower()
    if word in field.choices:
        return word, None
    return None, Misfit(f"{field.name}: {text} is not known", _one_of(field, word))


def _one_of(field: Field, word: str) -> str:
    return did_you_mean(word, field.choices) or f"write one of {', '.join(field.choices)}"


def _slug(field: Field, text: str) -> _Read:
    if is_slug(text):
        return text, None
    return None, Misfit(f"{field.name}: {text} is not a slug", "use a-z, 0-9 and hyphens only")


def _day(field: Field, text: str) -> _Read:
    if not _DAY.fullmatch(text):
        return None, Misfit(f"{field.name}: {text} is not a date", "write it as 2026-11-18, without a time")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, Misfit(f"{field.name}: there is no {text}", "write a day of the calendar")
    if day < EARLIEST:
        return None, Misfit(f"{field.name}: {text} is before 1990", "write the year with four digits")
    return day, None


def _number(field: Field, text: str) -> _Read:
    if re.fullmatch(r"[1-9]\d{0,2}", text, re.ASCII) and int(text) <= LONGEST_CALL:
        return int(text), None
    return None, Misfit(f"{field.name}: {text} is not 1 to {LONGEST_CALL}", "write whole minutes, such as 35")


def _flag(field: Field, text: str) -> _Read:
    word = text.lower()
    if word in {"true", "false"}:
        return word == "true", None
    return None, Misfit(f"{field.name}: {text} is not true or false", f"write {field.name}: true")


_SINGLE: Mapping[str, Callable[[Field, str], _Read]] = {
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
