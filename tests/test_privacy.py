"""Personal data and secrets in texts: what is found, what is not, what a note may allow itself, and what may be shown.

Tokens and accounts are put together here, so that nothing in this file looks like one.
"""

import json
from datetime import date
from functools import partial
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum import iban, luhn

from builders import config, cpu_seconds, note_text
from interviewlog.insights.check import Report, Standards, inspect
from interviewlog.insights.giveaways import in_name, in_text
from interviewlog.insights.privacy import (
    KINDS,
    Allowance,
    Known,
    Leak,
    Person,
    allowances,
    allowed_throughout,
    known_of,
    leaks,
    masked,
)
from interviewlog.rootfile import RootFile, Stock

TOP = Path(__file__).parent.parent
PEOPLE = (
    Person("P1", ("Jane Doe", "Janey")),
    Person("P2", ("Jörg Müller-Lüdenscheidt",)),
    Person("", ("山田太郎",)),
    Person("roe", ("Richard Roe",)),
)
KNOWN = known_of(config(), PEOPLE)
NOBODY = Known()
DICE = Random(4)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def rolled(length: int, signs: str = LETTERS + "0123456789") -> str:
    """Give so many letters and digits, never the same and always mixed."""
    return "a1" + "".join(DICE.choice(signs) for _ in range(length - 2))


def hexed(length: int) -> str:
    return rolled(length, "0123456789abcdef")


def found(text: str, known: Known = KNOWN) -> list[tuple[str, str]]:
    return [(leak.kind, text[leak.start : leak.end]) for leak in leaks(text, known)]


def only(text: str, known: Known = KNOWN) -> Leak:
    (leak,) = leaks(text, known)
    return leak


# E-mail


@pytest.mark.parametrize("text", ["_{}_", "**{}**", "_{}_, he said", "`{}`", "<mailto:{}>", '"{}"'])
@pytest.mark.parametrize("sign", ["\\@", "&#64;", "&#x40;", "&commat;", "%40", "\\x40", "\\u0040", " (at) ", "[at]", "{at}", "\u200b@", "@\u200b", "﹫", "**@"])  # fmt: skip
def test_no_way_of_writing_an_address_hides_it(text, sign):
    (leak,) = leaks(text.format(f"jane.doe{sign}acmecorp.com"), KNOWN)
    assert (leak.kind, leak.masked, leak.is_error) == ("email", "j…@…", True)


@pytest.mark.parametrize("dot", [" (dot) ", "[dot]", "．", "&#46;", "\\."])
def test_no_way_of_writing_a_dot_hides_an_address(dot):
    (leak,) = leaks(f"ask jane (at) acmecorp{dot}com", KNOWN)
    assert leak.kind == "email"
    assert leaks(f"ask caroline@example{dot}com", KNOWN) == []


@pytest.mark.parametrize("address", ["jane@acme.com", "j.doe+x@mail.acme.co.uk", "jörg@müller.de", "x@y.io", "jane(at)acme.de", "Jane [at] acme.de"])  # fmt: skip
def test_an_address_is_found_wherever_it_stands(address):
    for text in ("{}", "<{}>", "write to {}.", "[mail](mailto:{})", "'{}', please", "a,{},b"):
        assert found(text.format(address)) == [("email", address)]


@pytest.mark.parametrize("text", ["react@18.2.0", "@types/node@12.0.0", "user@localhost", "git@github.com:team/notes.git", "logo@2x.png",
                                  "ssh://git@host.example/x", "a @ b.com", "@jane", "actions/checkout@v4"])  # fmt: skip
def test_an_at_sign_alone_makes_no_address(text):
    assert found(text) == []


def test_our_own_people_are_no_finding_and_our_domain_is_a_warning():
    assert found("Caroline@Example.com and dev@example.com") == []
    for address in ("new@example.com", "x@mail.example.com"):
        assert not only(address).is_error
    assert only("x@notexample.com").is_error


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_colleagues_named_in_the_front_matter_are_no_finding(end):
    front = "---\npm: a@b.com\nobservers:\n  - c@d.com\n  - E@f.com\nnote_taker: g@h.com\nsales: [i@j.com,\n  k@l.com]\ncrm: m@n.com\n---\n"
    text = (front + "a@b.com and e@f.com, but o@p.com\npm: q@r.com\n").replace("\n", end)
    assert found(text) == [("email", "m@n.com"), ("email", "o@p.com"), ("email", "q@r.com")]


