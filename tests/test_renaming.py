"""A product's new name in the text of `ilog.yaml`: every other byte stays (I2)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewlog.errors import Code, IlogError
from interviewlog.renaming import with_product_renamed
from interviewlog.settings import parse_config


def renamed(text: str, title: str = "") -> str:
    return with_product_renamed(text, "till", "pay", title, ["till", "portal"])


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("", "products:\n  pay: {was: [till]}\n  portal: {}\n"),
        ("root: x # r\n", "root: x # r\nproducts:\n  pay: {was: [till]}\n  portal: {}\n"),
        ("products:  # none\nroot: x\n", "products:  # none\n  pay: {was: [till]}\n  portal: {}\nroot: x\n"),
        ("products: {}\n", "products:\n  pay: {was: [till]}\n  portal: {}\n"),
        ("products: [till, app]  # all\n", "products:  # all\n  pay: {was: [till]}\n  app: {}\n"),
        ("products: till\n", "products:\n  pay: {was: [till]}\n"),
        ("products: {app: {}}\n", "products: {app: {}, pay: {was: [till]}}\n"),
        ("products:\n  app: {} # a\n", "products:\n  app: {} # a\n  pay: {was: [till]}\n"),
        (
            "products:\n  # first\n  till: {title: The till, was: [desk]}  # t\n  app:\n",
            "products:\n  # first\n  pay: {title: The till, was: [till, desk]}  # t\n  app:\n",
        ),
        (
            "products:\n  'till':\n    title: 'The till'  # t\n    was:\n    - desk # old\n  app: {}\n",
            "products:\n  pay:\n    title: 'The till'  # t\n    was: [till, desk] # old\n  app: {}\n",
        ),
        ("products:\n  till:   # soon\n  app:\n", "products:\n  pay: {was: [till]}   # soon\n  app:\n"),
        (
            "products: {pay: {title: P, was: [cash]}, till: {title: T, was: [desk]}, app: {}}\n",
            "products: {pay: {title: P, was: [till, desk, cash]}, app: {}}\n",
        ),
        (
            "products:\n  till:\n    title: T\n    was: [desk]\n  # kept\n  pay: {title: P} # p\n",
            "products:\n  # kept\n  pay: {title: P, was: [till, desk]} # p\n",
        ),
        ("products: {pay: {}, till: {title: T}}", "products: {pay: {title: T, was: [till]}}"),
        ("{products: {till: {}}, root: x}\n", "{products: {pay: {was: [till]}}, root: x}\n"),
        (
            "products: {till: {}}\npms:\n  ann: {products: [app, till]} # a\n  bo:\n    products:\n    - till # b\n  cy: {products: till}\n  di: {name: D}\n  ed:\n",
            "products: {pay: {was: [till]}}\npms:\n  ann: {products: [app, pay]} # a\n  bo:\n    products:\n    - pay # b\n  cy: {products: pay}\n  di: {name: D}\n  ed:\n",
        ),
        (
            "products: {till: {}, pay: {}}\npms: {ann: {products: [pay, till, app]}}\n",
            "products: {pay: {was: [till]}}\npms: {ann: {products: [pay, app]}}\n",
        ),
    ],
)
def test_the_entry_is_renamed_and_remembers_what_it_was(old: str, expected: str):
    assert renamed(old) == expected
    crlf = old.replace("\n", "\r\n")
    if "\n" in old:
        assert renamed(crlf) == expected.replace("\n", "\r\n")


def test_a_title_is_set_only_when_it_is_given():
    assert (
        renamed("products: {till: {title: T}}\n", "Pay: all") == 'products: {pay: {title: "Pay: all", was: [till]}}\n'
    )
    assert renamed("products: {till: }\n", "Pay") == "products: {pay: {title: Pay, was: [till]}}\n"
    assert renamed("products: {till: {was: [desk]}}\n", "Pay") == "products: {pay: {was: [till, desk], title: Pay}}\n"


def test_a_name_that_comes_back_is_no_longer_one_that_it_was():
    once = renamed("products: {till: {}}\n")
    assert with_product_renamed(once, "pay", "till") == "products: {till: {was: [pay]}}\n"


def test_the_same_once_more_changes_nothing():
    once = renamed("products: {till: {}}\npms: {ann: {products: [till]}}\n")
    assert renamed(once) == once


@pytest.mark.parametrize("text", ["products: [\n", "- a\n", "products: {till: {}, till: {}}\n"])
def test_rules_that_cannot_be_changed_are_left_and_the_hint_says_what_to_write(text: str):
    with pytest.raises(IlogError) as error:
        renamed(text)
    assert error.value.code == Code.CONFIG
    assert error.value.hint == "add to ilog.yaml, under products: pay: {was: [till]}"


slugs = st.sampled_from(["till", "pay", "app", "desk"])
comments = st.sampled_from(["", "  # c1", " # c2"])
entries = st.builds(
    lambda title, was, comment, is_block: (
        f"\n    title: {title}{comment}\n    was: [{', '.join(was)}]\n"
        if is_block
        else f" {{title: {title}, was: [{', '.join(was)}]}}{comment}\n"
    ),
    st.sampled_from(["A b", "'x: y'", "no"]),
    st.lists(st.sampled_from(["cash", "counter"]), unique=True, max_size=2),
    comments,
    st.booleans(),
)


@given(
    st.dictionaries(slugs, st.one_of(entries, st.sampled_from(["\n", " {}\n", "  # none\n"])), max_size=4),
    st.lists(slugs, unique=True, max_size=3),
    st.sampled_from(["", "Pay & go"]),
    st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=150, deadline=None)
def test_i2_all_else_reads_as_before(products: dict[str, str], mine: list[str], title: str, line_end: str):
    text = "# top\ngoal: {interviews: 2} # g\nproducts:\n" + "".join(
        f"  {name}:{entry}" for name, entry in products.items()
    )
    text = f"{text}\npms:\n  ann: {{name: 'Ann', products: [{', '.join(mine)}]}} # a\n# end\n".replace("\n", line_end)
    before = parse_config(text)
    after_text = with_product_renamed(text, "till", "pay", title)
    after = parse_config(after_text)

    now = after.products["pay"]
    assert "till" not in after.products
    assert "till" in now.was
    assert set(now.was) >= {
        old for name in ("till", "pay") if name in before.products for old in before.products[name].was
    }
    assert not title or now.title == title
    assert {n: p for n, p in after.products.items() if n != "pay"} == {
        n: p for n, p in before.products.items() if n not in {"till", "pay"}
    }
    assert set(after.pms["ann"].products) == {"pay" if name == "till" else name for name in mine}
    assert (after.goals, after.pms["ann"].name) == (before.goals, "Ann")
    assert after_text.startswith(text[: text.index("products:")])
    assert after_text.endswith(f"# end{line_end}")
    assert with_product_renamed(after_text, "till", "pay", title) == after_text
