import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interviewlog.errors import Code, IlogError
from interviewlog.fields import TYPES
from interviewlog.observations import read_body
from interviewlog.store import blanks, templates
from interviewlog.store.blanks import BLANKS, render
from interviewlog.store.shipped import guide
from interviewlog.store.templates import Template, TemplateName, boilerplate, load, new, starting_line

BLANK_VALUES = {
    "customer": "Acme Freight",
    "product": "reseller-portal",
    "product_title": "Reseller portal",
    "date": dt.date(2026, 11, 18),
    "pm": "caroline",
    "type": "learning",
}
HEAD = "---\ndate: 2026-11-18\ncustomer: Acme\n---\n"


@pytest.fixture
def team(tmp_path):
    folder = tmp_path / "templates" / "notes"
    folder.mkdir(parents=True)
    return folder


def filled(text: str, **values) -> str:
    return render(Template("x", text, "templates/notes/x.md"), **{**BLANK_VALUES, **values})


def refusal(call, *arguments, **keywords) -> IlogError:
    with pytest.raises(IlogError) as caught:
        call(*arguments, **keywords)
    return caught.value


# ── the shipped ones ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", TYPES)
def test_an_untouched_shipped_template_holds_nothing(name):
    template = load(name, None)
    body = read_body(filled(template.text))
    assert not template.is_team
    assert body.observations == ()
    assert body.near_misses == ()
    assert body.items == ()
    assert body.prose == 0
    assert body.open_tasks == ()
    assert body.unclosed == 0


@pytest.mark.parametrize("name", TYPES)
def test_a_shipped_template_names_the_customer_and_awaits_typing_on_an_empty_line(name):
    text = HEAD + filled(load(name, None).text)
    lines = text.splitlines()
    at = starting_line(text)
    assert lines[4] == "# Acme Freight"
    assert lines[at - 1] == ""
    assert lines[at - 2].endswith("-->")
    assert sum(line.startswith("## ") for line in lines[:at]) == 1


def test_shipped_templates_hold_no_words_that_could_pass_for_somebodys():
    assert boilerplate(None) == frozenset()


def test_the_shipped_templates_cost_no_jinja():
    script = (
        "import sys, datetime as dt\n"
        "from interviewlog.store.blanks import render\n"
        "from interviewlog.store.templates import *\n"
        "for each in names(None): render(load(each.name, None), customer='A', product='p', product_title='P', "
        "date=dt.date(2026, 1, 5), pm='c', type='learning')\n"
        "boilerplate(None)\n"
        "print([name for name in ('jinja2', 'yaml', 'importlib.resources') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_guide_is_there():
    assert guide().startswith("# ")


# ── finding ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_there_is_a_template_for_each_type_of_note():
    assert templates.names(None) == [TemplateName(name, is_team=False) for name in TYPES]
    assert templates.names(Path("/no/such/folder")) == templates.names(None)


def test_the_teams_own_template_goes_before_the_shipped_one(team):
    (team / "learning.md").write_bytes(b"\xef\xbb\xbf# ours\r\n")
    (team / "advisory-board.md").write_text("# board\n", encoding="utf-8")
    assert load("learning", team) == Template("learning", "# ours\n", "templates/notes/learning.md", is_team=True)
    assert load("sales", team) == load("sales", None)
    found = templates.names(team)
    assert [each.name for each in found] == [*TYPES, "advisory-board"]
    assert [each.name for each in found if each.is_team] == ["learning", "advisory-board"]


@pytest.mark.parametrize("name", ["lerning", "../learning", "Learning", "", "/etc/passwd", "learning.md"])
def test_an_unknown_name_is_answered_with_the_known_ones(team, name):
    error = refusal(load, name, team)
    assert error.code is Code.USAGE
    assert error.message == f"no such template: {name}"
    assert "learning" in error.hint


def test_a_slip_of_the_finger_gets_the_name_that_was_meant(team):
    assert refusal(load, "win-los", team).hint == "did you mean win-loss?"


def test_links_out_of_the_folder_are_not_followed(team, tmp_path):
    (tmp_path / "secret.md").write_text("secret\n", encoding="utf-8")
    (team / "secret.md").symlink_to(tmp_path / "secret.md")
    (team / "folder.md").mkdir()
    assert refusal(load, "secret", team).code is Code.REFUSED
    assert refusal(load, "folder", team).code is Code.REFUSED
    assert [each for each in templates.names(team) if each.is_team] == []
    assert boilerplate(team) == frozenset()


def test_a_linked_templates_folder_is_not_followed(team, tmp_path):
    (team / "secret.md").write_text("secret\n", encoding="utf-8")
    other = tmp_path / "other" / "templates"
    other.parent.mkdir()
    other.symlink_to(tmp_path / "templates")
    assert refusal(load, "secret", other / "notes").code is Code.REFUSED
    assert refusal(new, "more", other / "notes", "learning").code is Code.REFUSED
    assert [each for each in templates.names(other / "notes") if each.is_team] == []


@pytest.mark.parametrize("raw", [b"x" * (64 * 1024 + 1), b"caf\xe9\n"])
def test_a_template_that_is_too_large_or_not_utf_8_is_named(team, raw):
    (team / "odd.md").write_bytes(raw)
    error = refusal(load, "odd", team)
    assert error.code is Code.CONFIG
    assert str(team / "odd.md") in error.message
    assert boilerplate(team) == frozenset()


# ── filling in ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_blanks_are_filled_in():
    text = "".join(f"{{{{ {name} }}}}|{{{{{name}}}}}\n" for name in BLANKS)
    assert filled(text).splitlines() == [f"{value}|{value}" for value in BLANK_VALUES.values()]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *(f"{{{{ {name} }}}}" for name in BLANKS),
                "{{pm}}",
                "{",
                "}",
                "{#",
                "#}",
                "\n",
                "\n\n",
                " ",
                "a <b> & 'c'",
                "%",
                "é",
            ]
        )
    ),
    st.sampled_from(["Acme", "{{ pm }}", "{% for", "A&B <c>", "\\1 \\g<0>", "", "{#", "Ünï"]),
)
@example(["{", "{{ pm }}"], "Acme")
@example(["{{ pm }}", "}"], "Acme")
def test_blanks_filled_in_without_jinja_are_what_jinja_makes_of_them(pieces, customer):
    text = "".join(pieces)
    template = Template("x", text, "x.md")
    values = {**BLANK_VALUES, "customer": customer, "date": "2026-11-18"}
    try:
        quick = filled(text, customer=customer)
    except IlogError:
        with pytest.raises(IlogError):
            blanks._fill(template, values)
    else:
        assert quick == blanks._fill(template, values)