def test_whoever_signs_a_commit_message_is_no_finding():
    text = "Interview: Acme\n\nsee x@y.com\n\nCo-authored-by: Al <al@home.net>\n"
    assert found(text) == [("email", "x@y.com")]


# Numbers


@pytest.mark.parametrize("bban", ["DE370400440532013000", "GBNWBK60161331926819", "FR20041010050500013M02606", "NOxx", "CH00762011623852957",
                                  "NLABNA0417164300", "ES21000418450200051332", "MTMALT011000012345MTLCAST001S"])  # fmt: skip
def test_a_bank_account_that_adds_up_is_found_in_any_grouping(bban):
    country, rest = bban[:2], bban[2:].replace("xx", "86011117947")
    number = country + iban.calc_check_digits(f"{country}xx{rest}") + rest
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    for written in (number, grouped, number.lower(), grouped.replace(" ", "-")):
        assert found(f"IBAN {written} is theirs") == [("iban", written)]
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    assert found(f"IBAN {wrong}") == []


@pytest.mark.parametrize(
    "start", ["411111111111111", "555555555555444", "37828224631000", "601111111111111", "222300312200322"]
)
def test_a_card_that_adds_up_is_found_in_any_grouping(start):
    number = start + luhn.calc_check_digit(start)
    sizes = (4, 10, 15) if len(number) == 15 else (4, 8, 12, 16)
    grouped = " ".join(number[begin:end] for begin, end in zip((0, *sizes), sizes, strict=False))
    for written in (number, grouped, grouped.replace(" ", "-")):
        assert found(f"card {written}, 12/27") == [("card", written)]
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert found(f"card {wrong}") == []


def test_a_phone_number_behind_an_account_is_two_findings():
    account = "DE" + iban.calc_check_digits("DExx370400440532013000") + " 3704 0044 0532 0130 00"
    assert found(f"{account} 0151 23456789") == [("iban", account), ("phone", "0151 23456789")]


def test_a_number_of_another_kind_is_no_card():
    for text in (
        "id 1234567890123452",
        "1700000000000",
        "4006381333931",
        "sha 4111111111111111abc",
        "0." + "4111111111111111",
    ):
        assert found(text) == []


def test_social_security_and_addresses_of_machines():
    assert found("SSN 536-90-4399") == [("ssn", "536-90-4399")]
    assert found("666-12-1234 and 536-90-43990") == []
    assert (only("from 85.214.132.117").kind, only("from 85.214.132.117").is_error) == ("ip", False)
    assert found("10.0.0.100, version 120.121.122.123, 192.168.100.101, 3.22.24.19") == []


# Secrets


TOKENS = [
    *((start, rolled(36)) for start in ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "npm_")),
    ("github_pat_", rolled(22) + "_" + rolled(59)),
    *((start, rolled(20)) for start in ("glpat-", "gldt-", "glrt-")),
    *((start, f"{DICE.randint(10**11, 10**12)}-{rolled(24)}") for start in ("xoxb-", "xoxp-", "xoxa-")),
    *((start, rolled(16).upper()) for start in ("AKIA", "ASIA")),
    ("AIza", rolled(35)),
    ("ya29.", rolled(40)),
    *((start, rolled(24)) for start in ("sk_live_", "rk_live_", "sk_test_", "whsec_")),
    *((start, rolled(40)) for start in ("sk-", "sk-proj-", "sk-ant-")),
    ("hf_", "".join(DICE.choice(LETTERS) for _ in range(34))),
    ("SG.", f"{rolled(22)}.{rolled(43)}"),
    ("AC", hexed(32)),
    ("key-", hexed(32)),
    ("dop_v1_", hexed(64)),
    ("shpat_", hexed(32)),
    ("figd_", rolled(40)),
    ("hvs.", rolled(24)),
    ("eyJ", f"{rolled(20)}.eyJ{rolled(40)}.{rolled(43)}"),
]  # fmt: skip


