"""Taking back what one participant said, as text: their items with all that is nested below, their paragraphs and rows,
and what stands below a heading that is their code.

What is theirs, `speakers` tells and `turns` gathers. Its marker, its kind and the code stay; every other line keeps
each of its bytes. Lines that say nothing of who spoke, and those of others that name them, are for a person to read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from interviewlog.blocks import BULLET, FENCE, HEADING, ITEM, Block, blocks
from interviewlog.hidden import without_comments
from interviewlog.interview import REDACTED
from interviewlog.kinds import checkbox, kind_of
from interviewlog.note import split
from interviewlog.speakers import is_row, redacted_row, speakers
from interviewlog.turns import codes_of, turns_of
from interviewlog.yamltree import Tree

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_QUOTED = re.compile(r"[ \t]*>[> \t]*")
_OURS = re.compile(rf"{re.escape(REDACTED)}(?: \(P[0-9]+\))*(?: -->|(?: \| {re.escape(REDACTED)})* \|)?\s*$")


class Boilerplate(NamedTuple):
    """The stripped lines of the templates, which nobody said: `lines` stand anywhere, `hints` inside HTML comments."""

    lines: frozenset[str] = frozenset()
    hints: frozenset[str] = frozenset()


NO_TEMPLATE = Boilerplate()


def codes_in(body: str, template: Boilerplate) -> frozenset[str]:
    """Give the codes of all who are marked in a body as having said something of it; templates have examples."""
    lines = _split(body)
    nobodys = _nobodys(lines, template)
    return frozenset(code for at, line in enumerate(lines) if at not in nobodys for code in speakers(line))


def _nobodys(lines: Sequence[str], template: Boilerplate) -> frozenset[int]:
    """Give the lines, by number, that stand in a template."""
    found, inside = set(), False
    for at, raw in enumerate(lines):
        line = raw.strip()
        was_inside = inside
        shown, inside = without_comments(raw.rstrip("\r\n"), inside=was_inside)
        is_hidden = (was_inside or "<!--" in raw) and not shown.strip()
        if line in template.lines or (is_hidden and line in template.hints):
            found.add(at)
    return frozenset(found)


def is_code_of(participant: str, code: str) -> bool:
    """Tell whether an entry of `participants`, such as `P2 – ops lead`, is about this code."""
    return bool(re.match(rf"\s*{code}(?!\w)", participant, re.IGNORECASE))


def code_alone(participant: str, code: str) -> str:
    """Give an entry of `participants` without what it says of a person, if it is about this code."""
    is_told = is_code_of(participant, code) and participant.strip().upper() != code
    return f"{code} – {REDACTED}" if is_told else participant


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A body without the words of one participant.

    `taken` are the texts that went, `lines` the 0-based lines of the old body that went or were written anew.
    """

    text: str
    taken: tuple[str, ...]
    lines: frozenset[int]


def without(body: str, code: str, template: Boilerplate = NO_TEMPLATE) -> Withdrawn:
    """Take what a participant said out of a note's body; `code` is theirs, such as P2."""
    lines = _split(body)
    anew: dict[int, str] = {}
    taken = []
    found = blocks(lines)
    items = {each.first: each for each in found if each.kind == "item"}
    for block in turns_of(found, lines, code, _nobodys(lines, template)):
        if block.own[0] in anew:  # it went with what it is nested in
            continue
        taken.append(" ".join(_words(lines[at]) for at in block.lines if at not in anew))
        anew |= _redacted(block, lines, [items[at] for at in block.lines if at in items])
    text = "".join(anew.get(at, line) for at, line in enumerate(lines))
    return Withdrawn(text, tuple(taken), frozenset(anew))


def naming(text: str, code: str, template: Boilerplate = NO_TEMPLATE) -> tuple[int, ...]:
    """Give the 1-based lines of a note that name a participant still, and were not written by us."""
    theirs = re.compile(rf"(?<![^\W_]){code}(?![^\W_])", re.IGNORECASE)
    lines = _split(text)
    nobodys = _nobodys(lines, template)
    return tuple(
        at + 1 for at, line in enumerate(lines) if theirs.search(line) and not _OURS.search(line) and at not in nobodys
    )


def _split(body: str) -> list[str]:
    return [found[0] for found in _LINES.finditer(body) if found[0]]


def with_line(raw: bytes, name: str, line: str) -> bytes:
    """Give a note's bytes with another line in the place of a field's; what comments beside it say goes as well.

    The same bytes when the note has no such field. Raises YamlError when it cannot be read.
    """
    parts = split(raw)
    tree = Tree.of(parts.front.decode(), parts.head.decode())
    entry = tree.entry([name])
    if not entry:
        return raw
    stop = tree.end(entry.value)
    stop = stop if tree.root.flow_style else tree.line_stop(stop)
    front = tree.cut(entry.key.start_mark.index, stop, line)
    return b"".join((parts.head, front.encode(), parts.closer, parts.body))


def _words(line: str) -> str:
    """Give a line's words: without its marker, checkbox and kind."""
    found = ITEM.fullmatch(line.strip())
    words = found[4] if found else _QUOTED.sub("", line, count=1)
    box = checkbox(words)
    words = words[box.end() :] if box else words
    return (words.partition(":")[2] if kind_of(words) else words).strip()


def _redacted(block: Block, lines: Sequence[str], items: Iterable[Block]) -> dict[int, str]:
    """Give the lines that come in the place of a block's; "" for one that goes. `items` are those in it."""
    first, last = block.first, block.lines[-1]
    shell = f"{REDACTED}{_said_by(block, lines)}"
    anew = {at: "" if lines[at].strip() else lines[at] for at in block.lines}
    nested = {item.first: _item(item, lines) for item in items}
    match block.kind:
        case "item":
            return anew | nested
        case "fence":
            ends = {at: lines[at] for at in {first, last} if FENCE.match(lines[at])}
            return anew | {min(first + 1, last): f"{shell}{_end(lines[first])}"} | ends
        case "comment":
            return anew | {first: f"<!-- {shell} -->{_end(lines[first])}"}
    if is_row(lines[first]):
        return anew | {first: f"{redacted_row(lines[first], shell, REDACTED)}{_end(lines[first])}"}
    found = HEADING.match(lines[first]) or _QUOTED.match(lines[first]) or BULLET.match(lines[first])
    return anew | nested | {first: f"{found[0] if found else ''}{shell}{_end(lines[first])}"}


def _item(item: Block, lines: Sequence[str]) -> str:
    """Give an item without its words: of the same kind, and by the same people."""
    line = lines[item.first].rstrip("\r\n")
    found = ITEM.match(line)
    if not found:
        return f"{REDACTED}{_end(lines[item.first])}"
    blank, mark, gap, words = found.groups()
    box = checkbox(words)
    rest = words[box.end() :] if box else words
    kind = f"{rest.partition(':')[0]}: " if kind_of(rest) else ""
    return f"{blank}{mark}{gap}{kind}{REDACTED}{_said_by(item, lines)}{_end(lines[item.first])}"


def _said_by(block: Block, lines: Sequence[str]) -> str:
    return "".join(f" ({code})" for code in codes_of(block, lines))


def _end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
