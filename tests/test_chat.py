"""Summaries as pasted into a chat: what each form says, and that nothing in them acts on anybody."""

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import golden
from interviewlog.config import Config
from interviewlog.insights.summary import Audience, Summary, summarise
from interviewlog.interview import Interview
from interviewlog.note import parse
from interviewlog.render.chat import FORMATS, as_json, markdown, plain, several, slack
from interviewlog.render.clean import FORBIDDEN
from interviewlog.settings import parse_config

SETTINGS = """
pms: {caroline: {name: Caroline Ruiz, emails: [caroline@example.com], products: [reseller-portal]}}
products: {reseller-portal: {title: Reseller portal}}
"""
CONFIG = parse_config(SETTINGS)
LINKED = parse_config(SETTINGS + 'links: {web: "https://git.example.com/team/notes/blob/main/{path}"}\n')

LEARNING = """\
type: learning
consent: quotes
tldr: "heard raves about new navigation flow but frustration with security configuration"
nugget: "Their admin keeps a paper list of who may see which price."
---
# Acme Freight

## Observations
- delight: new navigation flow #navigation
- pain: SSO setup took three days and two calls to support #sso #security !3 (P1)
  - quote: "I gave up and shared one login." (P1)
"""
BODY = """\
---
## Observations
- delight: new navigation flow #navigation
- pain: SSO setup took three days and two calls to support #sso #security !3 (P1)
  - quote: "I gave up and shared one login." (P1)
"""
NOTES = {
    "learning": LEARNING,
    "fallback": f"type: win-loss\n{BODY}",
    "second-hand": f"type: learning\nsource: second-hand\nvia: sales\n{BODY}",
    "sales": 'type: sales\ntldr: "Price is fine; SSO decides."\n---\n',
    "support-listen": "type: support-listen\n---\n- surprise: they print every order\n",
    "site-visit": "type: site-visit\n---\n- they keep a *second* screen for [the ERP](https://erp.example) #erp\n- need: export !2\n",
    "stub": f"type: learning\nconsent: declined\ntldr: stays inside\n{BODY}",
    "restricted": 'type: learning\nvisibility: restricted\ntldr: "Acme Freight will leave unless SSO works"\n---\n',
    "withheld": f'type: learning\nconsent: notes\ntldr: "the admin gave up and shared one login"\n{BODY}',
    "hostile": (
        'type: learning\ntldr: "<!channel> @here @Everyone <@U123> *bo\\e[31mld _it ~st` ](https://x) [a](b) '
        '$5 & <https://x.example|y>\\u202egnp \\u2028two\\nthree caroline@example.com"\n---\n'
    ),
}


def note(front_and_body: str, customer: str = '"Acme Freight"') -> Interview:
    head = f"---\ndate: 2026-11-18\nproduct: reseller-portal\ncustomer: {customer}\npm: caroline\n"
    path = "prod/interviews/reseller-portal/acme-freight-2026-11-18.md"
    interview = parse(path, (head + front_and_body).encode())
    assert isinstance(interview, Interview)
    return interview


def summary_of(name: str, config: Config = CONFIG, **options) -> Summary:
    return summarise(note(NOTES[name]), config=config, **options)


@pytest.mark.parametrize("form", FORMATS)
def test_each_form_as_people_see_it(form):
    summaries = {name: summary_of(name) for name in NOTES} | {"links.web": summary_of("learning", LINKED)}
    text = "\n".join(f"[{name}]\n{FORMATS[form](summary)}\n" for name, summary in summaries.items())
    golden.check(f"summary-{form}.txt", text.replace("\u200b", "<ZWSP>"))  # or nobody would see it in a review


def test_json_as_programs_see_it():
    summaries = [summary_of(name, LINKED if name == "learning" else CONFIG) for name in NOTES]
    golden.check("summary-json.txt", json.dumps(as_json(summaries), indent=2) + "\n")


def test_texts_for_execs_and_sales_as_they_see_them():
    texts = [
        plain(summary_of("learning", audience=Audience.EXECS)),
        plain(summary_of("learning", audience=Audience.EXECS, is_mine=True)),
        plain(summary_of("learning", audience=Audience.SALES)),
        plain(summary_of("learning", named=True)),
    ]
    golden.check("summary-audiences.txt", "\n\n".join(texts) + "\n")


def test_several_summaries_stand_apart_by_a_blank_line():
    texts = several([summary_of("learning"), summary_of("sales")]).split("\n\n")
    assert texts == [plain(summary_of("learning")), plain(summary_of("sales"))]
    assert several([]) == ""