@pytest.mark.parametrize(("start", "rest"), TOKENS, ids=[start for start, _ in TOKENS])
def test_a_token_is_known_by_its_beginning_and_nothing_else_of_it_is_shown(start, rest):
    for text in ("{}", "their key is {}.", "`{}`", "KEY={}", "(https://x.io/{})"):
        leak = only(text.format(start + rest))
        assert (leak.kind, leak.is_error, leak.masked) == ("token", True, f"{start}…")
        assert text.format(start + rest)[leak.start : leak.end] == start + rest


def test_a_private_key_is_found_whole():
    begin, end = ("-" * 5 + f"{word} RSA PRIVATE KEY" + "-" * 5 for word in ("BEGIN", "END"))
    key = "\n".join([begin, rolled(64), rolled(64), rolled(20) + "==", end])
    assert found(f"see\n{key}\n\nand then") == [("token", key)]
    assert found(begin) == [("token", begin)]


def test_what_a_note_itself_calls_a_secret_is_one():
    secret = rolled(20)
    for text in ("password = {}", "api_key: '{}'", 'token="{}"', "API-Key: {}"):
        assert found(text.format(secret)) == [("token", secret)]
    assert leaks(f"password: {secret}", KNOWN)[0].masked == "…"
    assert found("password: they reset it three times a week; token=abc; the secret: simplicity") == []


@pytest.mark.parametrize("text", ["password = {h7r2q9w}", "password: {S3cr!t9x}", 'password="{Tr0u&3xyz}"', "Passwort: {Sommer2024!}", "pwd={Xk29!kkqPz}", "DB_PASSWORD={Winter2026!}",
                                  "DB_PASS={h7r2q9w}", "client_secret: {a8B-3kd9Xq2~LmPz0}", "api key: {0f3e9a7c5b1d2e4f0f3e9a7c5b1d2e4f}", "**Password:** {h7r2q9w}", "Kennwort: „{Hallo123}“",
                                  "Mot de passe : {été2024}", "contraseña: {gato77}", "`pass phrase: {c0rrect-horse}`", "password: {p@ssword}", "password={letmein!}", "config['password'] = '{geh3im}'",
                                  "clientSecret={abcd1234efgh},", "dbPassword: {h7r2q9w}, then", "パスワード：{himitsu9}"])  # fmt: skip
def test_a_password_or_key_is_found_by_what_it_is_called(text):
    value, plain = text.partition("{")[2].partition("}")[0], text.replace("{", "").replace("}", "")
    leak = only(plain)
    assert (leak.kind, leak.masked, leak.is_error) == ("token", "…", True)
    shown = masked(plain, KNOWN)
    assert value.rstrip("!") not in shown
    assert leaks(shown, KNOWN) == []


@pytest.mark.parametrize("text", ["password: reset takes days", "password: required", "password = forgotten", "password: forgotten!", "password: self-service reset", "password: user/admin",
                                  "password: 12-character minimum", "password: SSO/2FA", "password: 1Password", "password: https://x.io/reset/1", "password = os.environ['PW1']", "password: #login-2",
                                  "password: <your password1>", "password: ${PW_1}", "password: **never** changed", "password: [reset](https://x.io/a?b=1)", "password:\n  h7r2q9w",
                                  "token: sha256-based-thing", "token: session-cookie-2026", "secret: https://x.io/abc123def", "token = get_token_v2()", "password reset: 20min", "keyword: abcd1234efgh5678"])  # fmt: skip
def test_words_about_passwords_are_no_password(text):
    assert found(text) == []


HOOKS = [
    f"https://hooks.slack.com/services/T{rolled(8)}/B{rolled(8)}/{rolled(24)}",
    f"https://discord.com/api/webhooks/{DICE.randint(10**17, 10**18)}/{rolled(60)}",
    f"https://acme.webhook.office.com/webhookb2/{rolled(40)}",
    f"https://prod-12.westeurope.logic.azure.com:443/workflows/{hexed(32)}/triggers/manual/paths/invoke?sig={rolled(43)}",
    f"https://chat.acme.example/hooks/{rolled(26).lower()}",
]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_webhook_is_found_and_only_its_public_host_is_shown(hook):
    leak = only(f"posts to {hook} daily")
    assert (leak.kind, leak.is_error) == ("webhook", True)
    assert "acme" not in leak.masked


@pytest.mark.parametrize("text", ["https://hooks.slack.com/services", "see https://api.slack.com/messaging/webhooks", "https://discord.com/channels/1/2",
                                  "a webhook that nobody reads"])  # fmt: skip
