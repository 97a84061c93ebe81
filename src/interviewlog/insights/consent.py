"""What may leave a note, and for whom: its visibility, the customer's consent, and the customer's name.

Below `consent: quotes` nothing that somebody said word for word may leave. Quoted are `quote:` items, also nested or
misspelt ones, and what `passages` tells. A text is withheld when it shares five words in a row with one of them, or
is one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from shlex import quote

from interviewlog.errors import Code, IlogError
from interviewlog.insights.passages import WORD, Words, between_marks, folded, passages, runs, with_evidence
from interviewlog.interview import Interview
from interviewlog.observations import read_body

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


@dataclass(frozen=True, slots=True)
class Withheld:
    """The words of a note that may not leave it: whole passages, and each five words in a row of them."""

    passages: frozenset[Words] = frozenset()
    runs: frozenset[Words] = frozenset()
    all_may_leave: bool = False

    def holds(self, text: str) -> bool:
        """Tell whether `text`, as the note has it, gives away what somebody said."""
        if self.all_may_leave:
            return False
        words = folded(text)
        return words in self.passages or not self.runs.isdisjoint(runs(words)) or any(between_marks(text))


def withheld(interview: Interview) -> Withheld:
    """Give what consent keeps back of this note; nothing once quotes are allowed."""
    if may_quote(interview):
        return Withheld(all_may_leave=True)
    said = frozenset(filter(None, map(folded, _quoted(interview))))
    return Withheld(said, frozenset(run for words in said for run in runs(words)))


def _quoted(interview: Interview) -> Iterator[str]:
    mended = "\n".join(miss.mend[miss.mend.index("- ") :] for miss in interview.body.near_misses)
    for each in with_evidence(interview.body.observations + read_body(mended).observations):
        if each.kind == "quote":
            yield each.text
    for passage in passages(interview.text):
        yield from between_marks(passage.text)
        if passage.how:
            yield passage.text
            read = read_body(passage.text)
            yield from (each.text for each in with_evidence(read.observations))
            yield from read.items


def without_customer(text: str, interview: Interview) -> str:
    """Put "the customer" wherever `text` names them: in full, without the last words, or by one telling word.

    The first word of the name is telling in any case, the others only as the name spells them.
    """
    name = unicodedata.normalize("NFC", interview.customer)
    patterns = [re.escape(name)]
    for words in filter(None, (WORD.findall(name), interview.slug.split("-"))):
        beginnings = [words[:end] for end in range(len(words), min(len(words), 2) - 1, -1)]
        patterns += [r"[\W_]*".join(map(re.escape, beginning)) for beginning in beginnings]
        patterns += [re.escape(word) for word in words[:1] if _is_telling(word)]
        patterns += [f"(?-i:{re.escape(word)})" for word in words[1:] if _is_telling(word) and not word.islower()]
    whole = "|".join(sorted(patterns, key=len, reverse=True))
    return re.sub(rf"(?<![A-Za-z0-9])(?:{whole})(?![A-Za-z0-9])", "the customer", text, flags=re.IGNORECASE)


def _is_telling(word: str) -> bool:
    return len(word) >= 4 or (len(word) > 1 and word.isupper())  # noqa: PLR2004
