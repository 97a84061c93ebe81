"""Phone numbers: found as people of many countries write them, and not where notes hold other numbers."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from interviewlog.insights.phones import phones

REGIONS = ("US", "CA", "GB", "DE", "FR", "IT", "ES", "NL", "BE", "AT", "CH", "SE", "NO", "DK", "FI", "PL", "PT", "IE", "CZ", "GR",
           "HU", "IN", "CN", "JP", "KR", "AU", "NZ", "BR", "MX", "ZA", "IL", "TR", "UA", "AE", "SG", "HK")  # fmt: skip


def found(text: str) -> list[str]:
    return [text[spot.start : spot.end] for spot in phones(text)]


def examples(region: str, form: int) -> list[str]:
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
    numbers = (phonenumbers.example_number_for_type(region, kind) for kind in kinds)
    return [phonenumbers.format_number(number, form) for number in numbers]


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("form", [PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL])
def test_a_number_with_its_country_is_found_anywhere(region, form):
    for number in examples(region, form):
        for text in ("{}", "Ring her ({}).", "| ops | {} | P1 |", "2026-11-18 {} 10:30"):
            assert found(text.format(number)) == [number]


@pytest.mark.parametrize("region", REGIONS)
def test_a_number_of_nine_digits_behind_a_word_such_as_call_is_found(region):
    for number in examples(region, PhoneNumberFormat.NATIONAL):
        if sum(sign.isdigit() for sign in number) >= 9:
            assert found(f"Please call {number} before noon") == [number]


@pytest.mark.parametrize(
    "number",
    [
        *("0151 23456789", "0151/23456789", "0151-23456789", "015123456789", "030/1234567", "030 - 1234567", "(030) 1234567", "(030) - 1234567"),
        *("0049 151 23456789", "+49 (0)151 23456789", "+49 (0) 30 / 123 45 67", "+49‑151‑23456789", "+49.151.23456789"),
        *("(415) 555-2671", "415-555-2671", "415.555.2671", "415 555 2671", "1-415-555-2671", "(555) 010-0199", "555-123-4567"),
        *("020 7946 0958", "01632 960983", "07700 900123", "07700900123", "+44 (0)20 7946 0958"),
        *("06 12 34 56 78", "06.12.34.56.78", "0612345678", "612 34 56 78", "06-12345678", "044 668 18 00", "070-123 45 67"),
        *("98765 43210", "138 1234 5678", "090-1234-5678", "03-1234-5678", "0412 345 678", "(02) 9876 5432", "(11) 91234-5678"),
        *("082 123 4567", "054-123-4567", "0532 123 45 67", "0664 1234567", "＋49 151 23456789"),
    ],
)  # fmt: skip
def test_a_number_is_found_in_the_writing_of_its_country(number):
    for text in ("{}", "P2 gave me {} for the trial.", "- {}\n- x", "his number:{}", "1. {}"):
        assert found(text.format(number)) == [number]


def test_a_number_that_begins_with_a_zero_is_found_behind_another():
    assert found("12 0151 23456789") == ["0151 23456789"]


def test_two_numbers_beside_each_other_are_two():
    assert found("0151 23456789 / 0152 3456789, +44 20 7946 0958") == [
        "0151 23456789",
        "0152 3456789",
        "+44 20 7946 0958",
    ]


@pytest.mark.parametrize("link", ["tel:+4930123456", "https://wa.me/4915123456789", "[x](tel:+49-30-123456)"])
def test_a_link_that_calls_is_a_number(link):
    assert len(found(link)) == 1


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-18", "2026-11-18 2026-11-19", "18.11.2026 10:30-11:45", "12:30 13:45 14:00 15:00", "20261118T153000"),
        *("01.02.2026 12 people", "on 09-12-2026 100 users", "01/02/2026 1200"),
        *("1.2.3.4", "v12.345.678.90", "192.168.100.200", "52.520008 13.404954", "0.123456789", "3.141592653589793"),
        *("JIRA-123456789", "INV-2026-0001234", "#0151 23456789", "ticket 015123456789", "order 0123 4567890", "id 0151 23456789"),
        *("1,234,567.00", "1 234 567 890", "EUR 1 234 567 890", "0151 23456789 EUR", "+1 000 000 000 requests", "100 200 300 400"),
        *("978-3-16-148410-0", "4006381333931", "4500123456", "1700000000", "9007199254740993", "10.1000/123456789"),
        *("10000-20000 30000", "60000-64999", "123-456-789", "601 234 567", "2024-2026 2027 2028", "02110-1301", "252.227-7013"),
        *("1 2 3 4 5 6 7 8 9 10", "0 0 0 0 0 0 0 0 0 0", "01 02 03 04 05 06 07 08", "00000000000", "0000123456789", "0" * 40),
        *("https://x.io/0151/2345678", "https://x.io/a?b=0151-2345678", "abc0151 23456789", "`0123456789`"),
        *("550e8400-e29b-41d4-a716-446655440000", "call me at 10:30 on 2026-11-18", "call 12"),
    ],
)  # fmt: skip
def test_dates_prices_versions_and_ids_are_no_numbers(text):
    assert found(text) == []


@pytest.mark.parametrize("number", ["+49  151  23456789", "+49\t151\t23456789", "+1  415-555-2671"])
def test_wide_gaps_hide_no_number(number):
    assert [spot.kind for spot in phones(f"ask {number} today")] == ["phone"]
