"""YAML by the parser's events: what nests is built while limits are kept, and what would be another value is refused.

A limit is met before anything is loaded: libyaml's loader dies on deep nesting (SIGSEGV at 200 kB of `[`), and aliases
can multiply without bound.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from interviewlog.yamlerror import YamlError, line_at, place, short
from interviewlog.yamlline import QUOTE_IT, in_quotes
from interviewlog.yamlslip import slip

DEEPEST = 8
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NOT_A_COMMENT = re.compile(r"[ \t]+(#[^ \t\r\n#].*)")
# Beside what YAML forbids, the line ends that no editor counts as such: behind one, a second key would hide.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_HEAD = re.compile(r"[|>][+-]?([0-9]?)[+-]?[ \t]*(?:#(?:[ \t#].*)?)?")


@dataclass(frozen=True, slots=True)
class Document:
    """What the text says. `value` nests dict, list and str; `lines` holds the 1-based line of each top key."""

    value: Any
    lines: Mapping[str, int]


def by_events(text: str, most: int, first_line: int) -> Document:
    """Read a text of bounded length; see `yamltext.load`, also for what is raised."""
    forbidden = _FORBIDDEN.search(text)
    if forbidden:
        what = f"a character that is not allowed here: U+{ord(forbidden[0]):04X}"
        raise YamlError(what, "delete it", *place(text, forbidden.start(), first_line))
    builder = _Builder(text, most, first_line)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        found = slip(error, text)
        raise YamlError(found.what, found.mend, *place(text, found.at, first_line)) from None
    return Document({} if builder.root is None else builder.root, builder.lines)


class _Builder:
    """Values under construction: a stack of containers, and the key that waits for its value."""

    def __init__(self, text: str, most: int, first_line: int) -> None:
        self._text = text
        self._most = most
        self._first = first_line
        self._shift = text.startswith("\ufeff")
        self._has_hash = "#" in text
        self.root: Any = None
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
            raise self._taken_for(event, "an alias")
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                raise self._at(event, "a second YAML document", "keep one block of front matter")

    def _limits(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > self._most:
            raise self._at(event, f"more than {self._most} values", "move what is no field below the closing ---")
        if event.anchor is not None:
            raise self._anchor(event)
        if event.tag is not None:
            raise self._taken_for(event, "a tag")

    def _scalar(self, event: Any) -> None:
        if self._stack and isinstance(self._stack[-1][0], dict) and self._keys[-1] is None:
            self._key(event)
            return
        if event.style in {"|", ">"}:
            self._not_swallowed(event)
        if self._has_hash and not event.style:
            self._not_cut_short(event)
        self._put(event.value)

    def _not_swallowed(self, event: Any) -> None:
        """YAML takes `>5` and `> #5` for the head of a text that stands below."""
        head = line_at(self._text, event.start_mark.index + self._shift)
        found = _HEAD.fullmatch(head)
        if not found or (found[1] and not event.value):
            raise self._at(event, f"YAML takes {short(head)} for the head of a text", self._in_quotes(event))

    def _not_cut_short(self, event: Any) -> None:
        """YAML ends `Acme #1` at the `#`; a comment is told from a value by the blank after its `#`."""
        cut = _NOT_A_COMMENT.match(line_at(self._text, event.end_mark.index + self._shift))
        if not cut:
            return
        whole = f"{short(event.value)} {short(cut[1])}".strip()
        raise self._at(event, f"YAML reads only `{short(event.value)}` of `{whole}`", self._in_quotes(event, whole))

    def _key(self, event: Any) -> None:
        key: str = event.value
        seen = self._stack[-1][1]
        line = event.start_mark.line + self._first
        if key in seen:
            what = f"the key {short(key)} stands twice, in lines {seen[key]} and {line}"
            raise self._at(event, what, "delete one of them")
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
            raise self._at(event, f"nested deeper than {DEEPEST} levels", QUOTE_IT)
        if self._stack and isinstance(self._stack[-1][0], dict) and self._keys[-1] is None:
            raise self._at(event, "a key that is itself a list or a mapping", "put the key in quotes")
        self._put(container)
        self._stack.append((container, {}))
        self._keys.append(None)

    def _anchor(self, event: Any) -> YamlError:
        error = self._taken_for(event, "an anchor")
        if getattr(event, "value", "a collection"):
            name = short(event.anchor)
            error.mend = f"write the value without &{name}, and again where *{name} stands"
        return error

    def _taken_for(self, event: Any, what: str) -> YamlError:
        word = line_at(self._text, event.start_mark.index + self._shift).split(maxsplit=1)[0]
        return self._at(event, f"YAML takes {short(word)} for {what}", self._in_quotes(event))

    def _in_quotes(self, event: Any, value: str = "") -> str:
        return in_quotes(self._text, event.start_mark.index + self._shift, value)

    def _at(self, event: Any, what: str, mend: str) -> YamlError:
        return YamlError(what, mend, *place(self._text, event.start_mark.index + self._shift, self._first))