def test_a_page_about_webhooks_is_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "name", ["token", "key", "pwd", "passcode", "password", "access_token", "api_key", "apikey", "secret", "sig"]
)
def test_a_link_with_a_secret_in_it_is_found_at_its_value(name):
    for text in (
        "https://x.io/a?{}=Ab12cd",
        "<https://x.io/a?b=1&{}=Ab12cd>",
        "[join](https://x.io/j/1?{}=Ab12cd)",
        "x.io/j?{}=Ab12cd#x",
    ):
        leak = only(text.format(name))
        assert (leak.kind, leak.masked, text.format(name)[leak.start : leak.end]) == ("url-secret", "…", "Ab12cd")


def test_a_password_before_a_host_is_a_secret_too():
    assert found("postgres://app:s3cr3tly@db.acme.io/x") == [("url-secret", "s3cr3tly")]


@pytest.mark.parametrize("text", ["https://x.io/?sort_key=name", "https://x.io/?monkey=banana", "https://x.io/?token=<token>", "?key={key}",
                                  "https://x.io/?page=2&size=100", "http://user:pass@host/repo"])  # fmt: skip
def test_an_ordinary_link_is_none(text):
    assert found(text) == []


# Names


@pytest.mark.parametrize("text", ["Jane Doe", "JANE DOE", "jané dóe", "Jane\n    Doe", "Jane\r\nDoe", "Doe, Jane", "Jane M. Doe", "**Jane** Doe", "jane-doe",
                                  "jane_doe", "JaneDoe", "Jane Does", "Jane\u00a0Doe", "Ja\u00adne Doe", "Jane\u0301 Doe", "Janey", "janey's"])  # fmt: skip
def test_a_listed_name_is_found_however_it_is_written(text):
    leak = only(f"then {text} left")
    assert (leak.kind, leak.masked, leak.is_error) == ("person", "[P1]", True)


@pytest.mark.parametrize("text", ["Jörg Müller-Lüdenscheidt", "jorg muller ludenscheidt", "Joerg Mueller-Luedenscheidt", "JÖRG MÜLLER‑LÜDENSCHEIDT",
                                  "Jörg Mu\u0308ller-Lüdenscheidt's"])  # fmt: skip
def test_accents_are_no_disguise(text):
    assert only(text).masked == "[P2]"


@pytest.mark.parametrize(
    "text",
    [
        "Jane",
        "Doe",
        "Janette Doe",
        "Jane Dover",
        "Dojane doe",
        "Jane. \n\nDoe is a deer",
        "plain edoe",
        "Janeyed",
        "P1",
        "(P1)",
    ],
)
def test_part_of_a_name_or_more_than_it_is_another(text):
    assert found(text) == []


def test_a_name_in_a_script_without_spaces_is_found_and_one_without_a_code_is_not_told():
    assert found("山田太郎さんは") == [("person", "山田太郎")]
    assert only("山田太郎").masked == "[a name]"


def test_a_code_that_says_the_name_is_not_told_either():
    assert only("Richard Roe").masked == "[a name]"


def test_a_file_name_and_a_commit_message_are_no_hiding_place():
    path = "prod/interviews/checkout/jane-doe-2026-11-18.md"
    assert found(path) == [("person", "jane-doe")]
    assert masked(path, KNOWN) == "prod/interviews/checkout/[P1]-2026-11-18.md"
    assert found("Interview: Jane Doe, checkout, 2026-11-18") == [("person", "Jane Doe")]
    assert found("prod/interviews/reseller-portal/acme-freight-2026-11-18-2.md") == []


def test_what_reads_like_a_name_is_a_warning():
    leak = only("Then Peter Miller said no")
    assert (leak.kind, leak.masked, leak.is_error) == ("person", "P… M…", False)
    for text in ("Caroline Ruiz said no", "The Buyer said no", "Their Support told us", "Acme Freight", "he said"):
        assert found(text) == []
    assert found(note_text(customer='"Blue Anvil"', body="Blue Anvil said no")) == []


@pytest.mark.parametrize("place", ["New York", "San Francisco", "Los Angeles", "South Africa", "Hong Kong", "Saint Louis", "United Kingdom", "North Carolina", "Salt Lake City"])  # fmt: skip
def test_a_place_that_told_us_is_nobody(place):
    assert found(f"{place} told us no") == []
    assert [kind for kind, _ in found("then Paul New told us no")] == ["person"]


