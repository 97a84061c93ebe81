"""One line of YAML, taken apart, and written again with its value in quotes."""

import re
from typing import NamedTuple

from interviewlog.yamlerror import line_at, line_start, quoted, short

QUOTE_IT = "put the value in quotes"
COLON = re.compile(r":(?=[ \t]|$)")
_LEAD = re.compile(r"[ \t]*+(?:-[ \t]++)*+")
_ITEM_ENDS = re.compile(r"[,\]}]")
_OPENING = frozenset("\"'[{")


class Line(NamedTuple):
    """One line, taken apart. Columns count from 0: where its own text begins, its value, and where reading ended."""

    text: str
    indent: int
    name: str
    value: str
    value_at: int
    fault: int

    @classmethod
    def read(cls, text: str, fault: int = 0) -> "Line":
        """Read `key: value`, also behind the dash of a list; without a key all of it is the value."""
        lead = _LEAD.match(text)
        indent = lead.end() if lead else 0
        colon = COLON.search(text, indent)
        after = text[colon.end() if colon else indent :]
        name = text[indent : colon.start()] if colon else ""
        return cls(text, indent, name, after.strip(" \t"), len(text) - len(after.lstrip(" \t")), fault)

    @property
    def is_item(self) -> bool:
        return "-" in self.text[: self.indent]

    def with_value(self, value: str) -> str:
        """Write the line with another value, as it is to be typed."""
        name = f"{short(self.name)}: " if self.name else ""
        return f"{self.text[: self.indent].lstrip()}{name}{value}"

    @property
    def in_quotes(self) -> str:
        """The mend for a value that wants quotes; general where it begins with a sign that opens something."""
        if not self.value or self.value[0] in _OPENING:
            return QUOTE_IT
        return f"put it in quotes: {self.with_value(quoted(self.value))}"


def in_quotes(text: str, at: int, value: str = "") -> str:
    """Give the mend for a value that begins at an offset in `text`: what to type, with the value in quotes.

    `value` is what the person typed, the rest of the line if that is not said; inside of a list it has to be.
    """
    start = line_start(text, at)
    line = Line.read(line_at(text, start))
    if line.value_at == at - start:
        return line._replace(value=value or line.value).in_quotes
    return f"put it in quotes: {quoted(_ITEM_ENDS.split(value)[0])}" if value else QUOTE_IT
