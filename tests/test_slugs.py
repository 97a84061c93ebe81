import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewlog.slugs import is_slug, slug, stem

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Acme Freight", "acme-freight"),
        ("Müller & Söhne", "muller-sohne"),
        ("O'Neil’s Yard", "oneils-yard"),
        ("Straße", "strasse"),
        ("A&B", "a-b"),
        ("A B", "a-b"),
        ("  --Acme--  ", "acme"),
        ("ﬁber ＡＣＭＥ", "fiber-acme"),
        ("COM¹", "com1-x"),
        ("con", "con-x"),
        ("../../etc/passwd", "etc-passwd"),
        ("--output=x.md", "output-x-md"),
        ("x" * 79 + " y", "x" * 79),
        ("", ""),
        ("***", ""),
        ("\x00\u200b", ""),
    ],
)
def test_a_name_becomes_its_slug(name: str, expected: str):
    assert slug(name) == expected


def test_a_name_in_another_script_has_a_slug_too():
    assert is_slug(slug("株式会社"))
    assert is_slug(slug("Σίσυφος"))


def test_composed_and_decomposed_spellings_are_one_slug():
    assert slug(unicodedata.normalize("NFD", "Café Ñandú")) == slug("Café Ñandú") == "cafe-nandu"


@given(st.text(max_size=300))
@example("CON")
@example("a" * 80 + "-con")
@example("-" * 90)
@example("\ud800 acme")
@settings(max_examples=300, deadline=None)
def test_i3_any_slug_is_a_safe_file_name_everywhere(name: str):
    found = slug(name)

    assert found == slug(name) == slug(found)
    if found:
        assert is_slug(found)
        assert re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?", found)
        assert found not in RESERVED
        assert len(f"prod/interviews/{found}/{found}-2026-11-18-22.md".encode()) <= 200


@pytest.mark.parametrize("text", ["", "-a", "A", "a_b", "a.b", "a/b", "..", "con", "lpt9", "é", "a" * 81, "a\n", "１"])
def test_what_is_no_slug_is_told(text: str):
    assert not is_slug(text)


@pytest.mark.parametrize("text", ["a", "0", "acme-freight", "a" * 80, "con-x", "com10"])
def test_what_is_a_slug_is_told(text: str):
    assert is_slug(text)


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [("acme-inc", "acme"), ("acme", "acme"), ("acme-gmbh", "acme"), ("inc", "inc"), ("princo", "princo")],
)
def test_the_company_form_does_not_make_another_name(spelling: str, expected: str):
    assert stem(spelling) == expected
