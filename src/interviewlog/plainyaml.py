"""Front matter in the form that nearly every note has: a `key: value` in each line, of words, quoted text or a list.

That is read here for a fifth of what the YAML parser's events cost. All else is left to them; and what is read here
is what they would give, value and lines: a property in the tests holds the two together.
"""

import re
from typing import NamedTuple

# What YAML cannot hold, or takes for the end of a line. Asked for once, so that all classes below are of ASCII alone:
# those with ranges beyond it take 50 ms to compile.
_ODD = "[\x80-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
_ANY = r"[^\x00-\x1f\x7f]"
_START = r"(?=[A-Za-z0-9]|[^\x00-\x7f])"  # no sign that means something to YAML
_SIGNS = r"[^\x00-\x20#:\x7f]"
_WORD = rf"{_SIGNS}++(?::(?=[^\x00-\x20\x7f]){_SIGNS}*+)*+"
_WORDS = f"{_START}{_WORD}(?: ++{_WORD})*+"
_IN_DOUBLE = r'[^\x00-\x1f"\\\x7f]*+'  # without the backslash: it would have to be understood
_IN_SINGLE = r"[^\x00-\x1f'\x7f]*+"
_ITEM_SIGNS = r"""[^\x00-\x20!"#$%'*,:<=>?\[\\\]^`{|}~\x7f]"""
_ITEM_WORDS = f"{_START}{_ITEM_SIGNS}++(?: ++{_ITEM_SIGNS}++)*+"
_ITEM = f"(?:{_ITEM_WORDS}|\"{_IN_DOUBLE}\"|'{_IN_SINGLE}')"
_LIST = rf"\[ *+(?:{_ITEM}(?: *+, *+{_ITEM})*+ *+)?\]"
_VALUE = f"({_WORDS})|\"({_IN_DOUBLE})\"|'({_IN_SINGLE})'|({_LIST})"
_KEY = "[A-Za-z_][A-Za-z0-9_-]{0,99}"
_LINE = re.compile(f"^(?:({_KEY}):(?: ++(?:{_VALUE}))?(?: ++#(?: {_ANY}*+)?| *+)|#{_ANY}*+|)$", re.MULTILINE)
_EACH_ITEM = re.compile(f"({_ITEM_WORDS})|\"({_IN_DOUBLE})\"|'({_IN_SINGLE})'")


class Plain(NamedTuple):
    """What a text says: the value of each key, and the line of each key."""

    values: dict[str, str | list[str]]
    lines: dict[str, int]


def read(text: str, most: int, first_line: int = 1) -> Plain | None:
    """Read lines of `key: value`, of which the first has the number `first_line`.

    None for what is not plainly that, holds a key twice, or more than `most` values.
    """
    if not text.isascii() and re.search(_ODD, text):
        return None
    found = _LINE.findall(text)
    if len(found) <= text.count("\n"):
        return None
    values: dict[str, str | list[str]] = {}
    lines: dict[str, int] = {}
    count = 1
    for number, (key, words, double, single, items) in enumerate(found, first_line):
        if not key:
            continue
        if key in values:
            return None
        if items:
            listed = ["".join(item) for item in _EACH_ITEM.findall(items)]
            values[key] = listed
            count += len(listed)
        else:
            values[key] = words or double or single
        lines[key] = number
    return Plain(values, lines) if count + 2 * len(values) <= most else None
