"""Cutting a note in four, and saying what stands where its front matter should."""

import re
from dataclasses import dataclass

from interviewlog.yamlerror import YamlError, line_at, place

_OPENER = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*(?:\r\n|\n|\r)")
# That a line begins here is asked last: a search for its signs is five times as fast.
_CLOSER = re.compile(rb"(?:---(?<![^\r\n]---)|\.\.\.(?<![^\r\n]\.\.\.))[ \t]*(?:\r\n|\n|\r|\Z)")
_MOST_SEEN = 64 * 1024  # bytes of a note in which its missing fence is looked for
_FIRST_WORD = re.compile(r"[\ufeff\s]*+(?=\S)")
_DASHES = r"[ \t]*[-–—‐.…][-–—‐.… \t]*"
_KEY = r"[^\W\d][\w-]*:"
_CLOSING = re.compile(rf"{_DASHES}|---.*")
_MAY_BE_FRONT = re.compile(rf"{_KEY}|[ \t]|-[ \t]|$")
_START = "start the note with a line --- and its fields"


@dataclass(frozen=True, slots=True)
class Parts:
    """A note cut in four, so that `head + front + closer + body` is every byte of it again."""

    head: bytes
    front: bytes
    closer: bytes
    body: bytes

    @property
    def body_line(self) -> int:
        """The file's 1-based number of the body's first line."""
        above = self.head + self.front + self.closer
        return 1 + above.count(b"\n") + above.count(b"\r") - above.count(b"\r\n")


def split(raw: bytes) -> Parts:
    """Cut a note into its four parts. Raises YamlError saying what stands where front matter should."""
    opener = _OPENER.match(raw)
    if not opener:
        raise _never_opened(raw[:_MOST_SEEN].decode(errors="replace"))
    closer = _CLOSER.search(raw, opener.end())
    if not closer:
        raise _never_closed(raw[:_MOST_SEEN].decode(errors="replace"))
    return Parts(
        raw[: opener.end()], raw[opener.end() : closer.start()], raw[closer.start() : closer.end()], raw[closer.end() :]
    )


_NOT_READ = "which ilog does not read", "write its fields as YAML, between two lines ---"
_INSTEAD = (
    (re.compile(r"\+\+\+"), f"front matter in TOML, {_NOT_READ[0]}", _NOT_READ[1]),
    (re.compile(r"\{"), f"front matter in JSON, {_NOT_READ[0]}", _NOT_READ[1]),
    (
        re.compile(r"```|~~~"),
        "no front matter, since it is in a code fence",
        "write a line --- in the place of both fences",
    ),
    (re.compile(r"---\Z"), "no front matter, since something stands above its ---", "let the note begin with ---"),
    (re.compile(f"{_DASHES}\\Z"), "no front matter, since this is not a line ---", "write --- in its place"),
    (re.compile(_KEY), "no front matter, since no --- stands above the fields", "add a line --- above it"),
)


def _never_opened(text: str) -> YamlError:
    found = _FIRST_WORD.match(text)
    if not found:
        return YamlError("the note is empty", _START)
    first = line_at(text, found.end()).rstrip()
    kinds = ((what, mend) for pattern, what, mend in _INSTEAD if pattern.match(first))
    what, mend = next(kinds, ("no front matter", _START))
    return YamlError(what, mend, *place(text, found.end()))


def _never_closed(text: str) -> YamlError:
    """Say where front matter was to end: at a line that is almost ---, else above the first that cannot be a field."""
    what, begin = "the front matter is never closed", 0
    for number, shown in enumerate(text.splitlines(keepends=True)):
        line = shown.rstrip("\r\n")
        if number and _CLOSING.fullmatch(line):
            why = f"{what}, since this is not a line ---"
            return YamlError(why, "write --- in its place, from the first column", *place(text, begin))
        if number and not _MAY_BE_FRONT.match(line):
            return YamlError(what, "add a line --- above it", *place(text, begin))
        begin += len(shown)
    return YamlError(what, "add a line --- after the last field", *place(text, len(text.rstrip())))
