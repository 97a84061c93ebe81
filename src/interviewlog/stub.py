"""What is left of a note once its words are taken back: the lines that counting needs, and no other.

The stub counts as the note did; that of a note that was empty, or could not be read, counts as the conversation it was,
where its fields can be told. A line that stays is the person's own, byte for byte, but for its comment; where it
holds more than its field can, it is written anew with what can stay. The outcome is read again and compared.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from interviewlog.draft import scalar, value_text
from interviewlog.fields import FIELDS, typed
from interviewlog.interview import REDACTED, Interview
from interviewlog.note import parse, split
from interviewlog.notepath import FileName
from interviewlog.problem import Problem, product_of
from interviewlog.slugs import is_slug, slug
from interviewlog.yamltext import YamlError, load
from interviewlog.yamltree import Tree

KEPT = (
    *("date", "product", "customer", "pm", "type", "relationship", "roles", "source", "consent", "via", "segments"),
    *("also_products", "imported", "channel", "minutes", "observers", "outcome", "visibility", "participants"),
)
"""Fields that a stub may have: those that figures are made of, and who may see it. Of participants only marks stay."""

# Of a note that cannot be read, only what nobody can write a sentence into.
_SURE = ("type", "relationship", "source", "via", "imported", "channel", "minutes", "outcome", "visibility")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_LINE = re.compile(r"^([a-z_]+):[ \t]*(\S[^\r\n]*)", re.MULTILINE)
_COMMENT = re.compile(r"[ \t]#.*")
_MOST_READ = 64 * 1024
_MARK = re.compile(rf"{re.escape(REDACTED)}(?: \d+)?")
IsColleague = Callable[[str], bool]


def stub(
    path: str,
    raw: bytes,
    is_colleague: IsColleague,
    *,
    same: str = "",
    template: frozenset[str] = frozenset(),
) -> bytes:
    """Give the stub of a note's bytes; of a stub, the same bytes again.

    `is_colleague` tells of an observer whether the roster knows them: only then they stay. `same`, the same for all
    notes that tell one conversation, keeps them told apart from other ones (see `likeness`). It says
    `consent: withdrawn`, except where consent was never given.
    """
    note = parse(path, raw, template)
    if isinstance(note, Problem):
        return _from_path(note, raw, is_colleague)
    wanted = _left_of(note, is_colleague, same)
    for lines in (_own_lines(raw, wanted), _new_lines(wanted)):
        found = _written(raw, lines)
        if _says(parse(path, found, template), wanted):
            return found
    return _written(raw, _new_lines(wanted))


def is_mark(participant: str) -> bool:
    """Tell whether a participant is only the mark that one was there, or that notes tell one conversation."""
    return bool(_MARK.fullmatch(participant))


_Values = Mapping[str, Any]


def _consent(before: str | None) -> str:
    return "declined" if before == "declined" else "withdrawn"


def _left_of(note: Interview, is_colleague: IsColleague, same: str) -> dict[str, Any]:
    """Give the fields that stay, with their values as they are read."""
    values = {name: getattr(note, name) for name in KEPT}
    values["product"] = note.product if "product" in note.lines and is_slug(note.product) else None
    values["observers"] = tuple(filter(is_colleague, note.observers))
    marks = note.participants if all(map(is_mark, note.participants)) else ()
    values["participants"] = (same,) if same else marks
    values["consent"] = _consent(note.consent)
    return {name: value for name, value in values.items() if value}


def _own_lines(raw: bytes, wanted: _Values) -> list[str]:
    """Give the lines of the fields that stay as the person wrote them, in their order; others follow."""
    parts = split(raw)
    front = parts.front.decode()
    said, tree = load(front).value, Tree.of(front, parts.head.decode())
    lines: list[str] = []
    written: set[str] = set()
    for key, node in tree.root.value if tree.root is not None and not tree.root.flow_style else ():
        if key.value in wanted:
            written.add(key.value)
            own = tree.text[key.start_mark.index : tree.end(node)]
            lines.append(own if _stays(own, key.value, said[key.value], wanted) else _line(key.value, wanted))
    return [*lines, *(_line(name, wanted) for name in wanted if name not in written)]


def _stays(own: str, name: str, said: Any, wanted: _Values) -> bool:
    """Tell whether a field's own text holds the value that stays, and nothing else: no comment between its lines."""
    value, misfits = typed(FIELDS[name], said)
    has_comment = "#" in own and bool(_LINE_END.search(own.encode()))
    return value == wanted[name] and not misfits and not has_comment


def _new_lines(wanted: _Values) -> list[str]:
    return [_line(name, wanted) for name in wanted]


def _line(name: str, wanted: _Values) -> str:
    return f"{scalar(name)}: {value_text(wanted[name], FIELDS[name])}"


def _written(raw: bytes, lines: Sequence[str]) -> bytes:
    """Put lines between the marks of the note's own front matter, and below them the one word that says all."""
    parts = split(raw)
    found = _LINE_END.search(parts.head)
    end = found[0] if found else b"\n"
    front = b"".join(line.encode() + end for line in lines)
    closer = parts.closer if _LINE_END.search(parts.closer) else parts.closer + end
    return b"".join((parts.head, front, closer, REDACTED.encode(), end))


def _says(found: Interview | Problem, wanted: _Values) -> bool:
    """Tell whether a text is read as what shall stay, and as nothing more."""
    if isinstance(found, Problem) or found.findings or not found.is_redacted:
        return False
    bare = Interview(path=found.path, **{**wanted, "product": found.product})
    return replace(found, body=bare.body, text="") == bare


def _from_path(problem: Problem, raw: bytes, is_colleague: IsColleague) -> bytes:
    """Make the stub of a note that cannot be read: from its name, and from those lines that can be."""
    name = FileName.read(problem.path)
    text = raw[:_MOST_READ].decode(errors="replace")
    read = dict(reversed(list(_readable(text))))  # the first of two lines is meant
    values: dict[str, Any] = {"date": problem.date or read.get("date") or (name.day if name else None)}
    values["product"] = product_of(problem.path) if is_slug(product_of(problem.path)) else None
    values["customer"] = _customer(text, name.customer) if name else None
    pms = problem.pm or read.get("pm") or ()
    values["pm"] = tuple(filter(is_colleague, pms))
    values |= {key: read.get(key) for key in _SURE} | {"consent": _consent(read.get("consent"))}
    wanted = {key: values[key] for key in KEPT if values.get(key)}
    found = _LINE_END.search(raw)
    lines = ["---", *_new_lines(wanted), "---", REDACTED, ""]
    return (found[0] if found else b"\n").decode().join(lines).encode()


def _readable(text: str) -> Iterator[tuple[str, Any]]:
    """Yield the fields whose line can be read by itself, and their values."""
    for line in _LINE.finditer(text):
        if line[1] not in {*_SURE, "date", "pm", "consent"}:
            continue
        try:
            said = load(line[0]).value
        except YamlError:
            continue
        value, misfits = typed(FIELDS[line[1]], said.get(line[1]))
        if value and not misfits:
            yield line[1], value


def _customer(text: str, wanted: str) -> str:
    """Give the customer as people write them, where the file is named after them or how they begin; else as it is."""
    lines = (line[2] for line in _LINE.finditer(text) if line[1] == "customer")
    said = (_COMMENT.sub("", line).strip().strip("\"'") for line in lines)
    return next((name for name in said if f"{slug(name)}-".startswith(f"{wanted}-")), wanted)
