"""What of a body is by one participant: blocks that are marked so, and what belongs to those.

A heading that is a code has all below it, to the next one of its level; a code alone on a line has the block below it,
or the list; a signature alone on a line has the quote above it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from interviewlog.blocks import Block
from interviewlog.interview import REDACTED
from interviewlog.speakers import is_signature, marked, opening, speakers

_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_QUOTE = re.compile(r"[ \t]*>")


def turns_of(found: Sequence[Block], lines: Sequence[str], code: str, nobodys: frozenset[int]) -> Iterator[Block]:
    """Yield the blocks of one participant, with what belongs to each, in their order; the lines of `nobodys` tell
    nothing. A block may be nested in one that came before it.
    """
    for number, block in enumerate(found):
        own = replace(block, own=[at for at in block.own if at not in nobodys])
        if block.kind == "fence" and not any(code in marked(lines[at]) and not opening(lines[at]) for at in own.own):
            yield from _inside(own, lines, code)
        elif code in codes_of(own, lines):
            yield _whole(found, number, own, lines)


def codes_of(block: Block, lines: Sequence[str]) -> tuple[str, ...]:
    """Give the codes of those by whom a block says it is: in its first line, in brackets, or behind a dash."""
    found: list[str] = []
    for at in block.own:
        begun = opening(lines[at])
        is_about = block.kind == "heading" and begun and not (begun.is_sure or begun.is_alone)
        is_ahead = at == block.first or block.kind == "comment"
        found += speakers(lines[at]) if is_ahead and not is_about else marked(lines[at])
    return tuple(dict.fromkeys(found))


def _inside(block: Block, lines: Sequence[str], code: str) -> Iterator[Block]:
    """Yield the turns that one takes in a fence: from the line that begins with the code to another's."""
    turn: Block | None = None
    for at in block.own[1:]:
        begun = opening(lines[at])
        if begun and begun.is_sure:
            if turn:
                yield turn
            turn = Block("words", at) if code in begun.codes else None
        if turn and not lines[at].lstrip().startswith(("```", "~~~")):
            turn.lines.append(at)
            turn.own.append(at)
    if turn:
        yield turn


def _whole(found: Sequence[Block], number: int, own: Block, lines: Sequence[str]) -> Block:
    """Give a block, of which `own` is what counts, with the lines of all that belong to it."""
    if (level := _level(found, number, lines)) and _is_theirs_alone(own, lines, level):
        ends = (each.first for at, each in enumerate(found) if at > number and 0 < _level(found, at, lines) <= level)
        below = range(own.first + (1 if own.kind == "heading" else 2), next(ends, len(lines)))
        return replace(own, lines=[own.first, *below])
    if level:
        return own if own.kind == "heading" else replace(own, lines=[own.first, *own.lines[2:]])
    if own.kind != "words" or len(own.lines) != 1:
        return own
    is_below = is_signature(lines[own.first])
    all_of_it = [*_signed(found, number, lines), own] if is_below else [own, *_headed(found, number, lines)]
    return replace(own, first=all_of_it[0].first, lines=sorted({at for each in all_of_it for at in each.lines}))


def _is_theirs_alone(heading: Block, lines: Sequence[str], level: int) -> bool:
    """Tell whether what stands below a heading is by one; a title often lists who was there."""
    begun = opening(lines[heading.first])
    if heading.kind != "heading":
        return bool(begun and begun.is_alone)
    is_code = begun is not None and REDACTED not in lines[heading.first]
    return len(codes_of(heading, lines)) == 1 and (level > 1 or is_code)


def _level(found: Sequence[Block], number: int, lines: Sequence[str]) -> int:
    """Give the level of a block that is a heading, 0 for any other; one line with a line drawn below is one, too."""
    block = found[number]
    if block.kind == "heading":
        return lines[block.first].split(maxsplit=1)[0].count("#")
    if block.kind != "words" or is_signature(lines[block.first]):
        return 0
    below = [at for each in found[number : number + 2] for at in each.lines if at == block.first + 1]
    drawn = _UNDERLINE.match(lines[below[0]].rstrip("\r\n")) if below else None
    return 0 if not drawn else 1 if drawn[1].startswith("=") else 2


def _signed(found: Sequence[Block], number: int, lines: Sequence[str]) -> list[Block]:
    """Give the block above a line that is a signature only: what it is near to, or a quote."""
    above = found[max(0, number - 1)]
    is_near = above.kind in {"words", "fence"} and above.lines[-1] == found[number].first - 1
    return [above] if is_near or (number and _QUOTE.match(lines[above.first])) else []


def _headed(found: Sequence[Block], number: int, lines: Sequence[str]) -> list[Block]:
    """Give what stands below a line that is a code only: one block, or a list up to what is another's."""
    begun = opening(lines[found[number].first])
    below = found[number + 1 :]
    if not begun or not begun.is_alone or not below:
        return []
    if below[0].kind == "item":
        codes = set(begun.codes)
        return list(takewhile(lambda each: each.kind == "item" and codes.issuperset(codes_of(each, lines)), below))
    is_another = below[0].kind == "heading" or opening(lines[below[0].first])
    return [] if is_another else [below[0]]
