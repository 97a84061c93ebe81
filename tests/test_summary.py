"""The summary of one note: who was met, what was heard, and what stays inside."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interviewlog.config import Config
from interviewlog.errors import Code, IlogError
from interviewlog.fields import CONSENTS, SOURCES, TYPES, VIAS, VISIBILITIES
from interviewlog.insights.summary import Audience, Summary, summarise
from interviewlog.insights.wording import cut, in_words, one_line
from interviewlog.interview import Interview
from interviewlog.note import parse
from interviewlog.settings import parse_config
from interviewlog.slugs import slug

CONFIG = parse_config("""
pms:
  caroline: {name: Caroline Ruiz, emails: [caroline@example.com], products: [reseller-portal]}
  dev: {name: Dev Patel}
  eve: {emails: [eve@example.com]}
products: {reseller-portal: {title: Reseller portal}, atlas: {title: Atlas}}
""")
TLDR = "heard raves about new navigation flow but frustration with security configuration"
NUGGET = "Their admin keeps a paper list of who may see which price."
BODY = """# Acme Freight

## Observations
- delight: new navigation flow #navigation
- pain: the invoice page is slow !1
- pain: SSO setup took three days and two calls to support #sso #security !3 (P1)
  - quote: "I gave up and shared one login." (P1)
