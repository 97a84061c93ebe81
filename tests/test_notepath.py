"""Where a note stands, and names that would collide."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewlog.notepath import FileName, next_free, of_customer, path_of, renamed, taken, way
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


@pytest.mark.parametrize(
    ("path", "customer", "day", "wanted"),
    [
        ("r/p/acme-2026-11-18-2.md", "", None, "acme-2026-11-18-2.md"),
        ("r/p/acme-2026-11-18-2.md", "acme", date(2026, 11, 18), "acme-2026-11-18-2.md"),
        ("r/p/acme-2026-11-18-2.md", "globex", None, "globex-2026-11-18.md"),
        ("r/p/acme-2026-11-18-2.md", "", date(2026, 11, 17), "acme-2026-11-17.md"),
        ("r/p/Odd.md", "", None, "Odd.md"),
        ("r/p/Odd.md", "", date(2026, 11, 17), "own-2026-11-17.md"),
        ("r/p/Odd.md", "globex", None, "globex-2026-01-02.md"),
    ],
)
def test_a_note_gets_another_name_only_for_another_customer_or_day(path, customer, day, wanted):
    assert str(renamed(path, FileName("own", date(2026, 1, 2)), customer=customer, day=day)) == wanted


def test_a_way_names_products_where_they_differ():
    assert way("r/p/a-2026-11-18.md", "r/p/b-2026-11-18.md") == "a-2026-11-18 to b-2026-11-18"
    assert way("r/p/a-2026-11-18.md", "r/q/a-2026-11-18.md") == "p/a-2026-11-18 to q/a-2026-11-18"
