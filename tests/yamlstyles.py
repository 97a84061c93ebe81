"""Front matter and settings as people and programs write them, for properties."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from interviewlog.fields import FIELDS

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
words = st.sampled_from(["user", "a b", "12:30", "é", "no"])
scalars = st.sampled_from(["", "x", "x y", "'x'", '"x # y"', "é: é"[:1], "12:30", "no"])
blanks = st.sampled_from(["", " ", "  "])
comments = st.sampled_from(["", "  # c1", " # é: [x]", " #"])
lines_between = st.sampled_from(["", "\n", "# full line\n", " # indented\n", "\n\n# a: b\n"])


@st.composite
def values(draw: Callable[..., Any]) -> str:
    """Give a value as people write it, from after the colon to the end of its last line."""
    kind = draw(st.sampled_from(["scalar", "flow", "block", "flat", "literal", "folded", "plain", "mapping"]))
    one, two, comment = draw(scalars), draw(words), draw(comments)
    inner = draw(st.sampled_from(["", "  # inner\n", "\n"]))
    return {
        "scalar": f" {draw(blanks)}{one}{comment}\n",
        "flow": f" [ {two},{draw(blanks)}{two}]{comment}\n",
        "block": f"{comment}\n{inner}  - {two}{draw(comments)}\n{inner}  - {one}\n",
        "flat": f"\n- {two}{comment}\n-   {two}\n",
        "literal": f" |{comment}\n  # text\n   {two}\n",
        "folded": f" >-\n  {two}\n\n  {two}\n",
        "plain": f" x\n  {two}{comment}\n",
        "mapping": f"{comment}\n  k: {two}\n{inner}  l: [{two}]{comment}\n",
    }[kind]


@st.composite
def fronts(draw: Callable[..., Any]) -> str:
    keys = draw(st.lists(st.sampled_from([*FIELDS, "x", "'q k'", "é"]), unique=True, max_size=5))
    text = "".join(f"{draw(lines_between)}{key}:{draw(values())}" for key in keys) + draw(lines_between)
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def all_comments(text: str) -> list[str]:
    return sorted(
        word for word in ("# c1", "é: [x]", "full line", "indented", "inner", "# a: b") for _ in range(text.count(word))
    )
