"""A text without what is personal in it, for lines that are shown."""

from collections.abc import Sequence

from interviewlog.insights.known import Known
from interviewlog.insights.spots import Spot
from interviewlog.insights.tracing import spots

_SHORTEST = 6  # characters of a value that is masked wherever else it stands
_MOST_ROUNDS = 8  # what was apart may come together when something between is masked
_NOTHING = "…"


def masked(text: str, known: Known) -> str:
    """Give a text with everything personal masked, what it allows itself too; nothing of it, if need be."""
    for _ in range(_MOST_ROUNDS):
        found = spots(text, known)
        if not found:
            return text
        text = _without_values(
            _without_spots(text, found), {text[each.start : each.end]: each.masked for each in found}
        )
    return _NOTHING


def _without_spots(text: str, found: Sequence[Spot]) -> str:
    pieces, at = [], 0
    for each in found:
        pieces += [text[at : each.start], each.masked]
        at = each.end
    return "".join([*pieces, text[at:]])


def _without_values(text: str, values: dict[str, str]) -> str:
    """Mask the same values where they stand inside something longer, in one walk however many they are."""
    lengths: dict[str, list[int]] = {}
    for value in sorted(values, key=len, reverse=True):
        if len(value) >= _SHORTEST:
            known = lengths.setdefault(value[:_SHORTEST], [])
            known += [] if known[-1:] == [len(value)] else [len(value)]
    pieces, at, here = [], 0, 0
    while lengths and here <= len(text) - _SHORTEST:
        ends = (here + length for length in lengths.get(text[here : here + _SHORTEST], ()))
        end = next((end for end in ends if text[here:end] in values), 0)
        if end:
            pieces += [text[at:here], values[text[here:end]]]
            at = here = end
        else:
            here += 1
    return "".join([*pieces, text[at:]])