@pytest.mark.parametrize("text", ["# {{ customer }}\n", "# {{ customer|trim }}\n"])
def test_a_name_is_never_taken_for_a_template(text):
    assert filled(text, customer="{{ pm }}{% raise %}") == "# {{ pm }}{% raise %}\n"


def test_a_name_stays_on_its_line_and_cannot_hide_what_is_typed_below():
    assert filled("# {{ customer }}\n", customer=" Acme\n---\r\nFreight\u2028x ") == "# Acme --- Freight x\n"
    body = read_body(filled("# {{ customer }}\n- pain: x\n", customer="Acme <!-- "))
    assert len(body.observations) == 1
    body = read_body(filled("<!-- {{ customer }} is\n- pain: x\n-->\n", customer="Acme -->"))
    assert body.observations == ()


def test_a_template_may_choose():
    text = "{% if type == 'win-loss' %}\n## Outcome\n{% elif pm %}\n## {{ pm|title }}\n{% endif %}\nend\n"
    assert filled(text) == "## Caroline\nend\n"
    assert filled(text, type="win-loss") == "## Outcome\nend\n"
    assert filled(text, pm="") == "end\n"


def test_an_anchor_of_a_heading_is_no_comment():
    assert filled("## Story {#story}\n{{ pm|upper }}\n") == "## Story {#story}\nCAROLINE\n"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a\n\n{{ custmer }}\n", 3, "no such blank: {{ custmer }}"),
        ("a\n{% for x in customer %}{{ x }}{% endfor %}", 2, "for is more"),
        ("{% include 'x' %}", 1, "include is more"),
        ("{% import 'x' as y %}", 1, "import is more"),
        ("{% from 'x' import y %}", 1, "fromimport is more"),
        ("{% extends 'x' %}", 1, "extends is more"),
        ("{% macro m() %}{% endmacro %}", 1, "macro is more"),
        ("{% call m() %}{% endcall %}", 1, "callblock is more"),
        ("{% set x = customer %}", 1, "assign is more"),
        ("{{ range(9) }}", 1, "call is more"),
        ("\n{{ customer.__class__ }}", 2, "getattr is more"),
        ("{{ 'x' * 1000000000 }}", 1, "mul is more"),
        ("{{ 9 ** 9 ** 9 }}", 1, "pow is more"),
        ("{{ customer|center(1000000000) }}", 1, "no such filter: center"),
        ("\n{{ customer|uper }}", 2, "uper"),
        ("a\n{{ customer", 2, "end of template"),
        ("a\n\n{% if", 3, "end of template"),
        ("a\n{{ customer|upper(1) }}", 2, "argument"),
        ("\n{{ customer < 1 }}", 2, "not supported"),
        ("{{ " + "(" * 5000, 1, "recursion"),
    ],
)
def test_a_wrong_template_is_named_with_its_line(text, line, what):
    error = refusal(filled, text)
    assert error.code is Code.CONFIG
    assert error.message.startswith(f"cannot use templates/notes/x.md:{line}: ")
    assert what in error.message
    assert error.hint


