"""What the fuzzer feeds with bytes: each target turns them into input for claims, and knows where its seeds are."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import claims

TESTS = Path(__file__).parents[1]
LARGEST_SEED = 8192
_CHANGES = (
    (b"type", b"sales"),
    (b"tldr", b"no: #1 \xc3\xa9"),
    (b"roles", b"user|admin"),
    (b"wave", b""),
    (b"a: b", b"|"),
)


class Target(NamedTuple):
    """A way into ilog. `run` raises for input that breaks a claim; `keep` says what to do with such input."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    keep: str


def _notes() -> list[bytes]:
    found = [*(TESTS / "awkward").rglob("*.md"), *(TESTS.parent / "examples").rglob("*.md")]
    return [path.read_bytes() for path in sorted(found) if path.stat().st_size <= LARGEST_SEED]


def _note(raw: bytes) -> None:
    claims.parts_are_all_bytes(raw)
    claims.both_ways_to_read_fields_agree(raw)
    claims.a_note_is_read_to_an_answer(raw)


def _field(raw: bytes) -> None:
    """The first line is the key, the second its value (`a|b` is a list), the rest the note."""
    key, value, note = [*raw.split(b"\n", 2), b"", b""][:3]
    text = value.decode("utf-8", "replace")
    claims.a_field_is_set_alone(note, key.decode("utf-8", "replace"), text.split("|") if "|" in text else text)


def _changes() -> list[bytes]:
    return [b"\n".join((*_CHANGES[number % len(_CHANGES)], note)) for number, note in enumerate(_notes())]


def _observations(raw: bytes) -> None:
    claims.a_body_is_read_by_the_grammar(raw.decode("utf-8", "replace"))


def _bodies() -> list[bytes]:
    return [note.rpartition(b"\n---\n")[2] for note in _notes()]


def _slug(raw: bytes) -> None:
    """The first line is a customer, the rest a product."""
    customer, _, product = raw.decode("utf-8", "surrogateescape").partition("\n")
    claims.names_make_a_safe_path(customer, product)


def _names() -> list[bytes]:
    words = (
        "Acme Freight",
        "Müller & Söhne",
        "株式会社",
        "CON",
        "../../etc",
        "--output=x",
        "ﷺ",
        "🚀",
        "a" * 90,
        "COM¹",
        "O'Neil’s",
        "\u0130",
    )
    return [f"{word}\n{other}".encode() for word, other in zip(words, reversed(words), strict=True)]


_KEPT = "tests/fuzz/crashers/{}/<what-it-is>: tests/test_fuzz.py then holds it"
TARGETS = {
    "note": Target(_note, _notes, "tests/awkward/<class>/<name>.md, with the answer it must get in <name>.json"),
    "field": Target(_field, _changes, _KEPT.format("field")),
    "observations": Target(_observations, _bodies, _KEPT.format("observations")),
    "slug": Target(_slug, _names, _KEPT.format("slug")),
}


def crashers(name: str) -> list[bytes]:
    """Give the input that once broke a claim."""
    return [path.read_bytes() for path in sorted((Path(__file__).parent / "crashers" / name).glob("*"))]
