"""`ilog search`: notes by their words, and the lines that show why they were found."""

import json
import subprocess
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

import golden
from builders import cpu_seconds, interview
from cli import ILOG, ROOT
from interviewlog.insights.search import Hit, Snippet, hit
from interviewlog.query import parse_query
from interviewlog.render import hits
from interviewlog.render.clean import FORBIDDEN


def shown(words: str, **note) -> list[tuple[str, int | None, str]]:
    """Give field, line and text of the snippets, with what was asked for in [brackets]."""
    return [(each.field, each.line, marked(each)) for each in hit(interview(**note), parse_query(words)).snippets]


def marked(snippet: Snippet) -> str:
    text = snippet.text
    for start, end in reversed(snippet.matches):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


def snippet(words: str, text: str, field: str = "") -> Snippet:
    line = " ".join(text.split())
    return Snippet(field, 7, line, parse_query(words).spans(line))


def found(team, *args: str) -> list[str]:
    done = team.run("search", *args, "--json")
    assert done.code == (0 if done.stdout != "[]\n" else 1), done
    return [note["customer"] for note in json.loads(done.stdout)]


# Which lines show it


def test_a_line_of_the_body_is_shown_with_its_number_in_the_file():
    body = "# A\n\n- pain: SSO  setup\ttook days #sso\n"
    assert shown("sso", body=body) == [("", 10, "- pain: [SSO] setup took days #[sso]")]
    assert shown("sso", body=body.replace("\n", "\r\n"))[0][1] == 10


def test_where_nobody_counted_lines_none_is_claimed():
    note = interview(body="sso\n")
    object.__setattr__(note, "body_line", 0)
    assert hit(note, parse_query("sso")).snippets[0].line is None


def test_a_field_is_named():
    assert shown("raves", tldr="heard raves", body="") == [("tldr", 7, "heard [raves]")]
    assert shown("ops", participants=["P1 – ops lead", "P2"], body="") == [("participants", 7, "P1 – [ops] lead, P2")]
    assert shown("apollo", project="Apollo", body="") == [("project", 7, "[Apollo]")]


def test_lines_with_most_of_the_words_come_before_others_and_stand_in_the_files_order():
    body = "one\n\none\n\ntwo\n\none\n\none two\n\none\n"
    assert [text for _, _, text in shown("one two", body=body)] == ["[one]", "[one]", "[one] [two]"]


def test_every_word_is_shown_somewhere_before_any_is_shown_again():
    body = "\n\n".join(["one"] * 5 + ["two"] * 5 + ["three"])
    assert [text for _, _, text in shown("one two three", body=body)] == ["[one]", "[two]", "[three]"]


def test_what_names_the_note_is_shown_only_where_nothing_else_shows_the_word():
    assert shown("acme", body="# Acme\n\nacme x\n") == [("", 8, "# [Acme]"), ("", 10, "[acme] x")]
    assert shown("acme", body="") == [("path", None, "[acme]-freight-2026-11-18")]
    assert shown("acme sso", body="- pain: sso\n") == [
        ("path", None, "[acme]-freight-2026-11-18"),
        ("", 8, "- pain: [sso]"),
    ]


def test_a_phrase_that_runs_over_a_line_end_is_shown_as_one_line():
    assert shown('"paper list"', body="a\nkept a paper\nlist of prices\n") == [("", 9, "kept a [paper list] of prices")]


def test_a_comment_is_no_place_to_find_anything_in():
    assert shown("price", body="<!-- price?\nprice? -->\n\nthe price\n") == [("", 11, "the [price]")]


def test_letters_are_composed_and_their_marks_are_theirs():
    assert shown("cafe", body="ein cafe\u0301 dort\n")[0][2] == "ein [caf\u00e9] dort"


# How it is shown


@pytest.mark.parametrize(
    ("words", "text", "longest", "cut"),
    [
        ("x", "x and more", 20, "[x] and more"),
        ("match", f"match {'word ' * 20}", 30, "[match] word word word word…"),
        ("match", f"{'word ' * 20}match", 30, "…word word word word [match]"),
        ("match", f"{'word ' * 9}match {'word ' * 9}", 30, "…word [match] word word word…"),
        ("match", f"match {'word ' * 20}match match", 30, "…word word word [match] [match]"),
        ("日本", f"{'語' * 50}日本{'語' * 50}", 20, f"…{'語' * 4}[日本]{'語' * 12}…"),
    ],
)
def test_a_long_line_is_cut_around_what_was_asked_for(words, text, longest, cut):
    assert marked(hits.around(snippet(words, text.strip()), longest)) == cut


