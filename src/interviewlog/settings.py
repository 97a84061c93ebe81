"""Reading `ilog.yaml`: the table of settings, and what is said of a value that does not fit.

A new setting is a line in a table here and a field in `config.py`.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from interviewlog.config import DEFAULT_ROOT, FILE_NAME, Config, Goal, Pm, Product
from interviewlog.errors import Code, IlogError
from interviewlog.fields import Field, typed
from interviewlog.nearest import did_you_mean
from interviewlog.slugs import is_slug
from interviewlog.weeks import Week, parse_range, span

MOST_VALUES = 20_000  # a roster of 150 PMs has more values than any note
_DAY = Field("day", "day")
PREFERENCES = ("repo", "editor", "copy", "format", "commit", "push")


def parse_config(text: str, path: str = FILE_NAME) -> Config:
    """Read `ilog.yaml`. Unknown keys become warnings; values that cannot be used raise IlogError (78)."""
    return config_of(plain_settings(text, path), path)


def plain_settings(text: str, path: str = FILE_NAME) -> Any:
    """Read the YAML into dict, list and str, which can be remembered as JSON. Raises IlogError (78)."""
    from interviewlog.yamltext import YamlError, load  # loading YAML costs twice what all the rest of this does

    try:
        return load(text, MOST_VALUES).value
    except YamlError as error:
        raise _broken(f"{path}:{error.line}", error.what, error.mend) from None


def config_of(settings: Any, path: str = FILE_NAME) -> Config:
    """Give the rules that plain settings stand for; warnings and errors are those of `parse_config`."""
    if not isinstance(settings, dict):
        raise _broken(path, "not a mapping of settings", f"start it with root: {DEFAULT_ROOT}")
    reader = _Reader(path)
    fields = reader.several(settings, SETTINGS, "")
    return replace(Config(**fields), warnings=tuple(reader.warnings))


def _broken(where: str, what: str, mend: str) -> IlogError:
    return IlogError(f"cannot use {where}: {what}", hint=mend, code=Code.CONFIG)


class _Reader:
    """Walks the settings, keeps the warnings, and knows the file for its errors."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.warnings: list[str] = []
        self.preferences: dict[str, str] = {}

    def several(self, value: Any, known: Mapping[str, "_Setting"], where: str) -> dict[str, Any]:
        """Read a mapping by a table of key -> (field name, reader), warning about keys not in the table."""
        result: dict[str, Any] = {}
        for key, item in self.mapping(value, where).items():
            setting = known.get(key)
            if setting is None:
                self.unknown(key, known, where)
            elif item != "":
                result |= setting(self, item, f"{where}{key}")
        return result

    def unknown(self, key: str, known: Mapping[str, Any], where: str) -> None:
        near = did_you_mean(key, known)
        hint = f", {near}" if near else ""
        self.warnings.append(f"{self.path}: unknown setting {where}{key}{hint}")

    def mapping(self, value: Any, where: str) -> dict[str, Any]:
        if value in ("", []):
            return {}
        if not isinstance(value, dict):
            raise self.misfit(where.rstrip("."), "a mapping such as {key: value}")
        return value

    def misfit(self, where: str, wanted: str) -> IlogError:
        return _broken(f"{self.path}: {where or 'the file'}", f"should be {wanted}", f"mend it in {self.path}")

    def texts(self, value: Any, where: str) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str) for item in items):
            raise self.misfit(where, "a list of words")
        return tuple(item.strip() for item in items if item.strip())

    def text(self, value: Any, where: str) -> str:
        if not isinstance(value, str):
            raise self.misfit(where, "one value")
        return value.strip()

    def number(self, value: Any, where: str) -> int:
        text = self.text(value, where)
        if not (text.isascii() and text.isdigit() and len(text) <= 4):  # noqa: PLR2004
            raise self.misfit(where, "a whole number")
        return int(text)

    def day(self, value: Any, where: str) -> date:
        day, _ = typed(_DAY, value)
        if not isinstance(day, date):
            raise self.misfit(where, "a date such as 2026-01-05")
        return day

    def slugs(self, value: Any, where: str) -> tuple[str, ...]:
        words = self.texts(value, where)
        for word in words:
            if not is_slug(word):
                raise self.misfit(where, f"slugs of a-z, 0-9 and hyphens, not {word}")
        return words

    def weeks(self, value: Any, where: str) -> frozenset[Week]:
        try:
            ranges = [parse_range(word) for word in self.texts(value, where)]
        except IlogError:
            raise self.misfit(where, "weeks such as [2026-W33..2026-W34]") from None
        return frozenset(week for first, last in ranges for week in span(first, last))


_Setting = Callable[[_Reader, Any, str], dict[str, Any]]


