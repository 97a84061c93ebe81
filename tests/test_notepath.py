"""Where a note stands, and names that would collide."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlog.notepath import FileName, next_free, of_customer, path_of, taken
from interviewlog.slugs import is_slug, slug

DAY = date(2026, 11, 18)
ACME = FileName("acme-freight", DAY)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("acme-freight-2026-11-18.md", ACME),
        ("prod/interviews/x/acme-freight-2026-11-18-2.md", FileName("acme-freight", DAY, 2)),
        ("acme-2026-01-05-2026-11-18.md", FileName("acme-2026-01-05", DAY)),
        ("acme-freight.md", None),
        ("2026-11-18.md", None),
        ("acme-2026-02-30.md", None),
        ("acme-2026-11-18-1.md", None),
        ("acme-2026-11-18-02.md", None),
        ("acme-2026-11-18-0.md", None),
        ("acme-2026-11-18-1000.md", None),
        ("acme-2026-11-18.txt", None),
        ("acme-٢٠٢٦-11-18.md", None),
    ],
)
def test_a_file_name_says_customer_day_and_number_or_is_none_of_ours(name, read):
    assert FileName.read(name) == read


@given(st.text(), st.dates(date(1990, 1, 1)), st.integers(1, 999))
def test_what_is_written_is_read_back_and_safe_on_every_file_system(name, day, number):
    customer = slug(name)
    if not customer:
        return
    written = FileName(customer, day, number)
    path = path_of("prod/interviews", "checkout", written)
    assert FileName.read(path) == written
    assert path.isascii()
    assert path.casefold() == path
    assert is_slug(customer)
    assert len(str(written)) <= 100


def test_a_name_is_taken_without_regard_to_case():
    assert taken(["x.md", "Acme-Freight-2026-11-18.MD"], ACME) == "Acme-Freight-2026-11-18.MD"
    assert taken(["acme-freight-2026-11-18-2.md"], ACME) == ""


def test_the_next_free_name_skips_those_in_any_spelling():
    names = ["acme-freight-2026-11-18.md", "ACME-freight-2026-11-18-2.md", "acme-freight-2026-11-18-4.md"]
    assert next_free(names, ACME) == FileName("acme-freight", DAY, 3)
    assert next_free([], ACME).number == 2


def test_a_customers_talks_come_in_the_order_of_days_and_numbers():
    names = ["acme-2026-11-18-10.md", "acme-2026-11-18-2.md", "acme-2026-11-18.md", "acme-2025-01-01.md",
             "acme-freight-2026-11-18.md", "acme.md", "Acme-2026-11-18.md"]  # fmt: skip
    assert [str(each) for each in of_customer(names, "ACME")] == [
        "acme-2025-01-01.md", "acme-2026-11-18.md", "acme-2026-11-18-2.md", "acme-2026-11-18-10.md",
    ]  # fmt: skip
