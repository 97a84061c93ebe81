"""What reads like the name of somebody who said something."""

import re
from collections.abc import Collection, Iterator

from interviewlog.insights.spots import Spot

_SAID = re.compile(
    r"\b(?P<first>[^\W\d_][\w'’-]{1,30})[ \t]+(?P<last>[^\W\d_][\w'’-]{1,30})[ \t]+(?:also |then |just |has |had )?"
    r"(?:said|says|told|tells|mentioned|explained|asked|wrote|replied|complained|admitted)\b"
)
# Words that begin sentences, and words for what is no person.
_NO_NAMES = frozenset(
    """a an the this that these those our their his her my your its one each every both all some any no other another
    when then but and so if as after before because while since although however also today yesterday tomorrow later
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december who he she they we it you i everyone everybody nobody somebody someone
    user users customer customers buyer buyers admin admins team sales support marketing manager managers lead
    director engineer engineers ops operations finance legal it hr people company group corp inc ltd gmbh ag llc bank
    street valley city county state states university airport office
    ceo cto cfo vp head owner partner colleague colleagues product""".split()  # noqa: SIM905 - a list of words to read
)
# Words that begin the names of places, which tell nobody anything.
_BEGIN_PLACES = frozenset(
    """new san santa santo são los las south north west east southern northern western eastern central hong saint st
    united great fort port cape rio abu tel kuala buenos puerto costa sri saudi silicon latin""".split()  # noqa: SIM905
)


def speakers(text: str, ours: Collection[str]) -> Iterator[Spot]:
    """Yield what reads like the name of somebody who said something, but for names that are `ours` or public."""
    for found in _SAID.finditer(text):
        pair = (found["first"], found["last"])
        if all(word[0].isupper() and word[1].islower() for word in pair) and not is_public(pair, ours):
            yield Spot(
                "person", found.start("first"), found.end("last"), f"{pair[0][0]}… {pair[1][0]}…", is_error=False
            )


def is_public(pair: tuple[str, str], ours: Collection[str]) -> bool:
    """Tell whether two words are no person's name: a place, words for what is no person, or a name of `ours`."""
    words = {word.casefold() for word in pair}
    is_place = pair[0].casefold() in _BEGIN_PLACES
    is_ours = any(words <= {*re.findall(r"[\w'’-]+", name.casefold())} for name in ours)
    return is_place or bool(_NO_NAMES & words) or is_ours
