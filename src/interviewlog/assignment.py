"""What a person types after `--set`: `KEY=VALUE`, read by the vocabulary of the front matter."""

import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from interviewlog.edit import Value
from interviewlog.errors import Code, IlogError
from interviewlog.fields import FIELDS, Field, Misfit, typed
from interviewlog.nearest import nearest
from interviewlog.notepath import FileName
from interviewlog.problem import product_of
from interviewlog.slugs import slug
from interviewlog.yamltext import YamlError, load

_NEEDED = ("date", "customer", "type")  # without which a note cannot be read
_LISTS = frozenset({"texts", "slugs", "choices"})
# Sentences, addresses and numbers of a person's own: a comma belongs to them.
_WHOLE = frozenset({"goal", "crm", "consent_ref", "recording"})
_ALIKE = 0.8  # from 0 to 1; what is less alike, such as stage and sales, is a key of somebody's own
_LETTERS_APART = 2


def assignments(words: Iterable[str], path: str, before: Mapping[str, Any]) -> dict[str, Value]:
    """Read `KEY=VALUE` words for the note at `path`, whose front matter said `before`; leave out what it says already.

    Lists are given by commas, or as `[one, "two, three"]`. An empty value stands for no value. Raises IlogError (2)
    for words of another form, for what looks like a slip, and for values that a field cannot hold.
    """
    changes: dict[str, Value] = {}
    for word in words:
        key, equals, text = (part.strip() for part in word.partition("="))
        if not equals or not key or not key.isprintable():
            raise _refused(f"not KEY=VALUE: {word}", path, f"{word}=VALUE" if word in FIELDS else "type=learning")
        if key in changes:
            raise _refused(f"{key} is set twice", path, f"{key}={text}")
        _insist_on_key(key, path, text, before)
        changes[key] = _value(key, text, path, before.get(key))
    return {key: value for key, value in changes.items() if not _is_same(key, before.get(key, ""), value)}


def moves(path: str, changes: Mapping[str, Value]) -> list[str]:
    """Give the flags of `ilog mv` that these changes amount to, where they would part a note from its path."""
    name, flags = FileName.read(path), []
    customer, day, product = (str(changes.get(key) or "") for key in ("customer", "date", "product"))
    if name and customer and slug(customer) != name.customer:
        flags += ["--customer", customer]
    if product and product != product_of(path):
        flags += ["--product", product]
    if name and day and day != name.day.isoformat():
        flags += ["--date", day]
    return flags


def _refused(what: str, path: str, word: str) -> IlogError:
    return IlogError(what, hint=shlex.join(["ilog", "edit", path, "--set", word]), code=Code.USAGE)


def _insist_on_key(key: str, path: str, text: str, before: Mapping[str, Any]) -> None:
    """Refuse a key that nobody knows and that is nearly one of ours; keys of a person's own are fine."""
    if key in FIELDS or key in before:
        return
    folded = key.lower().replace("-", "_").replace(";", "")
    near = folded if folded in FIELDS else nearest(folded, FIELDS)
    if near and _are_alike(folded, near):
        raise _refused(f"no such field: {key}, did you mean {near}?", path, f"{near}={text}")


def _are_alike(word: str, known: str) -> bool:
    from difflib import SequenceMatcher  # only for who types a key that nobody knows

    return abs(len(word) - len(known)) <= _LETTERS_APART and SequenceMatcher(None, word, known).ratio() >= _ALIKE


def _value(key: str, text: str, path: str, old: Any) -> Value:
    field = FIELDS.get(key)
    if not text and key in _NEEDED:
        raise IlogError(f"a note needs its {key}", hint=shlex.join(["ilog", "edit", path]), code=Code.USAGE)
    if not text:
        return ""
    items = _items(key, text, path) if _is_list(field, text, old) else None
    if field is None:
        return text if items is None else items
    read, misfits = typed(field, text if items is None else items)
    if misfits:
        raise _misfit(field, [text] if items is None else items, path, misfits[0])
    if field.kind == "choice":
        return str(read)
    if items is None:
        return " ".join(text.split())
    return read[0] if field.kind == "texts" and len(read) == 1 else list(read)


def _is_list(field: Field | None, text: str, old: Any) -> bool:
    if text.startswith("[") and text.endswith("]") and (field is None or field.kind in _LISTS):
        return True
    if field is None:
        return isinstance(old, list)
    return field.kind in _LISTS and field.name not in _WHOLE


def _items(key: str, text: str, path: str) -> list[str]:
    if not text.startswith("["):
        return [" ".join(item.split()) for item in text.split(",") if item.strip()]
    try:
        items = load(f"items: {text}").value["items"]
    except YamlError as error:
        raise _refused(f"{key}: not a list: {error.what}: {text}", path, f'{key}=[one, "two, three"]') from None
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise _refused(f"{key}: not a list of words: {text}", path, f'{key}=[one, "two, three"]')
    return [" ".join(item.split()) for item in items if item.strip()]


def _misfit(field: Field, words: Sequence[str], path: str, misfit: Misfit) -> IlogError:
    what = f"{misfit.what}; {misfit.mend}"
    meant = [_meant(field, word) for word in words]
    if all(meant):
        return _refused(what, path, f"{field.name}={','.join(meant)}")
    return IlogError(what, hint=shlex.join(["ilog", "edit", path]), code=Code.USAGE)


def _meant(field: Field, word: str) -> str:
    """Give the word that somebody probably meant, "" where nobody knows."""
    if field.choices:
        return nearest(word.lower(), field.choices)
    return slug(word) if field.kind in {"slug", "slugs"} else ""


def _is_same(key: str, old: Any, new: Value) -> bool:
    """Tell whether a field says the same already, be it spelt in another way."""
    field = FIELDS.get(key)
    if field is None or not new:
        return bool(old == new or (not old and not new))
    read, misfits = typed(field, old)
    wanted: Any = new if isinstance(new, str) else list(new)
    return not misfits and bool(read) and read == typed(field, wanted)[0]
