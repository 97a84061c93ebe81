"""The kinds of observations, and how a list item says which one it is."""

import re

KINDS = (
    "pain",
    "delight",
    "need",
    "workaround",
    "behaviour",
    "surprise",
    "quote",
    "goal",
    "objection",
    "request",
    "question",
    "context",
)
SHORT = {
    "p": "pain",
    "d": "delight",
    "n": "need",
    "w": "workaround",
    "b": "behaviour",
    "s": "surprise",
    "q": "quote",
    "g": "goal",
    "o": "objection",
    "r": "request",
    "c": "context",
}
KNOWN = {**{kind: kind for kind in KINDS}, "behavior": "behaviour", **SHORT}
LONG = (*KINDS, "behavior")

_CHECKBOX = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
_KIND = re.compile(r"([A-Za-z]+):[ \t]\s*(?=\S)")  # behind the blank, what editors put for one: U+00A0


def kind_of(text: str) -> str | None:
    """Give the kind that a text begins with, spelt out; None when it begins with none."""
    found = _KIND.match(text)
    return KNOWN.get(found[1].lower()) if found else None


def checkbox(text: str) -> re.Match[str] | None:
    """Find the checkbox a list item begins with."""
    return _CHECKBOX.match(text)


def plain(text: str) -> str:
    """Give a list item's words without its checkbox."""
    return (_CHECKBOX.sub("", text, count=1) if "[" in text else text).strip()