@pytest.mark.parametrize("entry", ["Jane Doe", "Jane Doe – ops lead", "Doe, Jane", "Jane M. Doe (CFO)", "Anna Maria Doe", "Jörg Müller-Lüdenscheidt, buyer", "Sean O’Brien", "Ann McRoe"])  # fmt: skip
def test_a_participant_who_is_named_is_asked_after(entry):
    (report,) = participant_names(entry)
    assert (report.severity, report.line) == ("warning", 7)
    assert entry.split()[0] not in report.what + report.mend


@pytest.mark.parametrize("entry", ["P1", "P1 – ops lead", "P1 – Ops Lead", "A1 – Jane Doe", "ops lead", "two buyers", "CFO", "Ops Lead", "Head of Sales", "Product Manager", "VP Sales", "IT Admin",
                                   "Acme Freight", "Account Executive", "Leiter Einkauf", "Clerk", "New York office", "[redacted]", "山田太郎", ""])  # fmt: skip
def test_a_participant_with_a_code_or_a_role_is_not(entry):
    assert participant_names(entry) == []


def test_a_participant_on_the_list_is_told_once():
    assert participant_names("Jane Doe", KNOWN) == []


def participant_names(entry: str, known: Known = NOBODY) -> list[Report]:
    file = RootFile(
        "prod/interviews/reseller-portal/acme-freight-2026-11-18.md",
        raw=note_text(participants=[json.dumps(entry)]).encode(),
        is_note=True,
    )
    reports = inspect(Stock([file], [], (), frozenset()), Standards(config(), date(2026, 11, 20), known))
    return [each for each in reports if each.code == "participant-name"]


# Where


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_finding_knows_its_place(end):
    text = f"# A{end}{end}- see jane@acme.com, x@acme.com{end}"
    first, second = leaks(text, KNOWN)
    assert (first.line, first.column, second.line, second.column) == (3, 7, 3, 22)
    assert text[second.start : second.end] == "x@acme.com"


def test_what_overlaps_is_told_once():
    assert found("jane.doe@acme.com") == [("email", "jane.doe@acme.com")]
    assert len(found(HOOKS[3])) == 1


# What a note allows itself

ALLOW = "<!-- ilog: allow {} because it is on their site -->"


def test_alone_on_its_line_a_kind_is_allowed_in_the_whole_note():
    text = note_text(body=f"a@b.co\n\n  {ALLOW.format('email')}\n\nc@d.co +49 151 23456789\n")
    assert [kind for kind, _ in found(text)] == ["phone"]
    assert allowances(text) == [Allowance("email", 10, "it is on their site")]
    assert allowed_throughout(text) == {"email"}
    assert leaks("a@b.co", KNOWN, allowed_throughout(text)) == []


def test_beside_text_it_is_allowed_on_that_line_only():
    text = f"a@b.co {ALLOW.format('email')}\nc@d.co\n"
    assert found(text) == [("email", "c@d.co")]
    assert allowed_throughout(text) == frozenset()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_front_matter_allows_in_its_own_comments(end):
    text = "---\ncrm: a@b.co # ilog: allow email because it is theirs\ngoal: c@d.co\n---\n# ilog: allow email because no\ne@f.co\n".replace(
        "\n", end
    )
    assert found(text) == [("email", "c@d.co"), ("email", "e@f.co")]
    whole = text.replace("goal:", "# ilog: allow email because they said so\ngoal:".replace("\n", end))
    assert found(whole) == []
    assert [each.line for each in allowances(whole)] == [2, 3]


@pytest.mark.parametrize(
    "comment",
    ["<!-- ilog: allow email -->", "<!-- ilog: allow email because -->", "<!-- ilog: allow email because … -->"],
)
def test_without_a_reason_nothing_is_allowed_and_that_is_said(comment):
    text = f"{comment}\na@b.co\n"
    assert [(leak.kind, leak.line, leak.is_error) for leak in leaks(text, KNOWN)] == [
        ("allow-without-reason", 1, False),
        ("email", 2, True),
    ]
    assert (allowances(text), allowed_throughout(text)) == ([], frozenset())


