"""When two notes tell one conversation, and that many notes on one day are compared in good time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import cpu_seconds, interview
from interviewlog.likeness import is_same_conversation, kin

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=14).map(" ".join)
NOTES = st.lists(st.tuples(WORDS, st.sampled_from([(), ("P1",), ("P1", "P2"), ("P2", "P1")])), max_size=9)


@given(NOTES)
@settings(max_examples=300, deadline=None)
def test_notes_share_a_group_if_and_only_if_they_are_the_same_conversation(told):
    notes = [interview(body=f"{words}\n", participants=list(people)) for words, people in told]
    groups = kin(notes)
    for one, first in enumerate(notes):
        for other, second in enumerate(notes):
            together = any({one, other} <= group for group in groups)
            assert one == other or together == is_same_conversation(first, second), (first.text, second.text)


def test_nearly_the_same_words_are_found_among_many_others():
    said = [f"the {number} invoice was late again and nobody at {number} could say why or when" for number in range(40)]
    notes = [interview(body=f"- pain: {' '.join(said)} {number}\n") for number in range(3)]
    others = [interview(body=f"- pain: {text}\n") for text in said]
    assert frozenset({0, 1, 2}) <= frozenset().union(*kin([*notes, *others]))
    assert len(frozenset().union(*kin([*notes, *others]))) == 3


def test_a_thousand_notes_on_one_customer_and_day_are_no_million_comparisons():
    equal = [interview(body="- pain: the same words, pasted a thousand times over\n")] * 1000
    apart = [interview(body="".join(f"- pain: {n} {n * k} w{n}{k}\n" for k in range(12))) for n in range(1000)]
    assert [len(group) for group in kin(equal)] == [1000]
    assert kin(apart) == []
    assert cpu_seconds(lambda: kin([*equal, *apart])) < 5
