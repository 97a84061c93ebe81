"""Changing `ilog.yaml` as text: one more item, one more line, another list, while every other byte stays.

The outcome is read again and compared with what was asked for; where the two differ, nothing is changed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from interviewlog.config import FILE_NAME
from interviewlog.draft import scalar, value_text
from interviewlog.errors import Code, IlogError
from interviewlog.settings import MOST_VALUES
from interviewlog.yamltext import YamlError, load
from interviewlog.yamltree import BY_HAND, UNUSUAL, Entry, Tree


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
        tree = Tree.of(text)
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
        tree = Tree.of(text)
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
        tree = Tree.of(text)
        after = _with_entry(tree, path, flow_value)
        _compare(load(after, MOST_VALUES).value, _changed(before, path, wanted), tree.line_of(path[0]))
    except YamlError as error:
        raise _kept_settings(keys, f"{key}: {flow_value}", error) from None
    return after


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
        raise YamlError(UNUSUAL, BY_HAND, line)


def _with_item_at(tree: Tree, keys: Sequence[str], items: Sequence[Any], item: str) -> str:
    """Give the text with one more item at `keys`, where a list, one text or nothing stands."""
    entry = tree.entry(keys)
    if not entry or not items:
        return _with_entry(tree, keys, value_text([item]))
    if isinstance(entry.value, yaml.SequenceNode):
        return tree.with_item(entry.value, scalar(item))
    if isinstance(entry.value, yaml.ScalarNode):
        return tree.replaced(entry, value_text([*items, item]))
    raise YamlError(f"{keys[-1]} is no list", BY_HAND, entry.key.start_mark.line + 1)


def _with_entry(tree: Tree, keys: Sequence[str], value: str) -> str:
    """Give the text with a value at `keys`, where nothing or an empty value stands."""
    entry = tree.entry(keys)
    if entry and _is_filled(entry.value):
        raise YamlError(f"{keys[-1]} is there already", BY_HAND, entry.key.start_mark.line + 1)
    if entry:
        return tree.replaced(entry, value)
    if len(keys) == 1:
        return tree.with_field(keys[0], value)
    line = f"{scalar(keys[-1])}: {value}"
    parent = tree.entry(keys[:-1])
    if parent and (_is_filled(parent.value) or not parent.is_in_flow):
        return _with_line_under(tree, parent, line)
    if parent or len(keys) > 2 or (tree.root is not None and tree.root.flow_style):  # noqa: PLR2004
        return _with_entry(tree, keys[:-1], f"{{{line}}}")
    return tree.with_last_line(f"{scalar(keys[0])}:{tree.line_end}  {line}")


def _with_line_under(tree: Tree, parent: Entry, line: str) -> str:
    """Give the text with one more entry below a key, whose value may be empty: nothing, {} or []."""
    node = parent.value
    if not _is_filled(node):
        emptied = Tree.of(tree.replaced(parent, ""), tree.line_end)
        return emptied.with_line(parent.key.start_mark.index, parent.key.start_mark.column + 2, line)
    if not isinstance(node, yaml.MappingNode):
        raise YamlError(f"{parent.key.value} is no mapping", BY_HAND, parent.key.start_mark.line + 1)
    if node.flow_style:
        return tree.with_item(node, line)
    return tree.with_line(tree.end(node), node.start_mark.column, line)


def _is_filled(node: Any) -> bool:
    """Tell whether a node holds anything; a scalar's value is its text, a collection's are its nodes."""
    return bool(node.value)
