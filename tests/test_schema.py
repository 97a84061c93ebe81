"""The JSON Schema of the front matter: valid itself, and of one mind with what ilog reads."""

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from interviewlog.draft import draft
from interviewlog.fields import FIELDS, TYPES, typed
from interviewlog.note import NoteHandler
from interviewlog.schema import front_matter
from interviewlog.store import examples

SCHEMA = front_matter()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker(["date"]))
GOOD = {"date": "2026-11-18", "product": "reseller-portal", "customer": "Acme", "pm": "caroline", "type": "learning"}


def amiss(**fields: Any) -> list[str]:
    """Name the fields in which a front matter is refused; "" is the whole of it. None leaves a field out."""
    values = {key: value for key, value in {**GOOD, **fields}.items() if value is not None}
    return sorted({str(next(iter(error.path), "")) for error in VALIDATOR.iter_errors(values)})


def as_an_editor_reads(text: str) -> Any:
    """Read front matter with YAML's own types, but days, which are text in YAML 1.2."""

    class Reader(yaml.SafeLoader):
        pass

    Reader.yaml_implicit_resolvers = {
        letter: [each for each in known if each[0] != "tag:yaml.org,2002:timestamp"]
        for letter, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Reader)  # noqa: S506 - a SafeLoader


def test_it_is_a_valid_schema_that_knows_every_field_and_forbids_no_other():
    Draft202012Validator.check_schema(SCHEMA)
    assert list(SCHEMA["properties"]) == list(FIELDS)
    assert all(each["description"] for each in SCHEMA["properties"].values())
    assert amiss(our_own_key="anything") == []


@pytest.mark.parametrize("read", [lambda text: NoteHandler().load(text), as_an_editor_reads])
def test_the_example_notes_are_valid(read):
    for path, text in examples.read().notes.items():
        front, _ = NoteHandler().split(text)
        assert list(VALIDATOR.iter_errors(read(front))) == [], path


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("type_", TYPES)
@pytest.mark.parametrize("read", [lambda text: NoteHandler().load(text), as_an_editor_reads])
def test_a_fresh_draft_is_valid_even_before_anything_is_filled_in(type_, full, read):
    fields = {**GOOD, "date": date(2026, 11, 18), "type": type_}
    if type_ == "win-loss":
        fields["outcome"] = "won"
    front, _ = NoteHandler().split(draft(fields, "# Acme\n", full=full))
    assert list(VALIDATOR.iter_errors(read(front))) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", "18.11.2026"), ("date", "2026-13-01"), ("date", "2026-02-30"), ("date", "1089-01-01"), ("date", ""),
        ("customer", ""), ("customer", "  "), ("customer", ["a"]), ("type", "lerning"), ("type", ""),
        ("product", "Reseller Portal"), ("product", "con"), ("segments", ["Mid market"]), ("segments", "x" * 81),
        ("roles", ["user", "boss"]), ("roles", "boss"), ("consent", "yes"), ("minutes", 0), ("minutes", 601),
        ("minutes", "half an hour"), ("minutes", 3.5), ("imported", "maybe"), ("tldr", "x" * 201), ("nugget", "x" * 281),
        ("tldr", ["x"]), ("participants", {"P1": "lead"}), ("retain_until", "soon"),
    ],
)  # fmt: skip
def test_a_value_that_the_field_cannot_hold_is_marked_there(field, value):
    assert amiss(**{field: value}) == [field]


@pytest.mark.parametrize(
    "fields",
    [
        {"customer": 2024}, {"customer": True}, {"pm": ["caroline", "dev"]}, {"pm": "caro@example.com"}, {"roles": "user"},
        {"roles": ["user", "buyer"]}, {"roles": None}, {"roles": ""}, {"minutes": "35"}, {"minutes": 600},
        {"imported": True}, {"imported": "false"}, {"tldr": ""}, {"segments": []}, {"segments": ["smb", 2024]},
        {"source": "second-hand", "via": "sales", "pm": None}, {"type": "win-loss", "outcome": "won"},
    ],
)  # fmt: skip
def test_what_ilog_takes_is_fine(fields):
    assert amiss(**fields) == []


@pytest.mark.parametrize("field", ["date", "product", "customer", "type", "pm"])
def test_a_field_that_no_note_can_do_without_is_asked_for(field):
    assert amiss(**{field: None}) == [""]


def test_hearsay_needs_to_say_through_whom_and_a_deal_how_it_ended():
    assert amiss(source="second-hand", pm=None) == [""]
    assert amiss(type="win-loss") == [""]


@given(st.sampled_from(sorted(FIELDS)), st.one_of(st.text(max_size=12), st.lists(st.text(max_size=8), max_size=3)))
def test_a_text_is_refused_by_the_schema_exactly_where_ilog_has_something_to_say(name, value):
    field = FIELDS[name]
    found, misfits = typed(field, value)
    if any(word != word.lower() for word in ([value] if isinstance(value, str) else value)):
        return  # fixed words are known in small letters only
    is_fine = not misfits and (name not in {"date", "customer", "type"} or found is not None)
    stripped = value.strip() if isinstance(value, str) else [word.strip() for word in value]
    others = {"outcome": "won", "via": "sales", "pm": "caroline"}
    assert (name not in amiss(**{**others, name: stripped})) == is_fine