- pain: **certificates** expire unannounced !3
- surprise: the person who signs has never logged in
"""


def note(body: str = "", *, product: str = "reseller-portal", **front: str) -> Interview:
    fields = {"date": "2026-11-18", "customer": '"Acme Freight"', "pm": "caroline", "type": "learning"} | front
    head = "".join(f"{key}: {value}\n" for key, value in fields.items())
    interview = parse(f"prod/interviews/{product}/acme-freight-2026-11-18.md", f"---\n{head}---\n{body}".encode())
    assert isinstance(interview, Interview)
    return interview


def line(interview: Interview, config: Config = CONFIG, **options) -> str:
    return summarise(interview, config=config, **options).headline


def test_a_tldr_completes_who_was_met():
    summary = summarise(note(tldr=TLDR), config=CONFIG)
    assert summary.headline == f"tl;dr – talked with Acme Freight, {TLDR}"
    assert summary.link_label == "Full interview notes at"
    assert summary.link == "/prod/interviews/reseller-portal/acme-freight-2026-11-18.md"
    assert not summary.link_is_url
    assert (summary.customer, summary.pm, summary.type) == ("Acme Freight", ("caroline",), "learning")


@pytest.mark.parametrize(
    ("front", "start"),
    [
        ({"type": "learning"}, "talked with Acme Freight"),
        ({"type": "win-loss"}, "talked with Acme Freight"),
        ({"type": "site-visit"}, "visited Acme Freight"),
        ({"type": "support-listen"}, "listened in on a support call with Acme Freight"),
        ({"type": "sales"}, "(sales call) met Acme Freight"),
    ],
)
def test_the_verb_is_honest(front, start):
    assert line(note(tldr="it works", **front)) == f"tl;dr – {start}, it works"


@pytest.mark.parametrize("type_", TYPES)
def test_second_hand_wins_over_every_type(type_):
    told = line(note(tldr="it works", type=type_, source="second-hand", via="sales"))
    assert told == "tl;dr – heard via Sales about Acme Freight: it works"


@pytest.mark.parametrize(
    ("via", "said"), [("cs", "via Customer Success"), ("partner", "via a partner"), ("", "second-hand")]
)
def test_second_hand_says_through_whom(via, said):
    assert line(note(source="second-hand", via=via, tldr="it works")).startswith(f"tl;dr – heard {said} about Acme")


def test_without_a_tldr_the_gravest_delight_and_pain_are_told():
    told = line(note(BODY))
    assert told == (
        "tl;dr – talked with Acme Freight. Raves: new navigation flow. "
        "Frustration: SSO setup took three days and two calls to support"
    )


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("- delight: the flow.", ". Raves: the flow"),
        ("- pain: why so slow?", ". Frustration: why so slow?"),
        ("- delight: wow!\n- pain: slow", ". Raves: wow! Frustration: slow"),
        ("- pain: slow !0\n- pain: ugly !1", ". Frustration: ugly"),
        ("- pain: first\n- pain: second", ". Frustration: first"),
        ("- surprise: one !0\n- surprise: two !3", ". Surprise: one"),
        ("- they moved to SAP\n- need: export #csv !2 (P1)\n- third", ", they moved to SAP. Need: export"),
        ("- b: copies prices", ". Behaviour: copies prices"),
        ("- [ ] send the thank-you\n- [x] they called back", ", they called back"),
        ("- Uses the API", ". Uses the API"),
        ("Only prose here.", " about Reseller portal"),
        ("", " about Reseller portal"),
        ("- pain: #tag !3", " about Reseller portal"),
    ],
)
def test_what_is_told_without_a_tldr(body, told):
    assert line(note(body)) == f"tl;dr – talked with Acme Freight{told}"


def test_the_nugget_comes_after_pain_and_before_surprise():
    assert line(note("- surprise: one", nugget=NUGGET)) == f"tl;dr – talked with Acme Freight. {NUGGET[:-1]}"
    assert "Frustration: slow" in line(note("- pain: slow", nugget=NUGGET))


def test_hearsay_without_a_word_still_says_what_it_is_about():
    assert line(note(source="second-hand", via="support")) == (
        "tl;dr – heard via Support about Acme Freight and Reseller portal"
    )


@pytest.mark.parametrize(
    ("tldr", "told"),
    [
        ("heard raves.", ", heard raves"),
        ("SSO is a mess.", ". SSO is a mess"),
        ("3 of 5 admins gave up", ", 3 of 5 admins gave up"),
        (", heard raves", ", heard raves"),
        ("and so on...", ", and so on..."),
        ("tl;dr – heard raves", ", heard raves"),
        ("Talked with Acme Freight, heard raves", ", heard raves"),
        ("tl;dr – Caroline talked with Acme Freight. SSO is hard", ". SSO is hard"),
        ("talked with Acme Freight's admin", ", talked with Acme Freight's admin"),
        ("talked with Acme Freight", " about Reseller portal"),
        ("**raves** about [the flow](https://x.example) and `SSO` #nav !3 (P1)", ", raves about the flow and SSO"),
        ("réel ~~vieux~~ _snake_case_ and a_b_c", ", réel vieux snake_case and a_b_c"),
    ],
)
def test_a_tldr_follows_cleanly(tldr, told):
    assert line(note(tldr=f'"{tldr}"'), named=told.startswith(". SSO is hard")).endswith(f"Acme Freight{told}")


def test_a_name_that_ends_with_a_full_stop_gets_no_second_one():
    assert line(note("- pain: slow", customer="Acme Inc.")) == "tl;dr – talked with Acme Inc. Frustration: slow"


@pytest.mark.parametrize(
    ("front", "options", "start"),
    [
        ({}, {}, "Caroline talked with"),
        ({"pm": "CAROLINE@example.com"}, {}, "Caroline talked with"),
        ({"pm": "[dev, caroline]"}, {}, "Dev talked with"),
        ({"pm": "zoe@example.com"}, {"pm_name": "Zoe Adams"}, "Zoe Adams talked with"),
        ({"pm": "zoe@example.com"}, {"pm_name": "zoe@example.com"}, "talked with"),
        ({"pm": "zoe"}, {}, "talked with"),
        ({"pm": "eve"}, {}, "talked with"),
        ({"pm": "eve"}, {"pm_name": "Eve"}, "Eve talked with"),
        ({"pm": ""}, {"pm_name": "Zoe"}, "Zoe talked with"),
        ({"type": "sales"}, {}, "(sales call) Caroline met"),
        ({"type": "site-visit"}, {}, "Caroline visited"),
        ({"source": "second-hand", "via": "sales"}, {}, "Caroline heard via Sales about"),
    ],
)
def test_what_is_posted_names_the_pm_and_never_a_handle_or_an_address(front, options, start):
    assert line(note(**front), named=True, **options).startswith(f"tl;dr – {start} Acme Freight")


def test_sales_get_a_name_and_no_path():
    summary = summarise(note(tldr=TLDR), config=CONFIG, audience=Audience.SALES)
    assert summary.headline == f"tl;dr – Caroline talked with Acme Freight, {TLDR}"
    assert (summary.path, summary.link, summary.link_label) == ("", "", "")


@pytest.mark.parametrize("consent", ["declined", "withdrawn"])
def test_a_stub_says_that_they_talked_and_nothing_else(consent):
    stub = note(BODY, consent=consent, tldr=TLDR, nugget=NUGGET)
    assert line(stub) == "tl;dr – talked with Acme Freight; no notes, as they wished"
    with pytest.raises(IlogError) as caught:
        line(stub, audience=Audience.EXECS)
    assert caught.value.code is Code.REFUSED


@pytest.mark.parametrize("front", [{}, {"tldr": "Acme and acme-freight's admins love it"}, {"nugget": "ACME left"}])
def test_a_restricted_note_names_neither_customer_nor_path(front):
    summary = summarise(note("- pain: Acme waits", visibility="restricted", **front), config=CONFIG, named=True)
    assert "Caroline talked with a customer" in summary.headline
    assert summary.customer == "a customer"
    assert not re.search("acme|freight", repr(summary), re.IGNORECASE)


@pytest.mark.parametrize("consent", ["pending", "notes", ""])
def test_a_tldr_or_pain_that_quotes_them_makes_room_for_the_next(consent):
    body = "- delight: fine\n- pain: I gave up and shared one login !3\n- pain: slow\n- quote: I gave up and shared one login"
    quoting = note(body, tldr='"they gave up and shared one login"', consent=consent)
    assert line(quoting).endswith(". Raves: fine. Frustration: slow")
    assert line(note(body, tldr='"they share a login"', consent=consent)).endswith(", they share a login")
    assert line(note("- quote: Too slow\n- context: Berlin", consent=consent)).endswith("Freight. Context: Berlin")


def test_with_consent_to_quotes_their_words_are_told():
    assert line(note('- quote: "I gave up."', consent="quotes")).endswith('Freight. Quote: "I gave up."')


def test_under_a_heading_quotes_even_a_short_item_stays():
    body = "## Quotes\n- pain: too slow\n- so ugly\n## Observations\n- context: Berlin\n"
    assert line(note(body)).endswith("Freight. Context: Berlin")


@pytest.mark.parametrize(
    ("front", "options", "start"),
    [
        ({}, {}, "an interview nugget from Caroline, who product manages our reseller portal"),
        ({"pm": "dev"}, {}, "an interview nugget from Dev (reseller portal)"),
        ({"pm": "zoe"}, {"pm_name": "Zoe"}, "an interview nugget from Zoe (reseller portal)"),
        ({"pm": "zoe"}, {}, "an interview nugget (reseller portal)"),
        ({}, {"is_mine": True}, "an interview nugget from me, product manager of our reseller portal"),
        ({"pm": "dev"}, {"is_mine": True}, "an interview nugget from me (reseller portal)"),
        ({"product": "atlas"}, {}, "an interview nugget from Caroline (Atlas)"),
        ({"product": "price-list-api"}, {}, "an interview nugget from Caroline (price list api)"),
        ({"type": "sales"}, {}, "a nugget from a sales call from Caroline, who product manages our reseller portal"),
        (
            {"source": "second-hand"},
            {"is_mine": True},
            "a second-hand nugget from me, product manager of our reseller portal",
        ),
    ],
)
def test_execs_get_the_nugget_and_who_it_comes_from(front, options, start):
    summary = summarise(note(nugget=NUGGET, **front), config=CONFIG, audience=Audience.EXECS, **options)
    assert summary.headline == f"Execs: {start}: {NUGGET}"
    assert (summary.path, summary.link) == ("", "")


def test_execs_get_no_note_without_a_nugget():
    with pytest.raises(IlogError) as caught:
        line(note(BODY, tldr=TLDR), audience=Audience.EXECS)
    assert caught.value.code is Code.BAD_NOTE
    assert "acme-freight-2026-11-18.md" in caught.value.message
    assert caught.value.hint.startswith("ilog edit prod/interviews/reseller-portal/acme-freight-2026-11-18.md")


def test_a_nugget_that_quotes_the_customer_is_refused_with_the_field():
    with pytest.raises(IlogError) as caught:
        line(note("> nobody here knows the password", nugget="Nobody here knows the password"), audience=Audience.EXECS)
    assert caught.value.code is Code.REFUSED
    assert "consent is pending" in caught.value.message
    assert "consent: quotes" in caught.value.hint


def test_a_team_note_is_refused_for_execs_and_sales():
    for audience in (Audience.EXECS, Audience.SALES):
        with pytest.raises(IlogError, match="visibility: team"):
            line(note(visibility="team", nugget=NUGGET), audience=audience)
    assert line(note(visibility="team", tldr="it works")).endswith(", it works")


@pytest.mark.parametrize(
    ("web", "link"),
    [
        ("https://git.example.com/blob/main/{path}", "https://git.example.com/blob/main/a%20b/%C3%BC%29%40.md"),
        ("https://git.example.com/blob/main/", "https://git.example.com/blob/main/a%20b/%C3%BC%29%40.md"),
        ("javascript:alert(1)//{path}", "/a b/ü)@.md"),
        ("", "/a b/ü)@.md"),
    ],
)
def test_a_web_address_is_quoted_and_anything_else_is_not_followed(web, link):
    interview = parse("a b/ü)@.md", b"---\ndate: 2026-11-18\ncustomer: Acme\ntype: learning\n---\n")
    assert isinstance(interview, Interview)
    summary = summarise(interview, config=Config(web_link=web))
    assert (summary.link, summary.link_is_url) == (link, link.startswith("https"))


def test_a_long_note_is_cut_on_words_to_two_hundred_characters():
    body = f"- delight: {'splendid ' * 40}\n- pain: {'dreadful ' * 40}"
    told = line(note(body))
    assert len(told) <= 200
    assert re.fullmatch(r"tl;dr – talked with Acme Freight\. Raves: (splendid )+…\s?Frustration: (dreadful )+…", told)
    assert "Raves: flow. Frustration: dreadful dreadful" in line(note(f"- delight: flow\n- pain: {'dreadful ' * 40}"))


def test_a_tldr_as_long_as_a_field_may_be_is_not_cut():
    assert line(note(tldr="a" + " b" * 99)).endswith(" b" * 99)
    assert line(note(tldr="a" + " b" * 150)).endswith(" b …")


def test_an_absurd_customer_name_is_cut():
    told = line(note("- pain: slow", customer="Acme " * 60))
    assert "Acme Acme …. Frustration" not in told
    assert "Frustration: slow" in told
    assert len(told) <= 200


@pytest.mark.parametrize(
    ("text", "longest", "short"),
    [
        ("three days and two calls", 24, "three days and two calls"),
        ("three days and two calls", 23, "three days and two …"),
        ("three days, and two calls", 13, "three days …"),
        ("Donaudampfschifffahrt", 10, "Donaudamp…"),
        ("e\u0323\u0302" * 5, 8, "e\u0323\u0302" * 2 + "…"),
        ("🇩🇪🇫🇷🇮🇹", 4, "🇩🇪…"),
        ("👍🏽👍🏽👍🏽", 5, "👍🏽👍🏽…"),
        ("👍🏽👍🏽👍🏽", 4, "👍🏽…"),
        ("क्षक्षक्ष", 6, "क्ष…"),
        ("x", 0, "…"),
    ],
)
def test_cutting_keeps_words_and_visible_signs_whole(text, longest, short):
    assert cut(text, longest) == short


SIGNS = st.text(
    st.one_of(
        st.characters(categories=["L", "M", "N", "P", "S", "Zs"], max_codepoint=0x2FFFF),
        st.sampled_from("ab \u0301\u0323\u20e3\ufe0f🇩🇪👍🏽🏿\u200d👩💻क्षि가\u1100\u1161\u11a8กำ"),
    ),
    max_size=60,
)


@given(SIGNS, st.integers(1, 60))
@example("🇩🇪🇫🇷", 3)
def test_no_cut_ever_parts_what_the_eye_sees_as_one(text, longest):
    wcwidth = pytest.importorskip("wcwidth", "0.5")
    short = cut(text, longest)
    assert len(short) <= max(longest, 1)
    if short != text:
        kept = short.removesuffix("…").rstrip(" ")
        ends = [0]
        for cluster in wcwidth.iter_graphemes(text):
            ends.append(ends[-1] + len(cluster))
        assert text.startswith(kept)
        assert len(kept) in ends or text[len(kept)] in " ,;:–-"


@given(st.text(), st.booleans())
def test_words_are_one_line_without_what_cannot_be_seen(text, is_marked):
    words = in_words(f"**{text}** #tag !3" if is_marked else text)
    assert words == one_line(words)
    assert len(words.splitlines()) <= 1


@given(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from(TYPES),
            "source": st.sampled_from(["", *SOURCES]),
            "via": st.sampled_from(["", *VIAS]),
            "consent": st.sampled_from(["", *CONSENTS]),
            "visibility": st.sampled_from(["", *VISIBILITIES]),
        }
    ),
    st.text(),
    st.text(max_size=300),
    st.booleans(),
)
def test_every_note_has_a_summary_of_one_short_line_and_a_link_unless_restricted(front, body, tldr, named):
    for interview in (
        note(body, **front),
        replace(note(body, **front), tldr=tldr, customer=tldr if slug(tldr) else "Acme", pm=("zoe",)),
    ):
        summary = summarise(interview, config=CONFIG, named=named, pm_name=tldr)
        assert isinstance(summary, Summary)
        assert summary.headline == one_line(summary.headline)
        assert len(summary.headline) <= (200 if not interview.tldr else 345)
        assert bool(summary.link) == (front["visibility"] != "restricted")
