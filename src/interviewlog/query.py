"""What a search asks for, and whether a note answers it.

Notes and queries are cut into tokens here and nowhere else. An index that is given the tokens, set apart by
spaces, cannot disagree with reading every note: whatever else it may do to a text, there is nothing left to do.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from interviewlog.errors import Code, IlogError
from interviewlog.interview import Interview

Span = tuple[int, int]

_LONGEST = 200  # characters of one token; what is longer is read as a phrase, and an index keeps no monsters
# Scripts that set no spaces between words, and Hangul, whose words grow at their ends: each sign is a token, so
# that any run of them is found as a phrase.
_ALONE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u3041-\u31bf\u31f0-\u31ff"  # Hiragana, Katakana, Bopomofo
    "\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"  # Hangul
)
_TOKEN = re.compile(rf"[^\W_{_ALONE}]{{1,{_LONGEST}}}|[^\W_]")
_ASCII_TOKEN = re.compile(rf"[a-z0-9]{{1,{_LONGEST}}}")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_IGNORED = frozenset({"Mn", "Mc", "Me", "Cf"})  # marks on letters, and what has no shape
_SOUND_MARKS = "\u3099\u309a"  # they make another syllable of a kana, not an accented one
# Letters that Unicode does not take apart, as people type them where their keyboard has no such key.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "þ": "th", "æ": "ae", "œ": "oe"})
_QUOTE = re.compile('["“”„]')


def tokens(text: str) -> list[str]:
    """Cut a text into the words that are compared: without case, accents, punctuation and white space."""
    if text.isascii():
        return _ASCII_TOKEN.findall(text.lower())
    folded = _folded(text)  # of most texts only dashes and quotes were foreign
    return (_ASCII_TOKEN if folded.isascii() else _TOKEN).findall(folded)


def placed(text: str) -> list[tuple[str, int, int]]:
    """Give the tokens of a text with the part of it that each comes from, `text[start:end]`."""
    where = _Origin.of(text)
    found = _TOKEN.finditer(_folded(text))
    return [(token[0], where.start(token.start()), where.end(token.end())) for token in found]


def _folded(text: str) -> str:
    return _FOREIGN.sub(lambda run: _fold(run[0]), text).lower()


@lru_cache(maxsize=4096)
def _fold(run: str) -> str:
    signs = unicodedata.normalize("NFKD", run)
    kept = "".join(
        sign if sign.isalnum() or sign in _SOUND_MARKS else " "
        for sign in signs
        if sign in _SOUND_MARKS or unicodedata.category(sign) not in _IGNORED
    )
    return unicodedata.normalize("NFC", kept.casefold().translate(_PLAIN))


@dataclass(frozen=True, slots=True)
class Query:
    """Phrases that must all occur, each as tokens side by side; the very last token may be the start of a word."""

    phrases: tuple[tuple[str, ...], ...]
    is_open: bool = True

    def fts(self) -> str:
        """Give the expression for an FTS5 table whose text is `" ".join(tokens(…))` and whose tokenizer is `ascii`."""
        return " AND ".join(f'"{" ".join(phrase)}"' for phrase in self.phrases) + (" *" if self.is_open else "")

    def matches(self, words: Sequence[str]) -> bool:
        """Tell whether a text with these tokens is found."""
        text = f" {' '.join(words)} "
        ends = (" ",) * (len(self.phrases) - 1) + ("" if self.is_open else " ",)
        return all(f" {' '.join(phrase)}{end}" in text for phrase, end in zip(self.phrases, ends, strict=True))

    def places(self, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield where phrases occur: the number of the phrase, its first token, the one after its last."""
        for number, (*head, tail) in enumerate(self.phrases):
            is_open = self.is_open and number == len(self.phrases) - 1
            for at, last in enumerate(words[len(head) :]):
                is_last = last.startswith(tail) if is_open else last == tail
                if is_last and words[at : at + len(head)] == head:
                    yield number, at, at + len(head) + 1

    def spans(self, text: str) -> tuple[Span, ...]:
        """Give the parts of a text that were asked for, from left to right and apart."""
        found, where = list(_TOKEN.finditer(_folded(text))), _Origin.of(text)
        hits = self.places([token[0] for token in found])
        joined: list[Span] = []
        for start, end in sorted((where.start(found[a].start()), where.end(found[b - 1].end())) for _, a, b in hits):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where in a text the characters of its folded form come from; `edges` is how far each character leads."""

    edges: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "_Origin":
        if text.isascii():
            return cls(range(len(text) + 1))
        steps = (1 if sign < "\x80" else _step(text[max(at - 2, 0) : at], sign) for at, sign in enumerate(text))
        return cls(list(accumulate(steps, initial=0)))

    def start(self, offset: int) -> int:
        return bisect_right(self.edges, offset) - 1

    def end(self, offset: int) -> int:
        """Give the end of what leads to an offset, with the marks that stand on it."""
        return max(bisect_left(self.edges, offset), bisect_right(self.edges, offset) - 1)


def _step(before: str, sign: str) -> int:
    """Measure what a character adds: a sound mark, or the end of a Hangul syllable, joins the two before it."""
    return max(len(_fold(before + sign)) - len(_fold(before)), 0)


def parse_query(words: str | Sequence[str]) -> Query:
    """Read what a person typed: words, and "several words" in double quotes to have them side by side.

    Raises IlogError (usage) when there is neither a letter nor a digit in it.
    """
    text = words if isinstance(words, str) else " ".join(words)
    pieces = _QUOTE.split(text)
    phrases: list[tuple[str, ...]] = []
    is_open = True
    for at, piece in enumerate(pieces):
        is_quoted = at % 2 == 1 and at < len(pieces) - 1
        for each in [piece] if is_quoted else piece.split():
            if phrase := tuple(tokens(each)):
                phrases.append(phrase)
                is_open = not is_quoted
    if not phrases:
        raise IlogError(f"nothing to search for: {text}", hint="ilog search pricing", code=Code.USAGE)
    return Query(tuple(phrases), is_open)


# What a note is found by: the words people chose. Words of a fixed vocabulary are asked for by flags: nobody who
# types `sales` wants every sales call.
_FIELDS = (
    "customer", "product", "pm", "tldr", "nugget", "segments", "competitors", "groups", "hypotheses",
    "also_products", "sales", "participants", "observers", "note_taker", "goal", "crm", "consent_ref", "recording",
)  # fmt: skip
BODY = ""


def searched(note: Interview) -> Iterator[tuple[str, str]]:
    """Yield the texts of a note that are searched, by the name of their field; the body has none."""
    yield "path", note.path.rpartition("/")[2].removesuffix(".md")
    for name in _FIELDS:
        if value := getattr(note, name):
            yield name, value if isinstance(value, str) else ", ".join(value)
    for name, value in note.extra.items():
        if text := _text(value):
            yield name, text
    yield BODY, _written(note.text)


def searchable(note: Interview) -> str:
    """Give all the text that a note is found by."""
    return "\n".join(text for _, text in searched(note))


def _text(value: object) -> str:
    """Give what a person wrote under a key that ilog does not know."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_text(each)}" for key, each in value.items())
    return ", ".join(_text(each) for each in value) if isinstance(value, list) else str(value or "")


def _written(body: str) -> str:
    """Blank out the comments, which are the template's questions; the lines stay where they are."""
    kept, at = [], 0
    while (start := body.find("<!--", at)) >= 0 and (end := body.find("-->", start + 4) + 3) > 2:  # noqa: PLR2004 - found
        kept += [body[at:start], "".join(sign if sign in "\r\n" else " " for sign in body[start:end])]
        at = end
    return "".join([*kept, body[at:]])