def test_ascii_spells_dashes_quotes_and_letters_plainly():
    front = 'type: learning\ntldr: "“Müller” – «ça ira» … @here"\n---\n'
    summary = summarise(note(front, "Søren’s"), config=CONFIG)
    for form in FORMATS.values():
        assert form(summary, is_ascii=True).isascii()
    assert plain(summary, is_ascii=True).startswith("""tl;dr - talked with Soren's. "Muller" - "ca ira" ... @ here\n""")


def test_a_path_or_address_ends_its_line_so_that_it_can_be_clicked():
    assert plain(summary_of("learning")).endswith("/acme-freight-2026-11-18.md")
    assert slack(summary_of("learning", LINKED)).endswith(
        " at https://git.example.com/team/notes/blob/main/prod/interviews/reseller-portal/acme-freight-2026-11-18.md"
    )


def test_slack_gets_no_entities_since_its_client_escapes_what_is_pasted():
    summary = summarise(note("type: learning\ntldr: R&D waits < 3 days\n---\n"), config=CONFIG)
    assert "R&D waits < 3 days" in slack(summary)


def test_an_address_and_a_word_with_an_underscore_stay_as_they_are():
    summary = summarise(note("type: learning\ntldr: ask ann@allied.example about max_size\n---\n"), config=CONFIG)
    assert "ann@allied.example about max_size" in plain(summary)
    assert "ann@allied.example about max_size" in slack(summary)


def test_a_path_with_grave_accents_is_fenced_by_more_of_them():
    summary = Summary("a`b.md", "Acme", (), date(2026, 11, 18), "learning", "tl;dr", "Notes at", "/a``b`.md")
    assert markdown(summary) == "tl;dr\nNotes at ``` /a``b`.md ```"


def test_a_markdown_link_cannot_be_closed_early():
    summary = Summary(
        "x", "Acme", (), date(2026, 11, 18), "learning", "tl;dr", "Notes at", "https://x/(a)<b>", link_is_url=True
    )
    assert markdown(summary) == "tl;dr\n[Notes](https://x/%28a%29%3Cb%3E)"


PIECES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "@here",
                "@Channel",
                "<!here>",
                "<@U1>",
                " *a*",
                "＠all",
                "\x1b[0m",
                "\u202e",
                "\n",
                "\ud800",
                "`",
                "](",
                "@",
            ]
        ),
    ),
    max_size=12,
).map("".join)
SUMMARIES = st.builds(
    Summary,
    path=PIECES,
    customer=PIECES,
    pm=st.tuples(PIECES),
    date=st.dates(),
    type=st.just("learning"),
    headline=PIECES.map("tl;dr – {}".format),
    link_label=st.just("Full interview notes at"),
    link=PIECES.map("/{}".format),
)
CALLS = re.compile(r"@(here|channel|all|everyone|group)\b|<[!@#]", re.IGNORECASE)


@pytest.mark.parametrize("form", FORMATS)
@given(summary=SUMMARIES, is_ascii=st.booleans())
def test_any_summary_is_two_harmless_lines(form, summary, is_ascii):
    text = FORMATS[form](summary, is_ascii=is_ascii)
    lines = text.split("\n")
    assert len(lines) == len(text.splitlines()) == 2
    assert not FORBIDDEN.search(text.replace("\u200b", "").replace("\n", ""))
    assert not CALLS.search(text)
    assert lines[0].isascii() or not is_ascii


@given(SUMMARIES, st.booleans())
def test_slack_finds_no_markup_in_a_headline(summary, is_ascii):
    headline = slack(summary, is_ascii=is_ascii).split("\n")[0]
    assert "`" not in headline
    assert not re.search(r"<[^\s\u200b]", headline)
    assert not re.search(r"(?<![^\W_])[*_~][^\s\u200b]", headline)


@given(SUMMARIES)
def test_markdown_shows_the_words_and_nothing_else(summary):
    from markdown_it import MarkdownIt

    inline = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown(summary))[1].children or []
    kinds = [token.type for token in inline[: [token.type for token in inline].index("softbreak")]]
    assert set(kinds) <= {"text", "text_special"}


@given(st.lists(SUMMARIES, max_size=3))
def test_json_survives_a_strict_reader(summaries):
    text = json.dumps(as_json(summaries), ensure_ascii=False)
    assert len(json.loads(text.encode())) == len(summaries)
    assert not FORBIDDEN.search(text.replace("\u200b", ""))
