"""Notes that tell what another note tells."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import cpu_seconds, interview
from interviewlog.insights.doubles import doubles
from interviewlog.interview import Interview

NONE: frozenset[str] = frozenset()
WORDS = [f"{a}{b}{c}" for a in "bdfgklmn" for b in "aeiou" for c in "bdfgklmn"]


def note(customer: str, day: str, words: list[str], product: str = "checkout") -> Interview:
    return interview(customer=customer, date=day, product=product, body=f"# {customer}\n\n{' '.join(words)}\n")


def told(*notes: Interview, template: frozenset[str] = NONE) -> list[tuple[str, str, str]]:
    name = {each.path: each.customer for each in notes}
    return [(each.code, name[each.later], name[each.earlier]) for each in doubles(notes, template)]


def test_a_copy_is_told_of_whatever_customer_product_and_day_it_names():
    words = WORDS[:60]
    first, copied = note("A", "2026-11-01", words), note("B", "2026-11-05", words, "portal")
    assert told(copied, first) == [("near-duplicate", "B", "A")]


def test_nearly_the_same_words_are_enough_and_half_of_them_are_not():
    words = WORDS[:60]
    changed = [*words[:55], "x", *words[56:]]
    assert told(note("A", "2026-11-01", words), note("B", "2026-11-05", changed)) == [("near-duplicate", "B", "A")]
    other = [*words[:30], *WORDS[100:130]]
    assert told(note("A", "2026-11-01", words), note("B", "2026-11-05", other)) == []


def test_short_notes_are_alike_by_chance():
    assert told(note("A", "2026-11-01", WORDS[:20]), note("B", "2026-11-05", WORDS[:20])) == []


def test_template_lines_are_nobodys_words():
    line = " ".join(WORDS[:60])
    notes = [note("A", "2026-11-01", [line]), note("B", "2026-11-05", [line])]
    assert told(*notes, template=frozenset({line})) == []


def test_of_many_copies_each_is_told_of_once_with_the_first():
    words = WORDS[:60]
    notes = [note(f"C{n:02}", f"2026-10-{n + 1:02}", words) for n in range(28)]
    assert told(*reversed(notes)) == [("near-duplicate", f"C{n:02}", "C00") for n in range(1, 28)]


def test_on_one_customer_and_day_the_counting_rule_decides():
    words = WORDS[:60]
    first = note("A", "2026-11-01", words)
    again = interview("prod/interviews/checkout/a-2026-11-01-2.md", customer="A", date="2026-11-01", product="checkout",
                      body=first.text)  # fmt: skip
    assert [each.code for each in doubles([again, first], NONE)] == ["duplicate"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_found_is_what_comparing_all_with_all_finds(seed):
    rng = random.Random(seed)
    notes: list[Interview] = []
    for n in range(25):
        words = rng.choices(WORDS, k=rng.randrange(30, 80))
        if notes and rng.random() < 0.5:
            words = rng.choice(notes).text.split()[2:]
            for _ in range(rng.randrange(6)):
                words[rng.randrange(len(words))] = rng.choice(WORDS)
        notes.append(note(f"C{n}", f"2026-{1 + n // 28:02}-{1 + n % 28:02}", words))

    def runs(each: Interview) -> set[tuple[str, ...]]:
        words = each.text.split()[2:]
        return {tuple(words[at : at + 4]) for at in range(len(words) - 3)}

    def is_near(one: Interview, other: Interview) -> bool:
        a, b = runs(one), runs(other)
        return len(a) >= 30 and len(b) >= 30 and len(a & b) >= 0.8 * len(a | b)

    wanted = [
        (later.path, next(each.path for each in notes[:at] if is_near(each, later)))
        for at, later in enumerate(notes)
        if any(is_near(each, later) for each in notes[:at])
    ]
    assert [(each.later, each.earlier) for each in doubles(notes, NONE)] == wanted


def test_four_times_as_many_notes_do_not_take_sixteen_times_as_long():
    rng = random.Random(1)

    def shelf(number: int) -> list[Interview]:
        return [note(f"C{n}", f"2026-01-{1 + n % 28:02}", rng.choices(WORDS, k=80)) for n in range(number)]

    few, many = shelf(200), shelf(800)
    short, long = (min(cpu_seconds(lambda: list(doubles(notes, NONE))) for _ in range(3)) for notes in (few, many))  # noqa: B023
    assert long < 12 * max(short, 0.005)
