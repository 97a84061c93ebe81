"""When two notes on one customer and day tell one conversation: the same people, or nearly the same words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil

from interviewlog.interview import REDACTED, Interview

_NEARLY = 0.8
_SHINGLE = 4


def is_same_conversation(earlier: Interview, later: Interview) -> bool:
    """Tell whether two notes on one customer and day are one conversation: same people or nearly same words."""
    if earlier.participants and set(earlier.participants) == set(later.participants):
        return True
    return _likeness(earlier.text, later.text) >= _NEARLY


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t].*)?$", re.MULTILINE)


def own_runs(body: str) -> set[int]:
    """Give the runs of four own words in a body, each as a number that stands for it while this process lasts."""
    return {hash(run) for run in _runs(_words(body))}


@lru_cache(maxsize=1024)
def _own_words(body: str) -> tuple[tuple[str, ...], frozenset[tuple[str, ...]]]:
    """Give a body's own words, and the runs of four of them; remembered, for a note is compared with several."""
    words = _words(body)
    return tuple(words), frozenset(_runs(words))


def _words(body: str) -> list[str]:
    own = _HEADING.sub("", _COMMENT.sub("", body)).replace(REDACTED, "")  # two redacted notes are not two alike
    return re.findall(r"\w+", own.casefold())


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(_SHINGLE)), strict=False)


def _likeness(one: str, other: str) -> float:
    """Compare texts by the runs of four words they share (Jaccard index): 1.0 equal, 0.0 nothing in common."""
    (words, runs), (other_words, other_runs) = _own_words(one), _own_words(other)
    if words == other_words:
        return 1.0 if words else 0.0
    return _share(runs, other_runs)


def kin(notes: Sequence[Interview]) -> list[frozenset[int]]:
    """Group notes on one customer and day, so that two are the same conversation if and only if they share a group.

    Groups hold the notes' numbers, two at least. A thousand notes must not take a million comparisons: whoever has
    the same participants or words is one group, and of the others only those are compared that share a rare run.
    """
    by_people, by_words = defaultdict[frozenset[str], set[int]](set), defaultdict[tuple[str, ...], set[int]](set)
    for number, note in enumerate(notes):
        if note.participants:
            by_people[frozenset(note.participants)].add(number)
        if words := _own_words(note.text)[0]:
            by_words[words].add(number)
    texts = list(by_words.values())
    told = [_own_words(notes[min(each)].text)[1] for each in texts]
    near = [texts[one] | texts[other] for one, other in _near(told)]
    return [frozenset(group) for group in (*by_people.values(), *texts, *near) if len(group) > 1]


def _near(told: Sequence[frozenset[tuple[str, ...]]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that are alike enough.

    Two sets of which four fifths are shared also share one of the rarest fifth (and one more) of each: prefix
    filtering, as Chaudhuri, Ganti and Kaushik describe it (2006).
    """
    often = Counter(run for runs in told for run in runs)
    begun = defaultdict[tuple[str, ...], list[int]](list)
    for number, runs in enumerate(told):
        rarest = sorted(runs, key=lambda run: (often[run], run))[: len(runs) - ceil(_NEARLY * len(runs) - 1e-9) + 1]
        for other in {each for run in rarest for each in begun[run]}:
            if _share(runs, told[other]) >= _NEARLY:
                yield other, number
        for run in rarest:
            begun[run].append(number)


def _share(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0
