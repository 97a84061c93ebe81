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
from interviewlog.yamlerror import quoted, short

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
    """One key of the front matter: the kind of its value, its choices, the longest text allowed, and what it says."""

    name: str
    kind: Kind
    need: Need = "optional"
    choices: tuple[str, ...] = ()
    longest: int = 0
    says: str = ""


FIELDS: Mapping[str, Field] = {
    field.name: field
    for field in (
        Field("date", "day", "needed", says="The day of the conversation."),
        Field("product", "slug", "needed", says="The folder's name."),
        Field("customer", "text", "needed", says="The company, or a code name; never a person."),
        Field("pm", "texts", "needed", says="Who led it: handle on the roster, or e-mail. A list puts the lead first."),
        Field("type", "choice", "needed", TYPES, says="Learning, win-loss and site-visit meet the goal."),
        Field("relationship", "choice", "scaffolded", RELATIONSHIPS, says="What the customer is to us."),
        Field("roles", "choices", "scaffolded", ROLES, says="In what roles the people we talked with were heard."),
        Field("source", "choice", "scaffolded", SOURCES, says="At first hand, or through whom via says."),
        Field("consent", "choice", "scaffolded", CONSENTS, says="Below quotes, no words of theirs leave the note."),
        Field("via", "choice", choices=VIAS, says="Through whom it was heard, if at second hand."),
        Field("segments", "slugs", says="Segments of ilog.yaml that the customer belongs to."),
        Field("competitors", "slugs", says="Competitors that were spoken of."),
        Field("groups", "slugs", says="Groups of notes that this one belongs to."),
        Field("hypotheses", "slugs", says="Hypotheses of ilog.yaml that it says something about."),
        Field("also_products", "slugs", says="Further products that it was about: one note, seen under each."),
        Field("sales", "texts", says="The account's people who get a copy."),
        Field("imported", "flag", says="Taken over from elsewhere, so it is never late."),
        Field("participants", "texts", says="Codes such as P1, with their role; never names."),
        Field("channel", "choice", choices=CHANNELS, says="How we talked."),
        Field("minutes", "number", says="How long it took."),
        Field("observers", "texts", says="Who listened."),
        Field("note_taker", "texts", says="Who wrote."),
        Field("goal", "texts", says="What we wanted to learn."),
        Field("crm", "texts", says="Where the customer stands in the CRM."),
        Field("consent_ref", "texts", says="Where the consent is kept."),
        Field("recording", "texts", says="Where the recording is kept: elsewhere, never beside the note."),
        Field("outcome", "choice", choices=OUTCOMES, says="How it ended, of a win-loss conversation."),
        Field("tldr", "text", longest=200, says='One line that completes "talked with X, …".'),
        Field("nugget", "text", longest=280, says="One line that executives remember."),
        Field("visibility", "choice", choices=VISIBILITIES, says="Who may read it; company when unset."),
        Field("retain_until", "day", says="Kept until this day."),
    )
}

LONGEST_CALL = 600
_BETWEEN = re.compile(r"[,;/&+|]| and ")  # what people put between two words where YAML wants a list
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,2}", re.ASCII)


class Misfit(NamedTuple):
    """A value that its field cannot hold: what is wrong, what to write, and of a list which item it is (from 1)."""

    what: str
    mend: str
    item: int = 0


def typed(field: Field, value: Any) -> tuple[Any, list[Misfit]]:
    """Give `value` (str, list or dict, as typed) as the field's own type, with what did not fit.

    Texts give str, lists tuple[str, ...], days date, numbers int, flags bool; None (an empty tuple) stands for
    a value that is empty or unusable. A list keeps its usable items, a text that is too long keeps its words.
    """
    if field.kind in _LISTS:
        return _several(field, value)
    if not isinstance(value, str):
        mend = f'write one value: {field.name}: "…"'
        return None, [Misfit(f"{field.name} holds a list or a mapping", mend)]
    text = value.strip()
    if not text:
        return None, []
    item, misfit = _SINGLE[field.kind](field, text)
    return item, [misfit] if misfit else []


_LISTS = frozenset({"texts", "slugs", "choices"})


def _several(field: Field, value: Any) -> tuple[tuple[str, ...], list[Misfit]]:
    read = _SINGLE[field.kind]
    usable: list[str] = []
    misfits: list[Misfit] = []
    for number, each in enumerate(value, 1) if isinstance(value, list) else ((0, value),):
        if not isinstance(each, str):
            return (), [Misfit(f"{field.name} holds a list or a mapping", _in_quotes(field, each), number)]
        if text := each.strip():
            item, misfit = read(field, text)
            if item is not None:
                usable.append(item)
            if misfit:
                misfits.append(misfit._replace(item=number))
    return tuple(usable), misfits


def _in_quotes(field: Field, item: Any) -> str:
    """Say how to write an item that YAML took for a mapping, as it does with `P1: ops lead`."""
    if isinstance(item, dict) and len(item) == 1:
        ((key, value),) = item.items()
        if isinstance(value, str) and field.kind == "texts":
            return f"put it in quotes: {quoted(f'{key}: {value}')}"
    return f"write a list of words: {field.name}: [one, two]"


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
    return None, Misfit(f"{field.name}: {short(text)} is not known", _one_of(field, word))


def _one_of(field: Field, word: str) -> str:
    several = [each.strip() for each in _BETWEEN.split(word)]
    if field.kind == "choices" and len(several) > 1 and all(each in field.choices for each in several):
        return f"write {field.name}: [{', '.join(several)}]"
    return did_you_mean(word, field.choices) or f"write one of {', '.join(field.choices)}"


def _slug(field: Field, text: str) -> _Read:
    if is_slug(text):
        return text, None
    return None, Misfit(f"{field.name}: {short(text)} is not a slug", "use a-z, 0-9 and hyphens only")


def _day(field: Field, text: str) -> _Read:
    if not _DAY.fullmatch(text):
        return None, Misfit(f"{field.name}: {short(text)} is not a date", "write it as 2026-11-18, without a time")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, Misfit(f"{field.name}: there is no {short(text)}", "write a day of the calendar")
    if day < EARLIEST:
        return None, Misfit(f"{field.name}: {short(text)} is before 1990", "write the year with four digits")
    return day, None


def _number(field: Field, text: str) -> _Read:
    if _NUMBER.fullmatch(text) and int(text) <= LONGEST_CALL:
        return int(text), None
    return None, Misfit(f"{field.name}: {short(text)} is not 1 to {LONGEST_CALL}", "write whole minutes, such as 35")


def _flag(field: Field, text: str) -> _Read:
    word = text.lower()
    if word in {"true", "false"}:
        return word == "true", None
    return None, Misfit(f"{field.name}: {short(text)} is not true or false", f"write {field.name}: true")


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
