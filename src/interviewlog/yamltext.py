"""YAML as people type it: every scalar stays the text it was, within limits, with the place of every key."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from interviewlog import plainyaml
from interviewlog.yamlerror import Place, YamlError, place
from interviewlog.yamlevents import LOADER, Document, by_events

__all__ = ["MOST_BYTES", "MOST_NODES", "Document", "Spot", "YamlError", "by_events", "load", "spots"]

MOST_BYTES = 64 * 1024
MOST_NODES = 2000


def load(text: str, most: int = MOST_NODES, first_line: int = 1) -> Document:
    """Read one YAML document of plain text, lists and mappings; an empty one is an empty mapping.

    `first_line` is the file's number of the text's first line; all lines told are the file's.
    Raises YamlError for broken syntax, duplicate keys, anchors, aliases, tags, a second document, and for
    more than 64 KiB, 8 levels or `most` values.
    """
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise YamlError("more than 64 KiB of YAML", "move the long text below the closing ---", first_line)
    plain = plainyaml.read(text, most, first_line)
    return Document(plain.values, plain.lines) if plain else by_events(text, most, first_line)


class Spot(NamedTuple):
    """Where an entry stands: its key, its value, and the items of a value that is a list."""

    key: Place
    value: Place
    items: tuple[Place, ...] = ()

    def of(self, item: int) -> Place:
        """Give the place of an item, counted from 1; of the value for 0."""
        return self.items[item - 1] if 0 < item <= len(self.items) else self.value


def spots(text: str, first_line: int = 1) -> Mapping[str, Spot]:
    """Tell where each top key and its value stand, in a text that `load` has read to a mapping."""
    shift = text.startswith("\ufeff")

    def of(node: Any) -> Place:
        return place(text, node.start_mark.index + shift, first_line)

    found = {}
    root = yaml.compose(text, Loader=LOADER)
    for key, value in root.value if root else ():
        # A list is told from its key on; where nothing stands, the parser's mark may be that of the next key.
        stands_below = value.start_mark.line > key.start_mark.line
        is_whole = isinstance(value, yaml.ScalarNode) and value.value
        where = of(key if stands_below and not is_whole else value)
        items = value.value if isinstance(value, yaml.SequenceNode) else ()
        found[key.value] = Spot(of(key), where, tuple(map(of, items)))
    return found
