"""The one cleaner: nothing that could act on a reader gets through, and all else does."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlog.render.clean import FORBIDDEN, clean, clean_block

MEAN = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x07\x1b\x7f\x85\x9b\u061c\u200b\u200d\u200e\u202e\u2028\u2066\ufeff\U000e0041\ud800"),
        st.sampled_from(" \t\n\r\u00a0\u0301\u0307ae\\x"),
    )
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Acme Freight", "Acme Freight"),
        ("a\nb\tc\r\nd  e ", "a b c d e"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x9b31m", r"\x9b31m"),
        ("a\x00b\x7f", r"a\x00b\x7f"),
        ("one\u2028two\u2029three\x85four", r"one\u2028two\u2029three\x85four"),
        ("invoice\u202efdp.exe", r"invoice\u202efdp.exe"),
        ("\u2066x\u2069\u200fy\u061c", r"\u2066x\u2069\u200fy\u061c"),
        ("no\u200bth\u200cin\u2060g\ufeff", r"no\u200bth\u200cin\u2060g\ufeff"),
        ("\U000e0041tag\U000e007f", r"\U000e0041tag\U000e007f"),
        ("bad \udcff byte", r"bad \udcff byte"),
        ("👩\u200d💻", r"👩\u200d💻"),
        ("Mu\u0308ller 東京 👍🏽", "M\u00fcller 東京 👍🏽"),
        ("", ""),
    ],
)
def test_one_line_shows_what_could_have_acted(text, shown):
    assert clean(text) == shown


def test_a_block_keeps_its_lines_and_indentation():
    assert clean_block("- a\r\n  - b\rc\n\td  e") == "- a\n  - b\nc\n    d  e"


def test_a_block_shows_what_could_have_acted():
    assert clean_block("a\x1b]0;title\x07\n\u202eb\x0b") == "a\\x1b]0;title\\x07\n\\u202eb\\x0b"


@pytest.mark.parametrize("cleaner", [clean, clean_block])
@given(text=MEAN)
def test_no_forbidden_character_ever_gets_out(cleaner, text):
    shown = cleaner(text)
    assert not FORBIDDEN.search(shown)
    for sign in shown.replace("\n", ""):
        assert unicodedata.category(sign) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(sign) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize("cleaner", [clean, clean_block])
@given(text=MEAN)
def test_cleaning_twice_is_cleaning_once(cleaner, text):
    once = cleaner(text)
    assert cleaner(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(MEAN)
def test_one_line_is_one_line(text):
    shown = clean(text)
    assert shown == " ".join(shown.split())
    assert len(shown.splitlines()) <= 1


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_printable_ascii_keeps_every_word(text):
    assert clean(text).split() == text.split()
    assert clean_block(text) == text
