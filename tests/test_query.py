"""What a search finds, by reading and by SQLite's full-text index: one answer."""

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import cpu_seconds, interview
from interviewlog.errors import IlogError
from interviewlog.query import Query, parse_query, searchable, tokens

# Words that clash, are folded, join or look like a language of queries; and anything else.
WORDS = st.sampled_from(
    ["sso", "SSO", "#sso", "ssot", "co-op", "coop", "a:b", "a", "b", "*", "^a", "NEAR", "OR", "AND", "NOT", "NEAR(a b)", '"', "“",
     '"a b"', "a\x00b", "\x00", "-a", "{a b}: c", "straße", "STRASSE", "İstanbul", "istanbul", "ΟΔΟΣ", "οδος", "cafe\u0301", "café",
     "日本語", "本", "日本", "が", "か\u3099", "か", "ｶﾞ", "한국", "국", "ภาษา", "مَرحَبا", "مرحبا", "👩\u200d💻", "👍", "na\u00adme", "\u0301", "½",
     "x" * 250, "x" * 300, "ﬁn", "fin", "_", "a_b", "\ud800", "\u2028", "\u00a0"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=8).map(" ".join), st.text(max_size=30))


def phrases(words: str) -> list[str]:
    return [" ".join(phrase) for phrase in parse_query(words).phrases]


