"""Front matter's values into the fields of a note: what fits, what does not, and where that stands."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from interviewlog.fields import FIELDS, Misfit, typed
from interviewlog.interview import Finding
from interviewlog.nearest import nearest
from interviewlog.problem import Problem, product_of
from interviewlog.slugs import is_slug, slug
from interviewlog.yamlerror import Place
from interviewlog.yamltext import Spot

_LONGEST_NAME = 40  # of a key that may be one of ours, misspelt
EXAMPLES = {"date": "date: 2026-11-18", "customer": 'customer: "Acme Freight"', "type": "type: learning"}
"""The fields that no note can do without."""


class Fitted(NamedTuple):
    """`known` are the fields, as their own types; `extra` the keys that are no fields; `misfits` what did not fit.

    A misfit stands with the code of the finding that it becomes, and the field's key.
    """

    known: dict[str, Any]
    extra: dict[str, Any]
    misfits: list[tuple[str, str, Misfit]]

    @property
    def unusable(self) -> str:
        """The first field that no note can do without and that is missing or unusable; "" for none."""
        return next((key for key in EXAMPLES if not _is_usable(key, self.known.get(key))), "")


def fitted(path: str, values: Mapping[str, Any]) -> Fitted:
    """Fit the values of a note's front matter into its fields; the product is said by the path."""
    known: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    misfits: list[tuple[str, str, Misfit]] = []
    for key, value in values.items():
        field = FIELDS.get(key)
        if field is None:
            extra[key] = value
            continue
        known[key], found = typed(field, value)
        if found:
            misfits += ((f"field-{key.replace('_', '-')}", key, each) for each in found)
    product, folder = known.pop("product", None), product_of(path)
    if product is not None and product != folder and is_slug(folder):  # else it is the folder that is to be renamed
        what = f"product is {product}, but the note is filed under {folder}"
        misfits.append(("product-differs", "product", Misfit(what, f"write product: {folder}, or move the note")))
    return Fitted(known, extra, misfits)


def _is_usable(key: str, value: Any) -> bool:
    return value is not None and (key != "customer" or bool(slug(value)))


def findings(misfits: list[tuple[str, str, Misfit]], spots: Mapping[str, Spot]) -> Iterator[Finding]:
    """Yield what `check` says of the misfits; `spots` tells where each key stands."""
    for code, key, misfit in misfits:
        where = spots[key].of(misfit.item)
        yield Finding(where.line, code, misfit.what, misfit.mend, column=where.column)


def problem(path: str, found: Fitted, spots: Mapping[str, Spot]) -> Problem:
    """Say why the field `found.unusable` is missing or unusable, and where."""
    key = found.unusable
    misfit = next((each for _, name, each in found.misfits if name == key), None)
    near = "" if key in found.known else _misspelt(key, found.extra)
    what, mend, where = f"{key} is missing", f"add a line such as {EXAMPLES[key]}", Place(1, 1, "")
    if misfit:
        what, mend, where = misfit.what, misfit.mend, spots[key].of(misfit.item)
    elif key in found.known:
        what = what if found.known[key] is None else f"no letters in {key}"
        mend, where = f"write it as {EXAMPLES[key]}", spots[key].value
    elif near:
        mend, where = f"write {key}: for {near}:, or {mend}", spots[near].key
    pm = found.known.get("pm") or ()
    return Problem(path, where.line, where.column, what, mend, found.known.get("date"), pm, where.source)


def _misspelt(key: str, names: Mapping[str, Any]) -> str:
    """Give the unknown key that was probably meant as `key`; "" where none is like it."""
    folded = {name.casefold(): name for name in names if len(name) <= _LONGEST_NAME}
    return folded.get(nearest(key, folded), "")
