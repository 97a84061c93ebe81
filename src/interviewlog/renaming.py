"""A product under another name, in the text of `ilog.yaml`: its entry, the names it had, and the roster.

Every other byte stays; the outcome is read again and compared with what was asked for.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from interviewlog.config import FILE_NAME
from interviewlog.draft import value_text
from interviewlog.errors import Code, IlogError
from interviewlog.ruletext import add_entry, set_list
from interviewlog.settings import MOST_VALUES
from interviewlog.slugs import is_slug
from interviewlog.yamltext import YamlError, load
from interviewlog.yamltree import BY_HAND, UNUSUAL, Tree

_PRODUCTS = "products"


def with_product_renamed(text: str, old: str, new: str, title: str = "", others: Sequence[str] = ()) -> str:
    """Give the text of `ilog.yaml` in which the product `old` is called `new`, and is known to have been `old`.

    Two products become one where `new` is there already. Where no product is listed, `others` are listed beside the
    new one, for they are products as well. Raises IlogError (78) when the text cannot be read, or not be changed
    without changing more.
    """
    try:
        settings = load(text, MOST_VALUES).value
        before = settings if isinstance(settings, dict) else {}
        wanted = _wanted(before, old, new, title, others)
        after = _with_products(text, before, wanted, old, new)
        after = _with_roster(after, before.get("pms"), old, new)
        _compare(load(after, MOST_VALUES).value, before, wanted, old, new)
    except YamlError as error:
        line = f"{new}: {{was: [{old}]}}"
        what = f"cannot change {FILE_NAME}:{error.line}: {error.what}; {error.mend}"
        raise IlogError(what, hint=f"add to {FILE_NAME}, under {_PRODUCTS}: {line}", code=Code.CONFIG) from None
    return after


def _listed(before: Mapping[str, Any]) -> dict[str, Any]:
    """Give the products that are listed, whether as a mapping or as a list of slugs."""
    products = before.get(_PRODUCTS) or {}
    if isinstance(products, dict):
        return products
    return {name: {} for name in ([products] if isinstance(products, str) else products)}


def _wanted(before: Mapping[str, Any], old: str, new: str, title: str, others: Sequence[str]) -> dict[str, Any]:
    """Give the products as they shall be."""
    listed = _listed(before)
    entries = [_entry(listed.get(name)) for name in (new, old)]
    names = [old, *(name for entry in entries[::-1] for name in _words(entry.get("was")))]
    entry = {**entries[1], **entries[0]} | ({"title": title} if title else {})
    entry["was"] = [name for name in dict.fromkeys(names) if name != new and is_slug(name)]
    if not listed:
        return {new: entry} | {name: {} for name in others if name not in {old, new}}
    place = new if new in listed else old
    kept = {new if name == place else name: entry if name == place else value for name, value in listed.items()}
    return {name: value for name, value in kept.items() if name != old} | {new: entry}


def _entry(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _words(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else [value] if value else []


def _with_products(text: str, before: Mapping[str, Any], wanted: Mapping[str, Any], old: str, new: str) -> str:
    products = before.get(_PRODUCTS)
    if not products or not isinstance(products, dict):
        return _with_all_products(text, wanted)
    if old in products and new in products:
        text = Tree.of(text).without([_PRODUCTS, old])
    elif old in products:
        text = Tree.of(text).with_key([_PRODUCTS, old], new)
    said = _entry(_listed(load(text, MOST_VALUES).value).get(new))
    if not said:
        return _put(text, [_PRODUCTS, new], _flow(wanted[new]))
    for name, value in wanted[new].items():
        if value != said.get(name):
            text = _put(text, [_PRODUCTS, new, name], value_text(value))
    return text


def _with_all_products(text: str, wanted: Mapping[str, Any]) -> str:
    """List products where none are, or where a list of slugs has no room for what they are called."""
    tree = Tree.of(text)
    if tree.entry([_PRODUCTS]):
        text = tree.with_field(_PRODUCTS, "")
    for name, entry in wanted.items():
        text = add_entry(text, [_PRODUCTS], name, _flow(entry))
    return text


def _put(text: str, keys: Sequence[str], flow: str) -> str:
    """Give the text with this value at `keys`, whatever stands there."""
    tree = Tree.of(text)
    entry = tree.entry(keys)
    return tree.replaced(entry, flow) if entry else add_entry(text, keys[:-1], keys[-1], flow)


def _flow(value: Any) -> str:
    entries = (f"{key}: {value_text(each)}" for key, each in _entry(value).items())
    return f"{{{', '.join(entries)}}}"


def _with_roster(text: str, pms: Any, old: str, new: str) -> str:
    for handle, entry in _entry(pms).items():
        words = _words(_entry(entry).get("products"))
        if old not in words:
            continue
        keys = ["pms", handle, "products"]
        if new in words:
            text = set_list(text, keys, [word for word in words if word != old])
        else:
            text = Tree.of(text).with_word(keys, old, new)
    return text


def _compare(found: Any, before: Mapping[str, Any], products: Mapping[str, Any], old: str, new: str) -> None:
    pms = {handle: _moved(entry, old, new) for handle, entry in _entry(before.get("pms")).items()}
    wanted = {**before, _PRODUCTS: products} | ({"pms": pms} if pms else {})
    if found != wanted:
        raise YamlError(UNUSUAL, BY_HAND)


def _moved(entry: Any, old: str, new: str) -> Any:
    words = _words(_entry(entry).get("products"))
    if old not in words:
        return entry
    kept = [word for word in words if word != old] if new in words else [new if word == old else word for word in words]
    return {**entry, "products": kept if isinstance(entry["products"], list) else kept[0]}
