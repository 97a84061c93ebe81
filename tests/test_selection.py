"""Which notes a person asks for."""

from datetime import date

import pytest

from builders import interview, people
from interviewlog.selection import Selection, select

NOTES = [
    interview(customer="Globex", date="2026-11-18", product="checkout", pm="dev", also_products=["reseller-portal"]),
    interview(customer="Acme", date="2026-11-02", pm="CARO@example.com", segments=["smb", "enterprise"], type="sales"),
    interview(
        customer="Acmé",
        date="2026-11-18",
        pm=["x@y.example", "dev"],
        body="# x\n\n- pain: a #SSO\n  - quote: b #deep\n",
    ),
]


def found(pms=(), **wanted) -> list[str]:
    known = people(**{"x@y.example": ("Dev", "dev@example.com")})
    return [note.customer for note in select(NOTES, Selection(is_by=known.any_of(pms) if pms else None, **wanted))]


@pytest.mark.parametrize(
    ("wanted", "customers"),
    [
        ({}, ["Acme", "Globex", "Acmé"]),
        ({"products": ("reseller-portal",)}, ["Acme", "Globex", "Acmé"]),
        ({"products": ("checkout",)}, ["Globex"]),
        ({"customers": ("ACME",)}, ["Acme", "Acmé"]),
        ({"pms": ("caroline",)}, ["Acme"]),
        ({"pms": ("dev",)}, ["Globex", "Acmé"]),
        ({"pms": ("Dev@example.com", "caro@example.com")}, ["Acme", "Globex", "Acmé"]),
        ({"types": ("sales", "win-loss")}, ["Acme"]),
        ({"segments": ("enterprise",)}, ["Acme"]),
        ({"tags": ("sso",)}, ["Acme", "Globex", "Acmé"]),
        ({"tags": ("#Deep",)}, ["Acmé"]),
        ({"since": date(2026, 11, 3)}, ["Globex", "Acmé"]),
        ({"until": date(2026, 11, 2)}, ["Acme"]),
        ({"last": 1}, ["Acmé"]),
        ({"last": 9}, ["Acme", "Globex", "Acmé"]),
        ({"paths": (NOTES[0].path,), "types": ("sales",)}, []),
    ],
)
def test_each_selector_narrows_and_its_values_mean_or(wanted, customers):
    assert found(**wanted) == customers


def test_order_is_by_day_and_path_whatever_came_first():
    assert [note.path for note in select(reversed(NOTES), Selection())] == [
        note.path for note in select(NOTES, Selection())
    ]  # fmt: skip
