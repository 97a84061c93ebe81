"""A new note's text, and that it reads back as what it was written from (I4)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewlog.draft import draft, quoted, scalar
from interviewlog.errors import Code, IlogError
from interviewlog.fields import FIELDS
from interviewlog.interview import Interview
from interviewlog.note import parse, split
from interviewlog.slugs import slug
from interviewlog.yamltext import load

PATH = "prod/interviews/reseller-portal/acme-freight-2026-11-18.md"
NEEDED = {
    "date": date(2026, 11, 18),
    "product": "reseller-portal",
    "customer": "Acme Freight",
    "pm": "caroline",
    "type": "learning",
}


def front(text: str) -> dict[str, Any]:
    return load(split(text.encode()).front.decode()).value


def read(text: str) -> Interview:
    note = parse(PATH, text.encode())
    assert isinstance(note, Interview), note
    return note


def test_the_scaffold_shows_the_needed_and_the_scaffolded_fields():
    assert draft(NEEDED, "# Acme Freight\n") == (
        "---\n"
        "date: 2026-11-18\n"
        "product: reseller-portal\n"
        'customer: "Acme Freight"\n'
        "pm: caroline\n"
        "type: learning\n"
        "relationship:  # customer, prospect, lost, former, non-customer, partner\n"
        "roles:  # [user, buyer, admin, champion, decision-maker, evaluator]\n"
        "source:  # direct, second-hand\n"
        "consent:  # pending, notes, quotes, recording, declined, withdrawn\n"
        "---\n"
        "# Acme Freight\n"
    )


def test_fields_stand_in_the_order_of_the_contract_whatever_the_order_given():
    given_fields = {
        "tldr": "heard raves",
        "minutes": 35,
        "segments": ["enterprise"],
        **NEEDED,
        "imported": True,
        "x": "z",
    }
    text = draft(given_fields, "")

    assert text == draft(dict(reversed(list(given_fields.items()))), "")
    assert text.splitlines()[10:-1] == [
        "segments: [enterprise]",
        "imported: true",
        "minutes: 35",
        'tldr: "heard raves"',
        "x: z",
    ]


def test_an_empty_field_that_is_not_scaffolded_is_left_out():
    assert draft(NEEDED | {"tldr": "", "segments": (), "minutes": None, "imported": False, "via": None}, "") == draft(
        NEEDED, ""
    )


def test_full_shows_every_field_and_reads_back_as_empty():
    text = draft({}, "", full=True)

    assert list(front(text)) == list(FIELDS)
    assert set(front(text).values()) == {""}
    assert "\nminutes:  # whole minutes\n" in text
    assert read(draft(NEEDED, "", full=True)) == read(draft(NEEDED, ""))


def test_a_list_of_pms_puts_the_lead_first():
    assert "\npm: [dev, caroline@example.com]\n" in draft(NEEDED | {"pm": ("dev", "caroline@example.com")}, "")


TRICKY = [
    "no", "on", "Y", "NULL", "12:30", "014", "007", "~", "=1", " x ", "Acme: North", "Acme #1", "@acme", "*acme", "&a", "!x", "%a", "`a",
    "- a", "? a", "a,b", "[a]", "{a}", "| a", "> a", "'a'", '"a"', "a\\b", "a\nb", "\n", "\ttab", "a\r\nb", "é 日本 👩‍💻", "a\u2028b",
    "\ufeffa", "\x00\x1b[31m\x7f\x85", "\u202ea", "---", "...", "--- a", "#", "a:", ":a", "1e3", "0x1f", ".inf", "<<", "2026-11-18",
    "true", "\ufffe\uffff", "\U0001f600", "x" * 2000, "-", "", "a - b", "a # b", "\xa0a\xa0",
]  # fmt: skip


@pytest.mark.parametrize("text", TRICKY)
def test_i4_p9_p13_any_text_survives_as_text(text: str):
    note = draft(
        NEEDED | {"customer": f"A{text}", "tldr": text, "participants": [text, "b"], "crm": text, "other": text}, ""
    )
    found = front(note)

    assert found["customer"] == f"A{text}"
    assert found.get("tldr", "") == text
    assert found["participants"] == [text, "b"]
    assert (found.get("crm", ""), found["other"]) == (text, text)
    assert note.count("\n---\n") == 1
    assert all(character.isprintable() or character in "\n\xa0\u200d" for character in note)


@pytest.mark.parametrize(
    "word", ["caroline", "caroline@example.com", "second-hand", "reseller-portal", "a.b+c@x.org", "P1"]
)
def test_handles_slugs_choices_and_e_mails_stay_bare(word: str):
    assert scalar(word) == word


@pytest.mark.parametrize(
    "word", ["no", "Yes", "on", "OFF", "true", "null", "y", "N", "3pl", "1", "a b", "", "a:", "é", "2026-11-18", "=a"]
)
def test_what_another_reader_of_yaml_might_take_for_something_else_is_quoted(word: str):
    assert scalar(word) == quoted(word) == f'"{word}"'


def test_dates_and_numbers_typed_as_text_stay_bare_in_their_own_fields():
    text = draft(NEEDED | {"date": "2026-11-18", "minutes": "35", "imported": "true", "retain_until": "soon: ish"}, "")

    assert "\ndate: 2026-11-18\n" in text
    assert "\nminutes: 35\n" in text
    assert "\nimported: true\n" in text
    assert '\nretain_until: "soon: ish"\n' in text


@pytest.mark.parametrize("surrogate", [0xD800, 0xDCFF, 0xDFFF])
def test_text_that_is_not_unicode_is_refused(surrogate: int):
    with pytest.raises(IlogError) as error:
        draft(NEEDED | {"customer": f"Acme {chr(surrogate)}"}, "")
    assert error.value.code == Code.USAGE


@pytest.mark.parametrize("body", ["", "# A\n", "no line end", "---\n", "\r\n  \n\n", "\ufeff"])
def test_the_body_stays_as_it_is(body: str):
    assert split(draft(NEEDED, body).encode()).body == body.encode()


unicode_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
own_text = unicode_text.map(str.strip).filter(bool)
slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,12}", fullmatch=True).filter(
    lambda word: word not in {"con", "prn", "aux", "nul"}
)
days = st.dates(date(1990, 1, 1), date(9998, 12, 31))


def values(name: str) -> st.SearchStrategy[Any]:
    field = FIELDS[name]
    single = {
        "text": own_text,
        "texts": own_text,
        "slug": slugs,
        "slugs": slugs,
        "choice": st.sampled_from(field.choices or ("",)),
        "choices": st.sampled_from(field.choices or ("",)),
        "day": days,
        "number": st.integers(1, 600),
        "flag": st.just(value=True),
    }[field.kind]
    if field.kind in {"texts", "slugs", "choices"}:
        return st.lists(single, min_size=1, max_size=4).map(tuple)
    return single.filter(slug) if name == "customer" else single


asked = st.fixed_dictionaries(
    {name: values(name) for name in ("date", "customer", "type")},
    optional={name: values(name) for name in FIELDS if name not in {"date", "customer", "type", "product"}},
)


@given(asked, unicode_text, st.booleans())
@example({"date": date(2026, 11, 18), "customer": "no", "type": "learning", "pm": ("on", "~")}, "---\n", bool(1))
@settings(max_examples=80, deadline=None)
def test_i4_a_note_reads_back_as_what_it_was_written_from(fields: dict[str, Any], body: str, full: bool):
    text = draft(fields, body, full=full)
    note = read(text)

    assert text == draft(fields, body, full=full)
    assert {name: getattr(note, name) for name in fields} == fields
    assert note.extra == {}
    assert note.text == body
    assert {finding.code for finding in note.findings} <= {"field-tldr", "field-nugget"}
    missing = set(FIELDS) - {"product"} - set(fields)
    assert not any(getattr(note, name) for name in missing)


@given(st.dictionaries(unicode_text.filter(lambda key: key not in FIELDS), unicode_text, max_size=4))
@settings(max_examples=80, deadline=None)
def test_i4_any_key_and_any_text_survive_to_the_last_blank(fields: dict[str, str]):
    found = front(draft(fields, ""))

    assert {key: found[key] for key in fields} == fields
