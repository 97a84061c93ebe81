"""Changing what a person wrote, as text: one value or one line, while every other byte stays.

The YAML parser says where a value stands; the change is cut in there, and the outcome is read again and compared
with what was asked for. Where the two differ, nothing is changed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from interviewlog.config import FILE_NAME
from interviewlog.draft import scalar, value_text
from interviewlog.errors import Code, IlogError
from interviewlog.fields import FIELDS
from interviewlog.note import split
from interviewlog.settings import MOST_VALUES
from interviewlog.yamltext import YamlError, load

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_LINE_END = re.compile(r"\r\n|\n|\r")
_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n]))#[^\r\n]*")
_UNUSUAL = "it is written in a way that only a person can change"
_BY_HAND = "change it with an editor"


def set_field(raw: bytes, key: str, value: str | Sequence[str]) -> bytes:
    """Give a note's bytes with one field of its front matter set; a field it lacks comes before the closing ---.

    Comments, order, quotes, line ends and the body stay; comments inside a value of several lines move above it.
    Raises IlogError (65) when the front matter cannot be read, or not be changed without changing more.
    """
    wanted = value if isinstance(value, str) else list(value)
    text = value_text(value, FIELDS.get(key)) if value != "" else ""
    try:
        parts = split(raw)
    except YamlError as error:
        raise _kept_note(key, error.what, error.mend) from None
    try:
        front = parts.front.decode()
        before = _mapping(load(front).value)
        if before.get(key) == wanted:
            return raw
        tree = _Tree.of(front, parts.head.decode())
        after = _with_field(tree, key, text)
        _compare(load(after).value, before | {key: wanted}, tree.line_of(key))
    except UnicodeDecodeError:
        raise _kept_note(key, "not UTF-8", "save the note again as UTF-8") from None
    except YamlError as error:
        raise _kept_note(key, f"line {error.line + 1}: {error.what}", error.mend) from None
    return b"".join((parts.head, after.encode(), parts.closer, parts.body))


def add_to_list(text: str, keys: Sequence[str], item: str) -> str:
    """Give the text of `ilog.yaml` with `item` added to the list at `keys`, which is made where it is missing.

    Raises IlogError (78) when the text cannot be read, or not be changed without changing more.
    """
    try:
        before = _mapping(load(text, MOST_VALUES).value)
        old = _value_at(before, keys)
        items = old if isinstance(old, list) else [old] if old else []
        if item in items:
            return text
        tree = _Tree.of(text)
        after = _with_item_at(tree, keys, items, item)
        _compare(load(after, MOST_VALUES).value, _changed(before, keys, [*items, item]), tree.line_of(keys[0]))
    except YamlError as error:
        raise _kept_settings(keys, item, error) from None
    return after


def set_list(text: str, keys: Sequence[str], items: Sequence[str]) -> str:
    """Give the text of `ilog.yaml` with these items in the place of the list at `keys`, on one line.

    Comments inside the old list move above it. Raises IlogError (78) when the text cannot be read, has no such list,
    or cannot be changed without changing more.
    """
    try:
        before = _mapping(load(text, MOST_VALUES).value)
        tree = _Tree.of(text)
        entry = tree.entry(keys)
        after = tree.replaced(entry, value_text(items)) if entry else text
        _compare(load(after, MOST_VALUES).value, _changed(before, keys, list(items)), tree.line_of(keys[0]))
    except YamlError as error:
        raise _kept_settings(keys, value_text(items), error) from None
    return after


def add_entry(text: str, keys: Sequence[str], key: str, flow_value: str) -> str:
    """Give the text of `ilog.yaml` with the line `key: flow_value` added to the mapping at `keys`.

    The mapping is made where it is missing; the same entry once more changes nothing. Raises IlogError (78) when
    the text cannot be read, or not be changed without changing more.
    """
    path = [*keys, key]
    try:
        before = _mapping(load(text, MOST_VALUES).value)
        wanted = _mapping(load(f"value: {flow_value}").value)["value"]
        old = _value_at(before, path)
        if old == wanted:
            return text
        tree = _Tree.of(text)
        after = _with_entry(tree, path, flow_value)
        _compare(load(after, MOST_VALUES).value, _changed(before, path, wanted), tree.line_of(path[0]))
    except YamlError as error:
        raise _kept_settings(keys, f"{key}: {flow_value}", error) from None
    return after


def _kept_note(key: str, what: str, mend: str) -> IlogError:
    return IlogError(f"cannot set {key}: {what}", hint=mend, code=Code.BAD_NOTE)


def _kept_settings(keys: Sequence[str], item: str, error: YamlError) -> IlogError:
    where = f"{FILE_NAME}:{error.line}"
    hint = f"add to {FILE_NAME}, under {'.'.join(keys) or 'the last line'}: {item}"
    return IlogError(f"cannot change {where}: {error.what}; {error.mend}", hint=hint, code=Code.CONFIG)


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise YamlError("there are no fields", "write lines such as key: value")
    return value


def _value_at(value: Any, keys: Sequence[str]) -> Any:
    """Give what stands at `keys`, "" when nothing does."""
    for key in keys:
        value = value.get(key, "") if isinstance(value, dict) else ""
    return value


def _changed(value: Any, keys: Sequence[str], wanted: Any) -> Any:
    """Give a copy of nested mappings with `wanted` at `keys`."""
    if not keys:
        return wanted
    inner = value if isinstance(value, dict) else {}
    return {**inner, keys[0]: _changed(inner.get(keys[0]), keys[1:], wanted)}


def _compare(found: Any, wanted: Mapping[str, Any], line: int) -> None:
    if not isinstance(found, dict) or list(found.items()) != list(wanted.items()):
        raise YamlError(_UNUSUAL, _BY_HAND, line)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A key and its value, as nodes with marks."""

    key: Any
    value: Any
    is_in_flow: bool


