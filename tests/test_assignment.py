"""`KEY=VALUE` words: typed by their field, slips asked about, and nothing that would part a note from its path."""

import pytest

from interviewlog.assignment import assignments, moves
from interviewlog.errors import Code, IlogError

PATH = "prod/interviews/checkout/acme-freight-2026-11-18.md"
LINE = f"ilog edit {PATH} --set "


def read(*words: str, **before: object) -> dict:
    return assignments(words, PATH, before)


@pytest.mark.parametrize(
    ("word", "key", "value"),
    [
        ("type=sales", "type", "sales"),
        (" type = SALES ", "type", "sales"),
        ("tldr=a = b,  c", "tldr", "a = b, c"),
        ("minutes=35", "minutes", "35"),
        ("imported=true", "imported", "true"),
        ("retain_until=2027-01-01", "retain_until", "2027-01-01"),
        ("segments=smb", "segments", ["smb"]),
        ("segments=enterprise, smb,", "segments", ["enterprise", "smb"]),
        ("segments=[enterprise, smb]", "segments", ["enterprise", "smb"]),
        ("roles=User,buyer", "roles", ["user", "buyer"]),
        ("pm=caroline", "pm", "caroline"),
        ("pm=caroline,dev", "pm", ["caroline", "dev"]),
        ('participants=["P1 – ops, lead", P2]', "participants", ["P1 – ops, lead", "P2"]),
        ("goal=prices, and who sets them", "goal", "prices, and who sets them"),
        ('goal=[prices, "who, why"]', "goal", ["prices", "who, why"]),
        ("recording=https://x.example/a,b", "recording", "https://x.example/a,b"),
        ("tldr=", "tldr", ""),
        ("segments=", "segments", ""),
        ("stage=won, nearly", "stage", "won, nearly"),
        ("stage=[won, lost]", "stage", ["won", "lost"]),
        ("customer_id=7", "customer_id", "7"),
        ("größe=7", "größe", "7"),
    ],
)
def test_a_value_is_read_as_its_field_holds_it(word, key, value):
    assert read(word, **{key: "before"}) == {key: value}


def test_a_key_of_ones_own_that_holds_a_list_goes_on_holding_one():
    assert read("stages=a,b", stages=["a"]) == {"stages": ["a", "b"]}


def test_what_the_note_says_already_is_no_change():
    assert read("pm=dev", "type=Sales", "segments=a,b", "tldr=", "x=y", "nugget=", pm=["dev"], type="sales",
                segments=["a", " b"], tldr="", x="y") == {}  # fmt: skip
    assert read("type=learning", type="lerning") == {"type": "learning"}
    assert read("minutes=35", minutes="35 min") == {"minutes": "35"}


@pytest.mark.parametrize(
    ("word", "said", "hint"),
    [
        ("minutes", "not KEY=VALUE: minutes", f"{LINE}minutes=VALUE"),
        ("so", "not KEY=VALUE: so", f"{LINE}type=learning"),
        ("=x", "not KEY=VALUE: =x", f"{LINE}type=learning"),
        ("a\nb=x", "not KEY=VALUE: a\nb=x", f"{LINE}type=learning"),
        ("consent=quote", "consent: quote is not known; did you mean quotes?", f"{LINE}consent=quotes"),
        ("roles=usr,buyer", "roles: usr is not known; did you mean user?", f"{LINE}roles=user,buyer"),
        ("channel=zzz", "channel: zzz is not known; write one of ", f"ilog edit {PATH}"),
        ("segments=Mid Market", "segments: Mid Market is not a slug; ", f"{LINE}segments=mid-market"),
        ("minutes=half", "minutes: half is not 1 to 600; ", f"ilog edit {PATH}"),
        ("date=2026-02-30", "date: there is no 2026-02-30; ", f"ilog edit {PATH}"),
        ("tldr=" + "x" * 201, "tldr has 201 characters; ", f"ilog edit {PATH}"),
        ("imported=yes", "imported: yes is not true or false; ", f"ilog edit {PATH}"),
        ("segments=[a", "segments: not a list: ", f"ilog edit {PATH} --set 'segments=[one, \"two, three\"]'"),
        (
            "segments=[{a: b}]",
            "segments: not a list of words: ",
            f"ilog edit {PATH} --set 'segments=[one, \"two, three\"]'",
        ),
        ("segmnts=a", "no such field: segmnts, did you mean segments?", f"{LINE}segments=a"),
        ("Note-Taker=x", "no such field: Note-Taker, did you mean note_taker?", f"{LINE}note_taker=x"),
        ("TL;DR=x", "no such field: TL;DR, did you mean tldr?", f"{LINE}tldr=x"),
        ("type=", "a note needs its type", f"ilog edit {PATH}"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error_with_a_line_to_type(word, said, hint):
    with pytest.raises(IlogError) as error:
        read(word, type="learning")
    assert error.value.code == Code.USAGE
    assert error.value.message.startswith(said)
    assert error.value.hint == hint


def test_a_key_is_set_once():
    with pytest.raises(IlogError, match="type is set twice"):
        read("type=sales", "type=learning")


def test_a_slip_that_stands_in_the_note_is_a_key_of_its_own():
    assert read("segmnts=", segmnts="a") == {"segmnts": ""}
    assert read("stage=a", "team=b", "source_url=c") == {"stage": "a", "team": "b", "source_url": "c"}


@pytest.mark.parametrize(
    ("changes", "flags"),
    [
        ({"customer": "ACME freight!", "date": "2026-11-18", "product": "checkout", "type": "sales"}, []),
        ({"customer": "Acme Inc"}, ["--customer", "Acme Inc"]),
        (
            {"date": "2026-11-17", "product": "pay", "customer": "B"},
            ["--customer", "B", "--product", "pay", "--date", "2026-11-17"],
        ),
        ({"product": ""}, []),
    ],
)
def test_what_would_part_a_note_from_its_path_is_a_move(changes, flags):
    assert moves(PATH, changes) == flags


def test_a_file_of_another_name_says_nothing_of_customer_and_day():
    assert moves("prod/interviews/checkout/odd.md", {"customer": "B", "date": "2026-11-17"}) == []
    assert moves("prod/interviews/checkout/odd.md", {"product": "pay"}) == ["--product", "pay"]
