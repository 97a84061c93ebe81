"""Slips of the pen in front matter: each is told where it is, what it is, and what to type in its place."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewlog.yamltext import YamlError, load


def told(text: str) -> YamlError:
    with pytest.raises(YamlError) as error:
        load(text)
    return error.value


def quote_it(line: str) -> str:
    return f"put it in quotes: {line}"


def quote_all(line: str) -> str:
    return f"put all of it in quotes: {line}"


SAME = "let both begin in the same column"
ONE_LINE = [
    # the line as typed, the column at fault, what is said of it, what is to be typed
    ("tldr: @ana said so", 7, "begin with @", quote_it('tldr: "@ana said so"')),
    ("tldr: %5 lost", 7, "begin with %", quote_it('tldr: "%5 lost"')),
    ("tldr: `sso` fails", 7, "begin with `", quote_it('tldr: "`sso` fails"')),
    ("tldr: - slow", 7, "begin with -", quote_it('tldr: "- slow"')),
    ("tldr: ? slow", 7, "begin with ?", quote_it('tldr: "? slow"')),
    ("tldr: , slow", 7, "begin with ,", quote_it('tldr: ", slow"')),
    ("tldr: > 3 days", 7, "begin with >", quote_it('tldr: "> 3 days"')),
    ("tldr: | slow", 7, "begin with |", quote_it('tldr: "| slow"')),
    ("tldr: & Söhne", 7, "begin with &", quote_it('tldr: "& Söhne"')),
    ("tldr: ] slow", 7, "begin with ]", quote_it('tldr: "] slow"')),
    ("tldr: Acme: North", 11, "a colon inside", quote_it('tldr: "Acme: North"')),
    ("tldr: Acme North:", 17, "a colon inside", quote_it('tldr: "Acme North:"')),
    ("tldr: “Acme: North”", 12, "a colon inside", quote_it('tldr: "“Acme: North”"')),
    ("tldr: it's: slow", 11, "a colon inside", quote_it('tldr: "it\'s: slow"')),
    ('tldr: the "x": \\', 14, "a colon inside", quote_it('tldr: "the \\"x\\": \\\\"')),
    ('tldr: "slow', 7, "a quote is opened here", 'close it: tldr: "slow"'),
    ("tldr: 'slow", 7, "a quote is opened here", 'close it: tldr: "slow"'),
    ("tldr: 'it's slow'", 11, "text after the closing quote", quote_all('tldr: "it\'s slow"')),
    ('tldr: "slow" they said', 13, "text after the closing quote", quote_all('tldr: "\\"slow\\" they said"')),
    ('tldr: "the "x" tab"', 13, "text after the closing quote", quote_all('tldr: "the \\"x\\" tab"')),
    ('tldr: "C:\\Users"', 10, "a backslash", 'double it: tldr: "C:\\\\Users"'),
    ('tldr: "a \\"b\\" \\c"', 16, "a backslash", 'double it: tldr: "a \\"b\\" \\\\c"'),
    ("roles: [user, buyer", 8, "a bracket is opened here", "close it: roles: [user, buyer]"),
    ("roles: [user, buyer, ", 8, "a bracket is opened here", "close it: roles: [user, buyer]"),
    ("tldr: [P1: so", 7, "a bracket is opened here", quote_it('tldr: "[P1: so"')),
    ("tldr: [P1] said so", 11, "text after the closing bracket", quote_all('tldr: "[P1] said so"')),
    ('roles: ["a" b]', 8, "cannot be read from here", "put each item in quotes"),
    ("tldr: {slow", 7, "a brace is opened here", quote_it('tldr: "{slow"')),
    ("tldr: {a} slow", 10, "text after the closing brace", quote_all('tldr: "{a} slow"')),
    ("customer Acme", 1, "no colon after the name", "write it as key: value, or below the ---"),
    ("customer:Acme", 9, "no blank after the colon", "write customer: Acme"),
    ("customer:\xa0Acme", 9, "no blank after the colon", "write customer: Acme"),
    ("customer：Acme", 9, "： is not the colon", "write customer: Acme"),
    ("customer ： Acme", 10, "： is not the colon", "write customer: Acme"),
    ("- customer: Acme", 1, "a list item among the fields", "delete the dash, or put it under a field"),
    (" customer: Acme", 2, "begins in another column", SAME),
    ("\tcustomer: Acme", 1, "a tab", "delete it, or put blanks in its place"),
    ("\t", 1, "a tab", "delete it, or put blanks in its place"),
    ("<<<<<<< HEAD", 1, "unresolved merge", "keep one side, delete the lines <<<<<<< ======= >>>>>>>"),
    ("=======", 1, "unresolved merge", "keep one side, delete the lines <<<<<<< ======= >>>>>>>"),
]


@pytest.mark.parametrize(("line", "column", "what", "mend"), ONE_LINE)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_slip_is_told_at_its_place_with_what_to_type(line: str, column: int, what: str, mend: str, line_end: str):
    error = told(line_end.join(["date: 2026-11-18", line, "type: learning", ""]))

    assert (error.line, error.column, error.source) == (2, column, line)
    assert what in error.what
    assert error.mend == mend


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ('a: "open\nb: "c"\n', 1, 4, "a quote is opened here"),
        ("a: 'open\nb: 'c'\nd: e\n", 1, 4, "a quote is opened here"),
        ("a: [b\nc: [d]\n", 1, 4, "a bracket is opened here"),
        ("  a: b\nc: d\n", 2, 1, "begins in another column"),
        ("a:\n  - b\n - c\n", 3, 2, "begins in another column"),
        ("a:\n\t- b\n", 2, 1, "a tab"),
        ("a:\n  -\tb\n", 2, 4, "a tab where YAML wants blanks"),
        ("a:\n  - \t\tb\n", 2, 5, "a tab where YAML wants blanks"),
        ("a:\n  - b\n  -\tc: d\n", 3, 4, "a tab where YAML wants blanks"),
        ("a:\n  - @b\n", 2, 5, "begin with @"),
        ("a\xa0: b\nc\n", 2, 1, "no colon"),
        ("a: b\n\n\nlast", 4, 1, "no colon"),
        ("a: b\nc: [d", 2, 4, "a bracket is opened here"),
        ("a: {b: [c}\nd: e\n", 1, 8, "cannot be read from here"),
    ],
)  # fmt: skip
def test_a_slip_is_told_where_it_is_and_not_where_the_parser_stopped(text: str, line: int, column: int, what: str):
    error = told(text)

    assert (error.line, error.column) == (line, column)
    assert what in error.what


def letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


values = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cn"]), min_size=1, max_size=30)


@given(values)
@example("@ana")
@example("Acme: North")
@example('"Acme "North" Inc"')
@example("'it's")
@example("C:\\new: x")
@example("a #1")
@example("[P1] x")
@example("[0:")
@example("[,a")
@settings(max_examples=500, deadline=None)
@example("[\xad")
def test_what_a_mend_shows_can_be_typed_and_says_what_was_typed(value: str):
    try:
        load(f"a: b\nkey: {value}\nc: d")
    except YamlError as error:
        head, _, line = error.mend.partition(": ")
        if line.startswith("key: ") and head != "write key":
            read = load(line).value["key"]
            assert letters(value) == letters(read if isinstance(read, str) else "".join(read))
