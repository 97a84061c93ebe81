"""Names of people: those of `people.yaml`, however they are written.

Compared are tokens, as in a search: case, accents, hyphens and line ends make no difference, so file names and
hard-wrapped lines hide nothing.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from interviewlog.insights.spots import NO_CODE, Spot
from interviewlog.person import Person
from interviewlog.query import placed, tokens
from interviewlog.slugs import slug

_Words = list[tuple[str, int, int]]
_Names = dict[str, list[tuple[tuple[str, ...], str]]]

_WIDEST_GAP = 12  # characters between two words of a name: a comma, marks of emphasis, a line's end and its indentation
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "ø": "oe"})
_CODE = re.compile(r"[A-Za-z][A-Za-z]{0,11}(?:[-_ ]?[A-Za-z]{1,12})?[-_ ]?\d{0,4}")
_SHORTEST_TOGETHER = 6  # letters of a name written in one piece, `janedoe`


def people(text: str, listed: Sequence[Person]) -> Iterator[Spot]:
    """Yield the names of `listed` people in a text, each shown by the code of that person, as `[P1]`."""
    names = _names(tuple(listed))
    words = placed(text) if names else []
    at = 0
    while at < len(words):
        length, code = _longest(text, words, at, names.get(words[at][0], ()))
        if length:
            yield Spot("person", words[at][1], words[at + length - 1][2], code)
        at += length or 1


@lru_cache(maxsize=1)  # a thousand names take longer than the note they are searched in
def _names(listed: tuple[Person, ...]) -> _Names:
    """File all ways to write the names under their first words."""
    words_of_all = {word for person in listed for name in person.names for word in tokens(name) if len(word) > 1}
    names: _Names = {}
    for person in listed:
        is_plain = _CODE.fullmatch(person.code) and not words_of_all & {*tokens(person.code)}
        code = f"[{person.code}]" if is_plain else NO_CODE
        for name in person.names:
            for spelt in {name, name.translate(_GERMAN), slug(name)}:
                for way in _ways(tuple(tokens(spelt))):
                    names.setdefault(way[0], []).append((way, code))
    return names


def _ways(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield a name as it is, with the last word first, and in one piece."""
    letters = "".join(words)
    if len(letters) > 1:
        yield words
    if len(words) > 1:
        yield (words[-1], *words[:-1])
        if len(letters) >= _SHORTEST_TOGETHER:
            yield (letters,)


def _longest(text: str, words: _Words, at: int, ways: Collection[tuple[tuple[str, ...], str]]) -> tuple[int, str]:
    """Give how many words from `at` on are a name, and whose; 0 for none."""
    found = ((_length(text, words, at, way), code) for way, code in ways)
    return max(found, key=lambda each: each[0], default=(0, ""))


def _length(text: str, words: _Words, at: int, way: tuple[str, ...]) -> int:
    """Compare the words from `at` on with a name; an initial may stand between two of them, an s behind the last."""
    here = at
    for number, wanted in enumerate(way):
        if number and words[here : here + 1] and _is_initial(words[here][0]) and words[here][0] != wanted:
            here += 1
        if here >= len(words) or (here > at and not _is_near(text[words[here - 1][2] : words[here][1]])):
            return 0
        ends = {wanted, f"{wanted}s"} if number and number == len(way) - 1 else {wanted}
        if words[here][0] not in ends:
            return 0
        here += 1
    return here - at


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isascii() and word.isalpha()


def _is_near(gap: str) -> bool:
    return len(gap) <= _WIDEST_GAP and gap.count("\n") + gap.count("\r") - gap.count("\r\n") < 2  # noqa: PLR2004 - paragraphs