def test_an_unknown_kind_is_asked_after():
    leak, email = leaks("<!-- ilog: allow emial because yes -->\na@b.co", KNOWN)
    assert (leak.kind, leak.mend, email.kind) == ("allow-unknown", "did you mean email?", "email")


def test_several_kinds_in_one_comment_and_several_comments_in_one_line():
    text = f"<!-- ilog: allow email, phone and ip because of\n  the imprint -->\n{ALLOW.format('person')} {ALLOW.format('card')}\nJane Doe a@b.co +49 151 23456789 85.214.132.117"
    assert found(text) == []
    assert [(each.kind, each.reason) for each in allowances(text)][:2] == [
        ("email", "of the imprint"),
        ("phone", "of the imprint"),
    ]


@pytest.mark.parametrize(
    "text", ["```\n{}\n```\na@b.co", "`{}`\na@b.co", "~~~~\n```\n{}\n~~~~\na@b.co", "{open}\na@b.co"]
)
def test_an_example_in_code_and_a_comment_that_never_ends_allow_nothing(text):
    shown = text.format(ALLOW.format("email"), open="<!-- ilog: allow email because")
    assert found(shown) == [("email", "a@b.co")]
    assert allowances(shown) == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_place_tells_the_comment_that_is_right_there(end):
    text = "---\ncrm: a@b.co\n---\nc@d.co\n".replace("\n", end)
    front, body = leaks(text, KNOWN)
    assert (front.allow, body.allow) == ("# ilog: allow email because …", "<!-- ilog: allow email because … -->")
    because = front.allow.replace("…", "it is theirs")
    for said in (f"---{end}{because}{end}crm: a@b.co", f"---{end}crm: a@b.co {because}"):
        assert ("email", "a@b.co") not in found(text.replace(f"---{end}crm: a@b.co", said))


def test_a_file_that_is_no_markdown_allows_nothing():
    for name, is_told in (("a.md", True), ("a.MD", True), ("a.txt", False), ("a.csv", False)):
        (report,) = in_text(f"prod/interviews/{name}", "536-90-4399\n", KNOWN)
        assert (report.mend.startswith("take it out"), "ilog: allow" in report.mend) == (True, is_told)


def test_a_listed_person_is_told_by_the_code_to_write_instead():
    leak, nameless = only("Doe, Jane hates it"), only("山田太郎")
    assert (leak.what, leak.mend.partition(",")[0]) == ("the name of P1", "write P1 for it")
    assert masked("Doe, Jane hates it", KNOWN) == "[P1] hates it"
    assert (nameless.what, nameless.mend.partition(",")[0]) == ("a person's name", "write a code such as P1")


def test_a_path_that_is_masked_says_so_and_where_to_look():
    (report,) = in_name("prod/interviews/check out/jane-doe-2026-11-18.md", "", KNOWN)
    assert report.what == "its path holds the name of P1, and is masked here"
    assert report.mend.startswith("find it with ls 'prod/interviews/check out', and ")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_tells_how_it_may_be_allowed(kind):
    values = {"email": "a@b.co", "phone": "+49 151 23456789", "iban": "DE" + iban.calc_check_digits("DExx370400440532013000") + "370400440532013000",
              "card": "411111111111111" + luhn.calc_check_digit("411111111111111"), "ssn": "536-90-4399", "ip": "85.214.132.117",
              "token": "ghp_" + rolled(36), "webhook": HOOKS[0], "url-secret": "https://x.io/?pwd=Ab12cd", "person": "Jane Doe"}  # fmt: skip
    leak = only(values[kind])
    assert f"<!-- ilog: allow {kind} because … -->" in leak.mend
    assert leaks(f"{ALLOW.format(kind)}\n{values[kind]}", KNOWN) == []


# What may be shown

VALUES = ["jane@acme.com", "+49 151 23456789", "030/1234567", "Jane Doe", "Doe, Jane", "山田太郎", "85.214.132.117", "password: h7r2q9w", "pwd=Xk29!kkqPz, ", "Peter Miller said", "https://x.io/?pwd=Ab12cd",
          "536-90-4399", "(415) 555-2671", "call 4155552671", HOOKS[0], HOOKS[4], "u:s3cr3tly@db.io", "://", "411111111111111" + luhn.calc_check_digit("411111111111111"),
          "DE" + iban.calc_check_digits("DExx370400440532013000") + "370400440532013000", *(start + rest for start, rest in TOKENS[:30:3])]  # fmt: skip