@given(st.text(max_size=200), st.integers(24, 100))
def test_what_is_cut_is_short_and_marks_what_it_marked(text, longest):
    text = f"{text} match {text}"
    around = hits.around(snippet("match", text), longest)
    assert len(around.text) <= longest
    assert all(around.text[start:end].strip().casefold().startswith("m") for start, end in around.matches[:1])
    assert around.matches


@given(st.text(max_size=80), st.integers(20, 120), st.booleans())
def test_nothing_that_could_act_gets_out_and_no_line_is_wider_than_the_terminal(text, columns, colour):
    note = replace(interview(), customer=f"{text} x", pm=(text,))
    found = Hit(note, (snippet("match", f"{text}match{text} match", text), snippet("match", f"{text} match")))
    drawn = hits.table([found], columns=columns, colour=colour).replace("\x1b[1m", "").replace("\x1b[2m", "")
    for line in drawn.replace("\x1b[0m", "").split("\n"):
        assert not FORBIDDEN.search(line)
        assert 0 <= wcswidth(line) <= columns


def test_what_was_asked_for_is_bold_where_there_is_colour():
    line = hits.table([Hit(interview(), (snippet("sso set", "SSO\x1b setup"),))], colour=True).splitlines()[1]
    assert line == "\x1b[2m    7\x1b[0m  \x1b[1mSSO\x1b[0m\\x1b \x1b[1mset\x1b[0mup".replace(
        "\x1b[1mset\x1b[0mup", "\x1b[1msetup\x1b[0m"
    )


def test_a_line_with_very_many_matches_is_drawn_in_reasonable_time():
    note = interview(body="sso " * 100_000)
    assert cpu_seconds(lambda: hits.table([hit(note, parse_query("sso"))], columns=80)) < 5


# The command


def test_piped_it_is_plain_by_date_and_a_bad_note_is_named_beside_it(shelf):
    done = shelf.run("search", "sso")
    golden.check("search.txt", done.stdout)
    assert done.code == 0
    assert done.stderr.endswith("1 note was skipped: ilog edit prod/interviews/checkout/broken-2026-11-16.md\n")
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("columns", [40, 72])
def test_on_a_terminal_no_line_is_wider_than_it(shelf, columns):
    done = shelf.run("search", "three navigation", columns=columns, plain=True)
    golden.check(f"search-{columns}.txt", done.stdout)
    assert max(map(len, done.lines)) <= columns


def test_colour_is_for_terminals_that_want_it(shelf):
    assert "\x1b[1mSSO\x1b[0m" in shelf.run("search", "sso", columns=80).stdout
    for done in (
        shelf.run("search", "sso", columns=80, NO_COLOR="1"),
        shelf.run("search", "sso", "--no-color", columns=80),
    ):
        assert "\x1b" not in done.stdout


def test_json_says_where_and_what(shelf):
    golden.check("search-json.txt", shelf.run("search", "three", "navigation", "--json").stdout)
    for note in json.loads(shelf.run("search", "sso", "--json").stdout):
        for each in note["snippets"]:
            assert {each["text"][start:end].lower() for start, end in each["matches"]} == {"sso"}
            assert "sso" in shelf.read(note["path"]).splitlines()[each["line"] - 1].lower()


def test_paths_are_one_a_line_for_scripts(shelf):
    done = shelf.run("search", "sso", "--format", "paths")
    assert all(shelf.exists(line) for line in done.lines)
    assert shelf.run("summary", *done.lines).code == 0


@pytest.mark.parametrize(
    ("args", "customers"),
    [
        (["navigation"], "Acme Freight"),
        (["BARENSTARK"], "Bärenstark & Söhne"),
        (["hooli"], "Hooli, Hooli"),
        (["hooli", "--type", "sales"], "Hooli"),
        (["hooli", "--last", "1"], "Hooli"),
        (["--customer", "acme-freight", "--week", "this", "sso"], "Acme Freight"),
        (["sso", "--product", "reseller-portal", "--tag", "navigation"], "Acme Freight"),
        (["sso", "--segment", "smb"], "Bärenstark & Söhne"),
        (["sso", "--pm", "dev@example.com", "--until", "2026-W43"], "Initech"),
        (["soylent"], "Soylent"),
        (["initech-2026-10-20"], "Initech"),
        (['"days took"'], ""),
    ],
)
def test_words_find_and_selectors_narrow(shelf, args, customers):
    assert ", ".join(found(shelf, *args)) == customers