def _plain(name: str, read: Callable[[_Reader, Any, str], Any]) -> _Setting:
    return lambda reader, value, where: {name: read(reader, value, where)}


def _group(known: Mapping[str, _Setting]) -> _Setting:
    return lambda reader, value, where: reader.several(value, known, f"{where}.")


def _paired(reader: _Reader, value: Any, where: str) -> bool:
    word = reader.text(value, where)
    if word not in {"counts", "shown"}:
        raise reader.misfit(where, "counts or shown")
    return word == "counts"


_GOAL: Mapping[str, _Setting] = {
    "interviews": _plain("interviews", _Reader.number),
    "minutes": _plain("minutes", _Reader.number),
    "paired": _plain("paired", _paired),
    "from": _plain("since", _Reader.day),
}


def _goals(reader: _Reader, value: Any, where: str) -> tuple[Goal, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(Goal(**reader.several(item, _GOAL, f"{where}.")) for item in items)


_PM: Mapping[str, _Setting] = {
    "name": _plain("name", _Reader.text),
    "emails": _plain("emails", _Reader.texts),
    "products": _plain("products", _Reader.slugs),
    "from": _plain("since", _Reader.day),
    "until": _plain("until", _Reader.day),
    "to": _plain("until", _Reader.day),
    "away": _plain("away", _Reader.weeks),
    "goal": _plain("goals", _goals),
}


def _pms(reader: _Reader, value: Any, where: str) -> dict[str, Pm]:
    people = {}
    for handle, item in reader.mapping(value, where).items():
        known = reader.several(item, _PM, f"{where}.{handle}.")
        people[handle] = Pm(handle, **{"name": handle} | known)
    words = Counter(word.casefold() for pm in people.values() for word in dict.fromkeys((pm.handle, *pm.emails)))
    for word in sorted(word for word, times in words.items() if times > 1):
        reader.warnings.append(f"{reader.path}: {where}: {word} stands for two people, the first one is meant")
    return people


def _products(reader: _Reader, value: Any, where: str) -> dict[str, Product]:
    table: Mapping[str, _Setting] = {
        "title": _plain("title", _Reader.text),
        "was": _plain("was", _Reader.slugs),
    }
    if isinstance(value, list):
        value = dict.fromkeys(reader.slugs(value, where), "")
    products = {}
    for name, item in reader.mapping(value, where).items():
        if not is_slug(name):
            raise reader.misfit(f"{where}.{name}", "named by a slug of a-z, 0-9 and hyphens")
        title = {"title": name.replace("-", " ").capitalize()}
        products[name] = Product(name, **title | reader.several(item, table, f"{where}.{name}."))
    return products


def _root(reader: _Reader, value: Any, where: str) -> str:
    root = reader.text(value, where).strip("/")
    parts = root.split("/")
    is_odd = any(part.casefold() in {"", ".", "..", ".git"} or part.startswith("-") for part in parts)
    if not root or is_odd or not root.isprintable():
        raise reader.misfit(where, f"a folder inside the repository, such as {DEFAULT_ROOT}")
    return root


def _hypotheses(reader: _Reader, value: Any, where: str) -> dict[str, str]:
    return {key: reader.text(item, where) for key, item in reader.mapping(value, where).items()}


def _schema(reader: _Reader, value: Any, where: str) -> dict[str, Any]:
    if reader.number(value, where) != 1:
        raise _broken(f"{reader.path}: schema: {value}", "written for a newer ilog", "pipx upgrade interviewlog")
    return {}


def _preference(name: str) -> _Setting:
    def read(reader: _Reader, value: Any, where: str) -> dict[str, Any]:
        reader.preferences = {**reader.preferences, name: reader.text(value, where)}
        return {"preferences": reader.preferences}

    return read


SETTINGS: Mapping[str, _Setting] = {
    "schema": _schema,
    "root": _plain("root", _root),
    "goal": _plain("goals", _goals),
    "away": _plain("away", _Reader.weeks),
    "pms": _plain("pms", _pms),
    "products": _plain("products", _products),
    "imports": _plain("imports", _Reader.texts),
    "segments": _plain("segments", _Reader.slugs),
    "own": _group(
        {"domains": _plain("own_domains", _Reader.texts), "companies": _plain("own_companies", _Reader.texts)}
    ),
    "links": _group({"web": _plain("web_link", _Reader.text)}),
    "hypotheses": _plain("hypotheses", _hypotheses),
    "contact_cap": _group({"notes": _plain("cap_notes", _Reader.number), "days": _plain("cap_days", _Reader.number)}),
    "retention_months": _plain("retention_months", _Reader.number),
    # Not `editor`: a file that a clone brings along must not say what runs on somebody's machine.
    **{name: _preference(name) for name in PREFERENCES if name not in {"repo", "editor"}},
}