GLUE = [
    " ",
    "",
    "\n",
    ", ",
    "-",
    "/",
    "'",
    "@",
    ".",
    "+",
    "(",
    "0",
    "1",
    "Jane ",
    "Doe",
    "P1",
    "x",
    "…",
    "?key=",
    "<!-- ilog: allow email because x -->",
    "---\n",
    "pm: ",
]
texts = st.lists(st.one_of(st.sampled_from(VALUES), st.sampled_from(GLUE), st.text(max_size=8)), max_size=12).map(
    "".join
)


@settings(deadline=None, max_examples=300)
@given(texts)
@example("Jane Jane Doe Doe")
@example("jane@acme.com xjane@acme.com")
@example("4111 1111 1111 1111 123456789 12")
def test_a_masked_text_holds_nothing_that_was_found_and_nothing_to_be_found(text):
    shown = masked(text, KNOWN)
    for leak in leaks(text, KNOWN):
        value = text[leak.start : leak.end]
        assert len(value) < 6 or value not in shown
        assert len(value) < 6 or value not in leak.masked + leak.what + leak.mend
    assert not [leak for leak in leaks(shown, KNOWN) if leak.is_error]


def test_names_that_come_together_again_and_again_leave_nothing_to_be_shown():
    known = Known((Person("P", ("Jane Doe",)),))
    assert masked("Jane Jane Doe Doe", known) == "[P]"
    assert masked("Jane " * 20 + "Doe " * 20, known) == "…"


@settings(deadline=None)
@given(st.text(), st.lists(st.tuples(st.text(max_size=9), st.lists(st.text(max_size=9), max_size=2)), max_size=3))
@example("\ud800@\udfff.com", [])
@example("jané", [("\ud800", ["Jan\u00e9"])])
def test_any_text_and_any_names_can_be_asked(text, listed):
    known = Known(tuple(Person(code, tuple(names)) for code, names in listed), domains=("x.com",))
    for leak in leaks(text, known):
        assert 0 <= leak.start <= leak.end <= len(text)
        assert (leak.line, leak.column) >= (1, 1)
    masked(text, known)
    allowances(text)


def test_a_text_without_anything_personal_is_shown_as_it_is():
    text = (TOP / "templates" / "notes" / "learning.md").read_text("utf-8")
    assert masked(text, KNOWN) == text


# How often, and how long


@pytest.mark.parametrize("path", [*sorted((TOP / "examples").rglob("*.md")), *sorted((TOP / "templates").rglob("*.md")), TOP / "CONTRIBUTING.md"], ids=lambda path: path.name)  # fmt: skip
def test_ordinary_notes_set_off_no_alarm(path):
    assert leaks(path.read_text("utf-8"), KNOWN) == []


UNITS = ["@", "a@b.", "a@b.cd ", "0", "1 ", "0 ", "0151 ", "0151 23456789 ", "+1", "(0", "DE12 ", "4111111111111112 ", "eyJ", "ghp_", "xoxb-1", "?pwd=abc",
         "a://b:c@", "Jane ", "Jane Doe ", "Aa Bb said ", "<!-- ilog: allow ", ALLOW.format("email"), ALLOW.format("email") + "\n", "ilog: `", "山", "a.b-", "password=", "password: h7r2q9w ", "token : ", "password=aaaaaaaaaaaa1 ",
         "hooks/", "1.1.1.1 ", "123.123.123.123 ", "-----BEGIN", "call 1", "//a:", "x.webhook.office.com/", "a'"]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_takes_about_twice_the_time(unit):
    half, whole = (
        min(cpu_seconds(partial(looked_at, unit * (size // len(unit)))) for _ in range(2)) for size in (SIZE, 2 * SIZE)
    )
    assert whole < 3 * half + 0.1


SIZE = 6 * 1024


def looked_at(text: str) -> None:
    leaks(text, KNOWN)
    masked(text, KNOWN)


def test_a_mebibyte_is_read_in_linear_time():
    row = "on 2026-11-18 P1 paid 1,234.00 for 0151 of 4111 and @ 15:30 <!-- ilog: allow x --> `x` Jane\n"
    half, whole = (cpu_seconds(partial(leaks, row * (size // len(row)), KNOWN)) for size in (2**19, 2**20))
    assert whole < 3 * half