def test_the_latest_stands_last(shelf):
    paths = shelf.run("search", "sso", "--format", "paths").lines
    assert len(paths) > 3
    assert [path[-13:-3] for path in paths] == sorted(path[-13:-3] for path in paths)
    assert shelf.run("search", "sso", "--format", "paths", "--last", "2").lines == paths[-2:]


@pytest.mark.parametrize(
    ("args", "next_"),
    [
        (["nosuch", "thing"], "ilog search nosuch"),
        (["certifyx"], "ilog search certi"),
        (["zz"], "ilog list"),
        (["sso", "--week", "2026-W01"], "ilog search sso"),
        (["it's", "navigatio", "--type", "sales"], "ilog search 'it'\"'\"'s' navigatio"),
    ],
)
def test_nothing_found_is_exit_1_with_a_wider_search_to_type(shelf, args, next_):
    for form, answer in {"table": "", "paths": "", "json": "[]\n"}.items():
        done = shelf.run("search", *args, "--format", form)
        assert (done.code, done.stdout) == (1, answer)
        assert "ilog: nothing found: " in done.stderr
        assert done.stderr.endswith(f"  next: {next_}\n")


@pytest.mark.parametrize(
    ("args", "next_"),
    [
        (["#"], "ilog search pricing"),
        ([], "ilog search --help"),
        (["x", "--format", "csv"], "--format takes one of table, paths, json"),
        (["x", "--type", "lerning"], "--type learning"),
    ],
)
def test_words_that_mean_nothing_are_refused_with_what_is_meant(shelf, args, next_):
    done = shelf.run("search", *args)
    assert (done.code, done.stdout) == (2, "")
    assert done.stderr.endswith(f"  next: {next_}\n")


@pytest.mark.parametrize("word", ['"', "a\x00b", "NEAR(", "*", "x OR", "sso^2", "co-op:", "{x}:y", "x' --y", "%_"])
def test_no_word_is_a_bug(shelf, word):
    assert shelf.run("search", "--", word).code in {1, 2}


def test_a_table_shows_the_twenty_latest_and_says_how_to_see_more(team):
    for number in range(1, 24):
        team.draft(f"Customer {number}", f"2026-10-{number:02d}")
    done = team.run("search", "sso")
    assert done.stdout.startswith("customer-4-2026-10-04 ")
    assert done.stderr == "3 earlier ones not shown: --last 23, or --since 8w\n"
    assert team.run("search", "sso", "--last", "23").stderr == ""
    assert len(found(team, "sso")) == len(team.run("search", "sso", "--format", "paths").lines) == 23


def test_what_could_act_on_a_terminal_is_shown_and_not_done(team):
    team.draft("Evil\\x1b[31m", yaml='"Ev\\x1b[31mil \\u202e"', path=f"{ROOT}/checkout/evil-2026-11-18.md",
               body="needle \x1b]0;title\x07 \u202egnp.exe \x9b31m [bold]x[/bold]\n")  # fmt: skip
    for args in (["needle"], ['"needle 0 title"'], ["needle", "--json"], ["needle", "--format", "paths"]):
        for columns in (0, 80):
            done = team.run("search", *args, columns=columns, plain=True)
            assert done.code == 0
            assert not FORBIDDEN.search(done.stdout)
    assert "needle \\x1b]0;title\\x07 \\u202egnp.exe" in team.run("search", "needle").stdout


def test_the_work_tree_is_what_is_searched(team):
    path, gone = team.note("Acme", body="before\n"), team.note("Globex", body="before\n")
    team.repo.write({path: team.read(path).replace("before", "after"), gone: None})
    assert found(team, "after") == ["Acme"]
    assert found(team, "before") == []


def test_a_bare_repository_is_searched_at_its_head(shelf, tmp_path):
    shelf.repo.git("clone", "-q", "--bare", str(shelf.top), str(tmp_path / "bare.git"))
    there = ("--repo", str(tmp_path / "bare.git"))
    assert found(shelf, "sso", *there) == [name for name in found(shelf, "sso") if name != "Soylent"]


def test_a_reader_who_has_read_enough_is_no_error(team):
    for number in range(1, 29):
        team.draft(f"Customer {number}", f"2026-10-{number:02d}", body="- pain: long waits\n" * 400)
    for form in ("table", "json", "paths"):
        script = f'"$0" search waits --last 28 --format {form} | head -1; echo "${{PIPESTATUS[0]}}"'
        done = subprocess.run(["bash", "-c", script, ILOG], cwd=team.top, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[1:] == ["0"]
        assert done.stderr == ""
