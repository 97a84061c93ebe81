"""Away weeks in `ilog.yaml`: who is away when, and the text with more of them or fewer."""

from collections.abc import Iterable, Mapping
from typing import Any

from interviewlog.config import Config
from interviewlog.ruletext import add_to_list, set_list
from interviewlog.settings import MOST_VALUES, parse_config
from interviewlog.weeks import Week, parse_range, ranges, span
from interviewlog.yamltext import load

EVERYBODY = ""  # in the place of a roster handle: the away weeks at the top


def away(config: Config, handle: str) -> frozenset[Week]:
    """Give the weeks that are recorded for a PM, or for everybody."""
    return config.pms[handle].away if handle else config.away


def with_weeks(text: str, handle: str, weeks: Iterable[Week]) -> str:
    """Give the text with those weeks recorded that are not yet, behind the ones that are."""
    for words in ranges(frozenset(weeks) - away(parse_config(text), handle)):
        text = add_to_list(text, _keys(handle), words)
    return text


def without_weeks(text: str, handle: str, weeks: Iterable[Week]) -> str:
    """Give the text without these weeks; ranges that hold none of them stay as they were typed."""
    gone = frozenset(weeks)
    if not gone & away(parse_config(text), handle):
        return text
    left = [word for typed in _typed(text, handle) for word in _left(typed, gone)]
    return set_list(text, _keys(handle), left)


def _left(typed: str, gone: frozenset[Week]) -> list[str]:
    held = frozenset(span(*parse_range(typed)))
    return ranges(held - gone) if held & gone else [typed]


def _typed(text: str, handle: str) -> list[str]:
    value: Any = load(text, MOST_VALUES).value
    for key in _keys(handle):
        value = value.get(key, "") if isinstance(value, Mapping) else ""
    return [word for word in (value if isinstance(value, list) else [value]) if word.strip()]


def _keys(handle: str) -> tuple[str, ...]:
    return ("pms", handle, "away") if handle else ("away",)
