"""What may leave a note, and for whom: its visibility, the customer's consent, and the customer's name.

Below `consent: quotes` nothing that somebody said word for word may leave. Quoted are: `quote:` items, also
nested or misspelt ones, block quotes, all under a heading that says Quotes, and five words or more between double
quotation marks anywhere, since a pain that holds a sentence of theirs is a quote too. A text is withheld when
it shares five words in a row with one of them, or is one. Single quotation marks are apostrophes too often.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from shlex import quote

from interviewlog.errors import Code, IlogError
from interviewlog.interview import Interview, Observation
from interviewlog.observations import read_body

SHARED_WORDS = 5
SOMEBODY = "a customer"


class Audience(StrEnum):
    """Who reads a text that leaves the folder."""

    TEAM = "team"
    EXECS = "execs"
    SALES = "sales"


def may_quote(interview: Interview) -> bool:
    """Tell whether the customer's own words may be passed on; a note that does not say counts as pending."""
    return interview.consent in {"quotes", "recording"}


def is_restricted(interview: Interview) -> bool:
    """Tell whether neither the customer's name nor the path, which holds it, may leave."""
    return interview.visibility == "restricted"


def refuse(interview: Interview, audience: Audience) -> None:
    """Raise IlogError (77) when the note's visibility keeps it from `audience`."""
    if interview.visibility == "team" and audience is not Audience.TEAM:
        raise IlogError(
            f"visibility: team keeps this note from {audience}: {interview.path}",
            hint=f"ilog edit {quote(interview.path)}, and write visibility: company if they may read it",
            code=Code.REFUSED,
        )


def no_nugget(interview: Interview) -> IlogError:
    """Give the error for a note without a nugget that may leave, with the field that would change it."""
    edit = f"ilog edit {quote(interview.path)}, and"
    if interview.is_stub:
        what, mend = f"consent: {interview.consent} leaves no nugget", "choose another note"
        return IlogError(f"{what}: {interview.path}", hint=f"ilog list, and {mend}", code=Code.REFUSED)
    if interview.nugget and not may_quote(interview):
        what = f"the nugget quotes the customer, and consent is {interview.consent or 'pending'}"
        mend = "write nugget: in your own words, or consent: quotes once they agreed"
        return IlogError(f"{what}: {interview.path}", hint=f"{edit} {mend}", code=Code.REFUSED)
    hint = f"{edit} write one good line after nugget:"
    return IlogError(f"no nugget to pass on: {interview.path}", hint=hint, code=Code.BAD_NOTE)


_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """The words of a note that may not leave it: whole passages, and each five words in a row of them."""

    passages: frozenset[_Words] = frozenset()
    runs: frozenset[_Words] = frozenset()
    all_may_leave: bool = False

    def holds(self, text: str) -> bool:
        """Tell whether `text`, as the note has it, gives away what somebody said."""
        if self.all_may_leave:
            return False
        words = _folded(text)
        return words in self.passages or not self.runs.isdisjoint(_runs(words)) or any(_between_marks(text))


def withheld(interview: Interview) -> Withheld:
    """Give what consent keeps back of this note; nothing once quotes are allowed."""
    if may_quote(interview):
        return Withheld(all_may_leave=True)
    passages = frozenset(filter(None, map(_folded, _quoted(interview))))
    return Withheld(passages, frozenset(run for words in passages for run in _runs(words)))


# In scripts that put no space between words every sign stands for one.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+")
_IN_MARKS = re.compile(r'"([^"]{1,4000})"|“([^”]{1,4000})”|„([^“”]{1,4000})[“”]|«([^»]{1,4000})»|»([^«]{1,4000})«')


def _folded(text: str) -> _Words:
    """Give the words without case, punctuation, apostrophes and invisible signs."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'", "").replace("’", "")
    return tuple(_WORD.findall("".join(sign for sign in plain if unicodedata.category(sign) != "Cf")))


def _runs(words: _Words) -> Iterator[_Words]:
    return (words[at : at + SHARED_WORDS] for at in range(len(words) - SHARED_WORDS + 1))


def _between_marks(text: str) -> Iterator[str]:
    for found in _IN_MARKS.finditer(text):
        passage = next(filter(None, found.groups()))
        if len(_folded(passage)) >= SHARED_WORDS:
            yield passage


def _quoted(interview: Interview) -> Iterator[str]:
    mended = "\n".join(miss.mend[miss.mend.index("- ") :] for miss in interview.body.near_misses)
    for each in _with_evidence(interview.body.observations + read_body(mended).observations):
        if each.kind == "quote":
            yield each.text
    for is_quoted, chunk in _chunks(interview.text):
        yield from _between_marks(chunk)
        if is_quoted:
            yield chunk
            read = read_body(chunk)
            yield from (each.text for each in _with_evidence(read.observations))
            yield from read.items


def _with_evidence(observations: tuple[Observation, ...]) -> Iterator[Observation]:
    for each in observations:
        yield each
        yield from _with_evidence(each.evidence)


_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*)|$)")
_UNDERLINED = re.compile(r"^( {0,3}[^\W_].*)\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_SAYS_QUOTES = re.compile(r"\bquotes?\b", re.IGNORECASE)
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_BLOCK_QUOTE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*>[> \t]*")


def _chunks(text: str) -> Iterator[tuple[bool, str]]:
    """Yield each paragraph and list item as one line, and whether it is a block quote or under a heading Quotes."""
    depth, is_quoted, chunk = 0, False, list[str]()
    lines = _UNDERLINED.sub(r"## \1", re.sub(r"\r\n?", "\n", text))
    for line in [*lines.split("\n"), ""]:
        heading, block = _HEADING.match(line), _BLOCK_QUOTE.match(line)
        if chunk and (heading or not line.strip() or _ITEM.match(line) or (block and not is_quoted)):
            yield is_quoted or depth > 0, " ".join(chunk)
            chunk, is_quoted = [], False
        if heading:
            if not depth or len(heading[1]) <= depth:
                depth = len(heading[1]) if _SAYS_QUOTES.search(heading[2] or "") else 0
        elif line.strip():
            is_quoted = is_quoted or block is not None
            chunk.append(line[block.end() :].strip() if block else line.strip())


def without_customer(text: str, interview: Interview) -> str:
    """Put "the customer" wherever `text` names them: in full, without the last words, or by one telling word.

    The first word of the name is telling in any case, the others only as the name spells them.
    """
    name = unicodedata.normalize("NFC", interview.customer)
    patterns = [re.escape(name)]
    for words in filter(None, (_WORD.findall(name), interview.slug.split("-"))):
        beginnings = [words[:end] for end in range(len(words), min(len(words), 2) - 1, -1)]
        patterns += [r"[\W_]*".join(map(re.escape, beginning)) for beginning in beginnings]
        patterns += [re.escape(word) for word in words[:1] if _is_telling(word)]
        patterns += [f"(?-i:{re.escape(word)})" for word in words[1:] if _is_telling(word) and not word.islower()]
    whole = "|".join(sorted(patterns, key=len, reverse=True))
    return re.sub(rf"(?<![A-Za-z0-9])(?:{whole})(?![A-Za-z0-9])", "the customer", text, flags=re.IGNORECASE)


def _is_telling(word: str) -> bool:
    return len(word) >= 4 or (len(word) > 1 and word.isupper())  # noqa: PLR2004
