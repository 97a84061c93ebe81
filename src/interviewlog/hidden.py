"""What of a body nobody reads: HTML comments, and code inside a line."""

import re

_TICKS = re.compile(r"`+")
_TICKS_OR_COMMENT = re.compile(r"`+|<!--")


def without_comments(line: str, *, inside: bool) -> tuple[str, bool]:
    """Cut `<!-- … -->` out of a line; the second value tells whether a comment is open at its end."""
    if not inside and "<!--" not in line:
        return line, False
    start = line.find("-->") + 3 if inside else 0
    if inside and start < 3:  # noqa: PLR2004 - not found
        return "", True
    kept: list[str] = []
    code_ends = _code_ends(line)
    at = start
    while found := _TICKS_OR_COMMENT.search(line, at):
        if found[0] != "<!--":
            at = code_ends.get(found.start(), found.end())
            continue
        kept.append(line[start : found.start()])
        end = line.find("-->", found.end())
        if end < 0:
            return "".join(kept), True
        at = start = end + 3
    return "".join([*kept, line[start:]]), False


def _code_ends(text: str) -> dict[int, int]:
    """Map each run of backticks to the end of the code it opens: that of the next run of the same length.

    A regular expression with a back-reference says the same, in quadratic time.
    """
    ends: dict[int, int] = {}
    nearest: dict[int, int] = {}
    for start, end in reversed([run.span() for run in _TICKS.finditer(text)]):
        if end - start in nearest:
            ends[start] = nearest[end - start]
        nearest[end - start] = end
    return ends


def without_code(text: str) -> str:
    """Blank out inline code, keeping the length."""
    ends = _code_ends(text)
    kept: list[str] = []
    at = 0
    while run := _TICKS.search(text, at):
        end = ends.get(run.start())
        kept.append(text[at : run.end() if end is None else run.start()])
        at = end or run.end()
        kept.append("\x00" * (0 if end is None else end - run.start()))
    return "".join([*kept, text[at:]])


def hidden_lines(text: str) -> list[tuple[int, str]]:
    """Give the lines that stand in an HTML comment opened above them, as (1-based line, stripped text).

    Nobody reads those; a comment of one line is taken as meant so.
    """
    found, inside = [], False
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        was_inside = inside
        seen, inside = without_comments(raw, inside=was_inside)
        if raw.strip() and was_inside and not seen.strip():
            found.append((number, raw.strip()))
    return found
