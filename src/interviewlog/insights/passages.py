"""The passages of a text, and which of them say word for word what somebody said.

Quoted are block quotes, all under a heading that says Quotes, and five words or more between double quotation marks
anywhere, since a pain that holds a sentence of theirs is a quote too. Single quotation marks are apostrophes too
often.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from interviewlog.interview import Observation

SHARED_WORDS = 5
Words: TypeAlias = tuple[str, ...]

# In scripts that put no space between words every sign stands for one.
WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")
_IN_MARKS = re.compile(r'"([^"]{1,4000})"|“([^”]{1,4000})”|„([^“”]{1,4000})[“”]|«([^»]{1,4000})»|»([^«]{1,4000})«')
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*)|$)")
_UNDERLINED = re.compile(r"^( {0,3}[^\W_].*)\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_SAYS_QUOTES = re.compile(r"\bquotes?\b", re.IGNORECASE)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_BLOCK_QUOTE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*>[> \t]*")


class Passage(NamedTuple):
    """A paragraph or list item as one line of text; `line` is the 1-based line of the text at which it begins.

    `how` says of a quoted one what shows it: "a block quote", or "words under a heading Quotes"; else it is "".
    """

    line: int
    text: str
    how: str


def passages(text: str) -> Iterator[Passage]:
    """Yield each paragraph and list item, but for headings."""
    depth, begun, is_block, chunk = 0, 0, False, list[str]()
    # A line for the underline, too, so that all below it keep their numbers.
    lines = _UNDERLINED.sub(r"## \1\n", re.sub(r"\r\n?", "\n", text)).split("\n")
    for number, line in enumerate([*lines, ""], 1):
        heading, block = _HEADING.match(line), _BLOCK_QUOTE.match(line)
        if chunk and (heading or not line.strip() or _ITEM.match(line) or (block and not is_block)):
            how = "a block quote" if is_block else "words under a heading Quotes" if depth else ""
            yield Passage(begun, " ".join(chunk), how)
            chunk, is_block = [], False
        if heading:
            if not depth or len(heading[1]) <= depth:
                depth = len(heading[1]) if _SAYS_QUOTES.search(heading[2] or "") else 0
        elif line.strip():
            begun = begun if chunk else number
            is_block = is_block or block is not None
            chunk.append(line[block.end() :].strip() if block else line.strip())


def between_marks(text: str) -> Iterator[str]:
    """Yield what stands between double quotation marks and has five words or more."""
    for found in _IN_MARKS.finditer(text):
        passage = next(filter(None, found.groups()))
        if len(folded(passage)) >= SHARED_WORDS:
            yield passage


def folded(text: str) -> Words:
    """Give the words without case, punctuation, apostrophes and invisible signs."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return tuple(WORD.findall("".join(sign for sign in plain if unicodedata.category(sign) != "Cf")))


def runs(words: Words) -> Iterator[Words]:
    """Yield each five words in a row."""
    return (words[at : at + SHARED_WORDS] for at in range(len(words) - SHARED_WORDS + 1))


def with_evidence(observations: tuple[Observation, ...]) -> Iterator[Observation]:
    """Yield observations, each with what is nested below it."""
    for each in observations:
        yield each
        yield from with_evidence(each.evidence)
