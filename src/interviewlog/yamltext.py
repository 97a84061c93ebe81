"""YAML as people type it: every scalar stays the text it was, within limits, with the place of every key.

One pass over the parser's events builds the value, so that a limit is met before anything is loaded: libyaml's
loader dies on deep nesting (SIGSEGV at 200 kB of `[`) and aliases can multiply without bound.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

MOST_BYTES = 64 * 1024
DEEPEST = 8
MOST_NODES = 2000
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LONGEST_IN_MESSAGE = 100
_NOT_A_COMMENT = re.compile(r"[ \t]+(#[^ \t\r\n#].*)")


class YamlError(Exception):
    """The text is not YAML that ilog reads: where (1-based line and column), what, and how to mend it."""

    def __init__(self, what: str, mend: str, line: int = 1, column: int = 1) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Document:
    """What the text says. `value` nests dict, list and str; `lines` holds the 1-based line of each top key."""

    value: Any
    lines: Mapping[str, int]


def load(text: str, most: int = MOST_NODES, first_line: int = 1) -> Document:
    """Read one YAML document of plain text, lists and mappings; an empty one is an empty mapping.

    `first_line` is the file's number of the text's first line; all lines told are the file's.
    Raises YamlError for broken syntax, duplicate keys, anchors, aliases, tags, a second document, and for
    more than 64 KiB, 8 levels or `most` values.
    """
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) > MOST_BYTES:
        raise YamlError("more than 64 KiB of YAML", "move the long text below the closing ---")
    builder = _Builder(text.splitlines() if "#" in text else [], most, first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise _broken(error, text, first_line) from None
    except yaml.YAMLError as error:
        line = raw.count(b"\n", 0, getattr(error, "position", 0)) + first_line  # libyaml counts bytes
        raise YamlError("a character that YAML does not allow", "delete it", line) from None
    except ValueError as error:
        line = text.count("\n", 0, getattr(error, "start", 0)) + first_line
        raise YamlError("a character that YAML does not allow", "delete it", line) from None
    return Document({} if builder.root is None else builder.root, builder.lines)


class _Builder:
    """Values under construction: a stack of containers, and the key that waits for its value."""

    def __init__(self, lines: list[str], most: int, first_line: int) -> None:
        self._first = first_line
        self.root: Any = None
        self._most = most
        self._text = lines
        self.lines: dict[str, int] = {}
        self._stack: list[tuple[Any, dict[str, int]]] = []
        self._keys: list[str | None] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._limits(event)
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._limits(event)
            self._open({} if kind is yaml.MappingStartEvent else [], event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._stack.pop()
            self._keys.pop()
        elif kind is yaml.AliasEvent:
            raise self._at(event, f"the alias *{event.anchor}", _QUOTE_OR_COPY)
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                raise self._at(event, "a second YAML document", "keep one block of front matter")

    def _limits(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > self._most:
            raise self._at(event, f"more than {self._most} values", "keep it short")
        if event.anchor is not None:
            raise self._at(event, f"the anchor &{event.anchor}", _QUOTE_OR_COPY)
        if event.tag is not None:
            raise self._at(event, f"the tag {event.tag}", "put the value in quotes")

    def _scalar(self, event: Any) -> None:
        if self._stack and isinstance(self._stack[-1][0], dict) and self._keys[-1] is None:
            self._key(event)
        else:
            if self._text and not event.style:
                self._not_cut_short(event)
            self._put(event.value)

    def _not_cut_short(self, event: Any) -> None:
        """YAML ends `Acme #1` at the `#`; a comment is told from a value by the blank after its `#`."""
        end = event.end_mark
        rest = self._text[end.line][end.column :] if end.line < len(self._text) else ""
        cut = _NOT_A_COMMENT.match(rest)
        if cut:
            read = _short(event.value)
            whole = f"{read} {_short(cut[1])}".strip()
            raise self._at(event, f"YAML reads only `{read}` of `{whole}`", f"put it in quotes: {_quoted(whole)}")

    def _key(self, event: Any) -> None:
        key: str = event.value
        seen = self._stack[-1][1]
        line = event.start_mark.line + self._first
        if key in seen:
            first = seen[key]
            raise self._at(event, f"the key {key} stands twice, in lines {first} and {line}", "delete one of them")
        seen[key] = line
        self._keys[-1] = key
        if len(self._stack) == 1:
            self.lines = seen

    def _put(self, value: Any) -> None:
        if not self._stack:
            self.root = value
            return
        container = self._stack[-1][0]
        if isinstance(container, list):
            container.append(value)
        else:
            container[self._keys[-1]] = value
            self._keys[-1] = None

    def _open(self, container: Any, event: Any) -> None:
        if len(self._stack) >= DEEPEST:
            raise self._at(event, f"nested deeper than {DEEPEST} levels", "put the value in quotes")
        if self._stack and isinstance(self._stack[-1][0], dict) and self._keys[-1] is None:
            raise self._at(event, "a key that is itself a list or a mapping", "put the key in quotes")
        self._put(container)
        self._stack.append((container, {}))
        self._keys.append(None)

    def _at(self, event: Any, what: str, mend: str) -> YamlError:
        return YamlError(what, mend, event.start_mark.line + self._first, event.start_mark.column + 1)


_QUOTE_OR_COPY = "put the value in quotes, or write it out"


def _reason(error: yaml.MarkedYAMLError) -> str:
    return " ".join(str(part) for part in (error.context, error.problem) if part) or "not YAML"


def _broken(error: yaml.MarkedYAMLError, text: str, first_line: int) -> YamlError:
    """Say where the mistake is; for what was opened and never closed, that is where it was opened."""
    lines = [*text.splitlines(), ""]
    opened = str(error.context).startswith(
        ("while parsing a flow sequence", "while parsing a flow mapping", "while scanning a quoted")
    )
    mark = error.context_mark if opened and error.context_mark else error.problem_mark or error.context_mark
    if mark is None:
        return YamlError(_reason(error), _mend(text, 1), first_line)
    row, column = min(mark.line, len(lines) - 1), mark.column
    if opened:
        what, mend = "opened here and never closed", f"close it: {_short(lines[row])}"
    elif "\t" in lines[row][: column + 1] and not lines[row][:column].strip():
        what, mend = "a tab before the field", "delete it, or put blanks in its place"
    else:
        what, mend = _reason(error), _mend(text, mark.line + 1)
    return YamlError(what, mend, mark.line + first_line, column + 1)


def _mend(text: str, line: int) -> str:
    """Guess the mend from the line itself: nine in ten broken lines are values that want quotes."""
    for candidate in _lines_upwards(text, line):
        key, colon, value = candidate.partition(":")
        value = value.strip()
        if colon and key.strip() and value and value[0] not in "\"'[{|>":
            return f"put it in quotes: {_short(key)}: {_quoted(_short(value))}"
    return "close what was opened: quotes, brackets and braces come in pairs"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _short(value: str) -> str:
    """Give a value on one line, and no more of it than a message can hold."""
    words = " ".join(value[: 2 * _LONGEST_IN_MESSAGE].split())
    return words if len(words) <= _LONGEST_IN_MESSAGE else f"{words[:_LONGEST_IN_MESSAGE]}…"


def _lines_upwards(text: str, line: int) -> Iterator[str]:
    lines = text.splitlines()
    yield from reversed(lines[max(0, line - 2) : line])
