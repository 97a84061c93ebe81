"""The word somebody probably meant."""

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word most like `word`, "" when none is like it."""
    # difflib costs a millisecond that only a slip of the finger should pay.
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Ask after the known word most like `word`; "" when none is like it."""
    near = nearest(word, known)
    return f"did you mean {near}?" if near else ""