def test_a_misspelt_blank_gets_the_one_that_was_meant():
    assert refusal(filled, "{{ custmer }}").hint == "did you mean customer?"


@pytest.mark.parametrize(
    "text", ["---\npm: x\n---\n# A\n", "\n\n--- \nx", "{{ customer }}\nx", "+++\n", "---", "{{ '---' }}\n"]
)
def test_a_body_cannot_start_front_matter(text):
    error = refusal(filled, text, customer="---")
    assert error.code is Code.CONFIG
    assert error.message == "templates/notes/x.md:1: starts with front matter"


def test_a_rule_further_down_is_no_front_matter():
    assert filled("# A\n---\n") == "# A\n---\n"


# ── boilerplate ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_lines_of_a_template_are_nobodys_own_words(team):
    text = "# {{ customer }}\nThank you for your time.\n<!-- a\n- pain: b --> Budget: \n\n  - Who signs?\n## H\n> Tip\n"
    (team / "ours.md").write_text(text, encoding="utf-8")
    lines = boilerplate(team)
    assert lines == {"Thank you for your time.", "Budget:", "- Who signs?", "> Tip"}
    body = read_body(filled(text), template=lines)
    assert (body.items, body.prose) == ((), 0)


def test_a_comment_that_is_never_closed_hides_the_rest():
    assert templates.own_lines("a\n<!-- b\nc\n") == {"a"}


# ── where typing starts ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# A\n\n## B\n<!-- c -->\n\n## D\n", 5),
        ("# A\n\n## B\n\n<!-- c\n\n## no\n-->\n\n## D\n", 9),
        ("# A\n\n## B\n<!-- c -->\n<!-- d -->\n  \n", 6),
        ("# A\n<!-- ## no\n\n-->\n## B\n\n", 6),
        ("# A\n\n## B\n\n## C\n", 4),
        ("# A\n\ntext\n", 2),
        ("# A\n", 1),
        ("## A\n<!-- b -->\ntext\n", 3),
        ("", 1),
        (HEAD + "# A\n\n## B\n<!-- c -->\n\n", 9),
        (HEAD.replace("\n", "\r\n") + "# A\r\n\r\n## B\r\n<!-- c -->\r\n\r\n", 9),
        ("---\n## no\n\nnever closed\n", 3),
    ],
)
def test_typing_starts_below_the_first_question(text, line):
    assert starting_line(text) == line


@given(st.text(alphabet="#- <!>\na"))
def test_typing_always_starts_inside_the_note(text):
    assert 1 <= starting_line(text) <= text.count("\n") + 1


# ── making one ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_teams_template_starts_as_a_copy(tmp_path):
    folder = tmp_path / "templates" / "notes"
    path = new("advisory-board", folder, "learning")
    assert path == folder / "advisory-board.md"
    assert load("advisory-board", folder).text == load("learning", None).text
    assert load("advisory-board", folder).is_team


def test_a_shipped_template_can_be_made_the_teams_own_once(team):
    path = new("learning", team, "learning")
    path.write_text("# ours\n", encoding="utf-8")
    error = refusal(new, "learning", team, "sales")
    assert error.code is Code.EXISTS
    assert path.read_text() == "# ours\n"


@pytest.mark.parametrize("name", ["Advisory Board", "../x", "", "-x", "con"])
def test_a_template_is_named_by_a_slug(team, name):
    assert refusal(new, name, team, "learning").code is Code.USAGE
    assert refusal(new, "x", team, "no-such").code is Code.USAGE


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "templates").write_text("a file\n", encoding="utf-8")
    assert refusal(new, "x", tmp_path / "templates" / "notes", "learning").code is Code.EXISTS
