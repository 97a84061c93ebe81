"""When two notes on one customer and day tell one conversation: the same people, or nearly the same words."""

import re
from functools import lru_cache

from interviewlog.interview import Interview

_NEARLY = 0.8
_SHINGLE = 4


def is_same_conversation(earlier: Interview, later: Interview) -> bool:
    """Tell whether two notes on one customer and day are one conversation: same people or nearly same words."""
    if earlier.participants and set(earlier.participants) == set(later.participants):
        return True
    return _likeness(earlier.text, later.text) >= _NEARLY


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t].*)?$", re.MULTILINE)


@lru_cache(maxsize=1024)
def _own_words(body: str) -> tuple[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """Give a body's own words, and the runs of four of them; remembered, for a note is compared with several."""
    words = re.findall(r"\w+", _HEADING.sub("", _COMMENT.sub("", body)).casefold())
    runs = (tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
    return tuple(words), frozenset(runs)


def _likeness(one: str, other: str) -> float:
    """Compare texts by the runs of four words they share (Jaccard index): 1.0 equal, 0.0 nothing in common."""
    (words, runs), (other_words, other_runs) = _own_words(one), _own_words(other)
    if words == other_words:
        return 1.0 if words else 0.0
    shared = len(runs & other_runs)
    return shared / (len(runs) + len(other_runs) - shared) if shared else 0.0