@dataclass(frozen=True, slots=True)
class _Tree:
    """A YAML text, its nodes, and the line end it uses. A cut gives a new text; the tree stays as it is."""

    text: str
    root: Any
    line_end: str

    @classmethod
    def of(cls, text: str, before: str = "") -> "_Tree":
        """Read a text that `load` has accepted; `before` stands before it and tells line ends where it is empty."""
        found = _LINE_END.search(before + text)
        return cls(text, yaml.compose(text, Loader=_LOADER), found[0] if found else "\n")

    def entry(self, keys: Sequence[str]) -> _Entry | None:
        """Find the entry at `keys`, None when there is none."""
        found, node, is_in_flow = None, self.root, False
        for key in keys:
            is_in_flow = is_in_flow or bool(getattr(node, "flow_style", False))
            entries = node.value if isinstance(node, yaml.MappingNode) else []
            found = next((_Entry(name, value, is_in_flow) for name, value in entries if name.value == key), None)
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

    def replaced(self, entry: _Entry, new: str) -> str:
        """Give the text with another value for an entry; what is said in comments inside the old one stays."""
        start, end = entry.value.start_mark.index, self.end(entry.value)
        colon = self.text.find(":", entry.key.end_mark.index) + 1
        if not 0 < colon <= start:
            raise YamlError(_UNUSUAL, _BY_HAND, entry.key.start_mark.line + 1)
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


def _with_field(tree: _Tree, key: str, text: str) -> str:
    entry = tree.entry([key])
    if entry:
        return tree.replaced(entry, text)
    line = f"{scalar(key)}: {text}".rstrip()
    if tree.root is not None and tree.root.flow_style:
        return _with_item(tree, tree.root, line)
    return tree.with_last_line(" " * (tree.root.start_mark.column if tree.root else 0) + line)


def _with_item_at(tree: _Tree, keys: Sequence[str], items: Sequence[Any], item: str) -> str:
    """Give the text with one more item at `keys`, where a list, one text or nothing stands."""
    entry = tree.entry(keys)
    if not entry or not items:
        return _with_entry(tree, keys, value_text([item]))
    if isinstance(entry.value, yaml.SequenceNode):
        return _with_item(tree, entry.value, scalar(item))
    if isinstance(entry.value, yaml.ScalarNode):
        return tree.replaced(entry, value_text([*items, item]))
    raise YamlError(f"{keys[-1]} is no list", _BY_HAND, entry.key.start_mark.line + 1)


def _with_item(tree: _Tree, node: Any, item: str) -> str:
    """Give the text with one more item in a list, or one more entry in a mapping in braces."""
    if not node.flow_style:
        return tree.with_line(tree.end(node), node.start_mark.column, f"- {item}")
    if not node.value:
        at = node.start_mark.index + 1
        return tree.cut(at, at, item)
    last = node.value[-1]
    at = tree.end(last[1] if isinstance(last, tuple) else last)
    return tree.cut(at, at, f", {item}")


def _with_entry(tree: _Tree, keys: Sequence[str], value: str) -> str:
    """Give the text with a value at `keys`, where nothing or an empty value stands."""
    entry = tree.entry(keys)
    if entry and _is_filled(entry.value):
        raise YamlError(f"{keys[-1]} is there already", _BY_HAND, entry.key.start_mark.line + 1)
    if entry:
        return tree.replaced(entry, value)
    if len(keys) == 1:
        return _with_field(tree, keys[0], value)
    line = f"{scalar(keys[-1])}: {value}"
    parent = tree.entry(keys[:-1])
    if parent and (_is_filled(parent.value) or not parent.is_in_flow):
        return _with_line_under(tree, parent, line)
    if parent or len(keys) > 2 or (tree.root is not None and tree.root.flow_style):  # noqa: PLR2004
        return _with_entry(tree, keys[:-1], f"{{{line}}}")
    return tree.with_last_line(f"{scalar(keys[0])}:{tree.line_end}  {line}")


def _with_line_under(tree: _Tree, parent: _Entry, line: str) -> str:
    """Give the text with one more entry below a key, whose value may be empty: nothing, {} or []."""
    node = parent.value
    if not _is_filled(node):
        emptied = _Tree.of(tree.replaced(parent, ""), tree.line_end)
        return emptied.with_line(parent.key.start_mark.index, parent.key.start_mark.column + 2, line)
    if not isinstance(node, yaml.MappingNode):
        raise YamlError(f"{parent.key.value} is no mapping", _BY_HAND, parent.key.start_mark.line + 1)
    if node.flow_style:
        return _with_item(tree, node, line)
    return tree.with_line(tree.end(node), node.start_mark.column, line)


def _is_filled(node: Any) -> bool:
    """Tell whether a node holds anything; a scalar's value is its text, a collection's are its nodes."""
    return bool(node.value)
