"""List items that were probably meant as observations: `pain:x`, `**pain**: x`, `pains: x`, `pian: x`."""

import re

from interviewlog.kinds import KNOWN, LONG, plain

_BOLD_KIND = re.compile(r"(\*\*|__|\*|_)([A-Za-z]+)(?::\1|\1[ \t]*:)[ \t]*(.*)")
_LOOSE_KIND = re.compile(r"([A-Za-z]+)[ \t]*(?::|：| [-–] )[ \t]*(.*)")
# Everyday words one letter away from a kind; a suggestion for them would be noise.
_WORDS_OF_THEIR_OWN = frozenset(
    {"paid", "pair", "paint", "plain", "quota", "quite", "goat", "nerd", "contest", "content"}
)
_SHORTEST_WORD = 4


def near_miss(text: str) -> str:
    """Tell how a list item must start to be the observation it was probably meant as; "" for plain prose."""
    words = plain(text)
    bold = _BOLD_KIND.fullmatch(words)
    found = (bold[2], bold[3]) if bold else None
    if not found:
        loose = _LOOSE_KIND.fullmatch(words)
        if not loose or not loose[2] or loose[2].startswith(("//", "\\")):
            return ""
        found = (loose[1], loose[2])
    kind = _meant(found[0].lower(), exact=not bold and " - " not in words[:16] and "–" not in words[:16])
    return f"- {kind}: {found[1]}".rstrip() if kind else ""


def _meant(word: str, *, exact: bool) -> str:
    """Give the kind that `word` stands for: itself, its plural, or one slip of the finger away."""
    if word in KNOWN and (len(word) > 1 or exact):
        return KNOWN[word]
    if word.endswith("s") and len(word) >= _SHORTEST_WORD and word[:-1] in KNOWN:
        return KNOWN[word[:-1]]
    if len(word) < _SHORTEST_WORD or word in _WORDS_OF_THEIR_OWN:
        return ""
    return next((KNOWN[kind] for kind in LONG if kind[0] == word[0] and _is_one_slip(word, kind)), "")


def _is_one_slip(word: str, kind: str) -> bool:
    """True when one letter is missing, added or changed, or two neighbours are swapped."""
    if abs(len(word) - len(kind)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, kind, strict=False)) if a != b), min(len(word), len(kind)))
    rest, want = word[at:], kind[at:]
    return (
        rest[1:] == want[1:]
        or rest[1:] == want
        or rest == want[1:]
        or (rest[:2] == want[1::-1] and rest[2:] == want[2:])
    )