@pytest.fixture(scope="module")
def indexed():
    """Tell whether SQLite finds a query in a text."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='ascii', content='')")

    def found(query: Query, text: str) -> bool:
        table.execute("INSERT INTO words(rowid, text) VALUES (1, ?)", [" ".join(tokens(text))])
        answer = table.execute("SELECT rowid FROM words WHERE words MATCH ?", [query.fts()]).fetchone()
        table.execute("INSERT INTO words(words) VALUES ('delete-all')")
        return bool(answer)

    yield found
    table.close()


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Acme Freight's SSO #sso-setup, 3 days!", "acme freight s sso sso setup 3 days"),
        ("co-op a:b c_d 'e' x*^", "co op a b c d e x"),
        ("Müller & Söhne, Straße STRASSE", "muller sohne strasse strasse"),
        ("cafe\u0301 na\u00efve na\u00adme", "cafe naive name"),
        ("İstanbul Diyarbakır ΟΔΟΣ οδος", "istanbul diyarbakir οδοσ οδοσ"),
        ("Łódź, Ørsted, Þór, œuvre", "lodz orsted thor oeuvre"),
        ("東京の日本語 iPhone版", "東 京 の 日 本 語 iphone 版"),
        ("ガ ｶﾞ カ", "ガ ガ カ"),
        ("한국어 ภาษา", "한 국 어 ภ า ษ า"),
        ("السَّلامُ عليكم", "السلام عليكم"),
        ("½ x² ™ ﬁn", "1 2 x2 tm fin"),
        ("🙂 👩\u200d💻 \x00 — …", ""),
        ("a\x00b\u2028c\u00a0d", "a b c d"),
    ],
)
def test_a_text_is_cut_into_folded_words(text, cut):
    assert " ".join(tokens(text)) == cut


@given(TEXTS)
def test_tokens_hold_no_white_space_and_ascii_ones_only_small_letters_and_digits(text):
    for token in tokens(text):
        assert token
        assert not any(sign.isspace() for sign in token)
        assert all(sign.isalnum() and not sign.isupper() for sign in token if sign < "\x80")


@given(TEXTS)
def test_tokens_cut_again_are_the_same(text):
    assert tokens(" ".join(tokens(text))) == tokens(text)


@given(st.text(st.characters(max_codepoint=127)))
@example("x" * 500)
def test_ascii_has_a_shorter_way_to_the_same_words(text):
    assert [*tokens(text), "e"] == tokens(f"{text} é")


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("sso", ["sso"]),
        ("#sso co-op a:b", ["sso", "co op", "a b"]),
        ('"three days" sso', ["three days", "sso"]),
        ('sso "three days', ["sso", "three", "days"]),
        ('a"b c"d', ["a", "b c", "d"]),
        ("“paper list”", ["paper list"]),
        ("NEAR(a b) OR * ^x NOT -y", ["near a", "b", "or", "x", "not", "y"]),
        ("- sso 🙂", ["sso"]),
        ("日本語", ["日 本 語"]),
    ],
)
def test_words_are_phrases_of_their_tokens_and_nothing_is_an_operator(words, read):
    assert phrases(words) == read


def test_the_shells_words_are_read_as_if_typed_in_one():
    assert parse_query(["co-op", "three days"]) == parse_query("co-op three days")


@pytest.mark.parametrize("words", ["", "  ", "#", '""', "🙂 - *", "\x00"])
def test_a_query_without_a_letter_is_refused(words):
    with pytest.raises(IlogError, match="nothing to search for") as refused:
        parse_query(words)
    assert refused.value.code == 2
    assert refused.value.hint == "ilog search pricing"


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        ("sso", "The SSO setup", True),
        ("setup sso", "The SSO setup", True),
        ("set", "The SSO setup", True),
        ("sso set", "The SSO setup", True),
        ("set sso", "The SSO setup", False),
        ('"set"', "The SSO setup", False),
        ('"sso setup"', "The SSO\nsetup", True),
        ('"setup sso"', "The SSO setup", False),
        ('"sso setup" th', "The SSO setup", True),
        ("co-op", "a co op", True),
        ("co-op", "a co-operative", True),
        ("co-op", "op co", False),
        ("coop", "co-op", False),
        ("tup", "setup", False),
        ("muller", "Müller", True),
        ("MÜLLER", "muller", True),
        ("本語", "日本語", True),
        ("日語", "日本語", False),
        ("か", "が", False),
        ("x" * 250, "x" * 300, True),
    ],
)
def test_every_phrase_must_occur_and_the_last_word_may_be_a_start(words, text, is_found, indexed):
    assert parse_query(words).matches(tokens(text)) is is_found
    assert indexed(parse_query(words), text) is is_found


@given(TEXTS, TEXTS, st.booleans())
@example(text="near sso b x", words='NEAR("sso" "b") * -x', is_part=False)
@example(text="a" * 40_001, words="a" * 40_000, is_part=False)
@example(text="本" + "日" * 301, words="日" * 300, is_part=False)
def test_reading_and_the_index_agree_on_any_text(indexed, text, words, is_part):
    """Half of the queries are a piece of the text, or few would ever be found."""
    asked = text[len(text) // 4 : -len(text) // 5 or None] if is_part else words
    try:
        query = parse_query(asked)
    except IlogError:
        return
    assert query.matches(tokens(text)) == indexed(query, text)


def test_a_query_of_thousands_of_words_is_a_query(indexed):
    many = " ".join(f"w{number}" for number in range(5000))
    assert indexed(parse_query(many), many)
    assert indexed(parse_query(f'"{many}"'), many)


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("sso set", "The SSO set-up, sso", ["SSO", "set", "sso"]),
        ("sso setup", '"SSO setup"', ["SSO", "setup"]),
        ('"sso setup"', '"SSO – setup"', ["SSO – setup"]),
        ("pri", "Price of privacy", ["Price", "privacy"]),
        ("muller strasse", "Bei Müller, Königsstraße, Straße", ["Müller", "Straße"]),
        ("cafe", "ein cafe\u0301, bitte", ["cafe\u0301"]),
        ("ガ", "aｶﾞb ガ", ["ｶﾞ", "ガ"]),
        ("b", "ｶﾞ 한 b", ["b"]),
        ("日本", "今日本語", ["日本"]),
        ("日 本", "日本", ["日本"]),
        ("x", "nothing", []),
    ],
)
def test_what_was_asked_for_is_marked_in_the_text_as_written(words, text, marked):
    assert [text[start:end] for start, end in parse_query(words).spans(text)] == marked


@given(TEXTS, TEXTS)
def test_what_is_marked_is_apart_and_holds_what_was_asked_for(text, words):
    try:
        query = parse_query(words)
    except IlogError:
        return
    spans = query.spans(text)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert bool(spans) == any(True for _ in query.places(tokens(text)))
    assert bool(spans) or not query.matches(tokens(text))


def test_a_note_is_found_by_what_people_wrote_and_not_by_fixed_words_or_the_templates_questions():
    note = interview(
        customer="Bärenstark", pm=["caroline", "dev"], type="sales", segments=["smb"], competitors=["rivermark"], tldr="heard x",
        nugget="one line", participants=["P1 – ops lead"], consent="quotes", project="Apollo", deal=["north", "south"],
        body="# Notes\n<!-- What did they\ntry? -->\n- pain: SSO #tag\n> quoted `code`\n",
    )  # fmt: skip
    found = tokens(searchable(note))
    for words in ("barenstark 2026-11-18", "reseller-portal", "caroline dev", "smb", "rivermark", "one line", "ops lead", "apollo",
                  "south", "sso", "tag", "quoted", "code"):  # fmt: skip
        assert parse_query(words).matches(found), words
    for words in ("sales", "quotes", "learning", "what did", '"try"', "prod", '"md"'):
        assert not parse_query(words).matches(found), words


def test_a_comment_left_open_hides_nothing():
    assert "kept" in tokens(searchable(interview(body="<!-- a --> b <!-- kept\n")))


def test_hostile_texts_are_cut_in_reasonable_time():
    def work() -> None:
        searchable(interview(body="<!--" * 200_000))
        query = parse_query("a a a日")
        for text in ("a" * 500_000, "a " * 200_000, "日" * 50_000, "ｶﾞ" * 20_000, "e\u0301" * 50_000):
            tokens(text)
            query.spans(text)

    assert cpu_seconds(work) < 10
