"""The text of a YAML file as a tree of nodes with places, and cuts into it that leave every other byte.

The parser says where a value stands. Whoever cuts reads the outcome again and compares it with what was asked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from interviewlog.draft import scalar
from interviewlog.yamltext import YamlError

UNUSUAL = "it is written in a way that only a person can change"
BY_HAND = "change it with an editor"

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LINE_END = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n]))#[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and its value, as nodes with marks."""

    key: Any
    value: Any
    is_in_flow: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """A YAML text, its nodes, and the line end it uses. A cut gives a new text; the tree stays as it is."""

    text: str
    root: Any
    line_end: str

    @classmethod
    def of(cls, text: str, before: str = "") -> "Tree":
        """Read a text that `load` has accepted; `before` stands before it and tells line ends where it is empty."""
        found = _LINE_END.search(before + text)
        return cls(text, yaml.compose(text, Loader=_LOADER), found[0] if found else "\n")

    def entry(self, keys: Sequence[str]) -> Entry | None:
        """Find the entry at `keys`, None when there is none."""
        found, node, is_in_flow = None, self.root, False
        for key in keys:
            is_in_flow = is_in_flow or bool(getattr(node, "flow_style", False))
            entries = node.value if isinstance(node, yaml.MappingNode) else []
            found = next((Entry(name, value, is_in_flow) for name, value in entries if name.value == key), None)
            if found is None:
                return None
            node = found.value
        return found

    def line_of(self, key: str) -> int:
        """Tell the 1-based line of a key at the top, or the last line when there is none."""
        entry = self.entry([key])
        return int(entry.key.start_mark.line) + 1 if entry else len(_LINE_END.findall(self.text)) or 1

    def end(self, node: Any) -> int:
        """Tell where a node's last word ends; the parser's own mark may lie behind blank lines and comments."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        start: int = node.start_mark.index
        end: int = node.end_mark.index
        is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        return start + len(self.text[start:end].rstrip()) if is_block else end

    def line_stop(self, at: int) -> int:
        """Tell where the line that holds `at` ends, before its line end."""
        found = _LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def cut(self, start: int, end: int, new: str) -> str:
        """Give the text with `new` in place of what stands from `start` to `end`."""
        return self.text[:start] + new + self.text[end:]

    def with_line(self, at: int, indent: int, line: str) -> str:
        """Give the text with one more line below the one that holds `at`."""
        stop = self.line_stop(at)
        return self.cut(stop, stop, f"{self.line_end}{' ' * indent}{line}")

    def with_last_line(self, line: str) -> str:
        """Give the text with one more line at its end."""
        gap = self.line_end if self.text and self.text[-1] not in "\r\n" else ""
        return f"{self.text}{gap}{line}{self.line_end}"

    def replaced(self, entry: Entry, new: str) -> str:
        """Give the text with another value for an entry; what is said in comments inside the old one stays."""
        start, end = entry.value.start_mark.index, self.end(entry.value)
        colon = self.text.find(":", entry.key.end_mark.index) + 1
        if not 0 < colon <= start:
            raise YamlError(UNUSUAL, BY_HAND, entry.key.start_mark.line + 1)
        if not _LINE_END.search(self.text, colon, end):
            return self.cut(start if new and start < end else colon, end, new if start < end else f" {new}".rstrip())
        comments = list(self._comments(entry.value, colon, end))
        beside = ""
        if comments and comments[0][0] < self.line_stop(colon) and not self.text[end : self.line_stop(end)].strip():
            at, comment = comments.pop(0)
            beside = f"{self.text[colon:at] if at < start else '  '}{comment}"
        above = "".join(f"{comment}{self.line_end}{' ' * entry.key.start_mark.column}" for _, comment in comments)
        key = entry.key.start_mark.index
        return self.cut(key, end, f"{above}{self.text[key:colon]} {new}".rstrip() + beside)

    def _comments(self, node: Any, start: int, end: int) -> Iterator[tuple[int, str]]:
        """Yield the comments from `start` to `end`, with their places, that lie between the words of a node."""
        for first, last in [*self._words(node), (end, end)]:
            for found in _COMMENT.finditer(self.text, start, first):
                yield found.start(), found[0]
            start = max(start, last)

    def _words(self, node: Any) -> Iterator[tuple[int, int]]:
        """Yield where the scalars of a node stand; the first line of a block scalar may hold a comment."""
        if isinstance(node, yaml.ScalarNode):
            start = node.start_mark.index
            yield (self.line_stop(start) if node.style in ("|", ">") else start), self.end(node)
            return
        for child in node.value:
            for each in child if isinstance(child, tuple) else (child,):
                yield from self._words(each)

    def with_field(self, key: str, value: str) -> str:
        """Give the text with a value for a key at the top; one that is missing comes at the end."""
        entry = self.entry([key])
        if entry:
            return self.replaced(entry, value)
        line = f"{scalar(key)}: {value}".rstrip()
        if self.root is not None and self.root.flow_style:
            return self.with_item(self.root, line)
        return self.with_last_line(" " * (self.root.start_mark.column if self.root else 0) + line)

    def with_item(self, node: Any, item: str) -> str:
        """Give the text with one more item in a list, or one more entry in a mapping in braces."""
        if not node.flow_style:
            return self.with_line(self.end(node), node.start_mark.column, f"- {item}")
        if not node.value:
            at = node.start_mark.index + 1
            return self.cut(at, at, item)
        last = node.value[-1]
        at = self.end(last[1] if isinstance(last, tuple) else last)
        return self.cut(at, at, f", {item}")

    def with_key(self, keys: Sequence[str], key: str) -> str:
        """Give the text with another name for the entry at `keys`."""
        node = self._there(keys).key
        return self.cut(node.start_mark.index, node.end_mark.index, scalar(key))

    def with_word(self, keys: Sequence[str], old: str, new: str) -> str:
        """Give the text with another word in the list at `keys`, or in the place of the one word there."""
        value = self._there(keys).value
        words = value.value if isinstance(value, yaml.SequenceNode) else [value]
        node = next(word for word in words if word.value == old)
        return self.cut(node.start_mark.index, node.end_mark.index, scalar(new))

    def without(self, keys: Sequence[str]) -> str:
        """Give the text without the entry at `keys`: its lines, or its part of what stands in braces."""
        entry = self._there(keys)
        start, stop = entry.key.start_mark.index, max(self.end(entry.value), entry.key.end_mark.index + 1)
        if entry.is_in_flow:
            after = re.compile(r"[ \t]*,[ \t]*").match(self.text, stop)
            before = re.compile(r",[ \t]*$").search(self.text[:start])
            return self.cut(before.start() if before and not after else start, after.end() if after else stop, "")
        line = start - entry.key.start_mark.column
        found = _LINE_END.search(self.text, self.line_stop(stop))
        return self.cut(line, found.end() if found else len(self.text), "")

    def _there(self, keys: Sequence[str]) -> Entry:
        entry = self.entry(keys)
        if entry is None:
            raise YamlError(UNUSUAL, BY_HAND)
        return entry
