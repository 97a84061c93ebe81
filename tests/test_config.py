import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewlog.config import Config, Goal, Pm, Product
from interviewlog.errors import Code, IlogError
from interviewlog.settings import parse_config
from interviewlog.weeks import Week, parse_week

FULL = """\
schema: 1
root: prod/interviews
goal: {interviews: 1, minutes: 60}        # per PM and week
away: [2026-W52..2026-W53]                # everybody
pms:
  caroline: {name: Caroline Ruiz, emails: [caroline@example.com], products: [reseller-portal], from: 2026-01-05, away: [2026-W33..2026-W34], goal: {interviews: 1}}
products: {reseller-portal: {title: Reseller portal, was: [partner-portal]}}
imports: []                               # commits that took over old notes: they credit nobody who only imported
segments: [enterprise, mid-market, smb]
own: {domains: [example.com], companies: [Example Inc]}
links: {web: "https://git.example.com/team/notes/blob/main/{path}"}
hypotheses: {h12: "Admins abandon SSO because of certificates"}
contact_cap: {notes: 3, days: 90}
retention_months: 24
push: never
"""


def weeks(*words: str) -> frozenset[Week]:
    return frozenset(map(parse_week, words))


def refused(text: str) -> IlogError:
    with pytest.raises(IlogError) as error:
        parse_config(text)
    assert error.value.code == Code.CONFIG
    assert "ilog.yaml" in error.value.message
    assert error.value.hint
    return error.value


def test_the_sample_of_the_contract_is_read_whole():
    assert parse_config(FULL) == Config(
        root="prod/interviews",
        goals=(Goal(1, 60),),
        away=weeks("2026-W52", "2026-W53"),
        pms={
            "caroline": Pm(
                "caroline",
                "Caroline Ruiz",
                ("caroline@example.com",),
                ("reseller-portal",),
                date(2026, 1, 5),
                away=weeks("2026-W33", "2026-W34"),
                goals=(Goal(1),),
            )
        },
        products={"reseller-portal": Product("reseller-portal", "Reseller portal", ("partner-portal",))},
        segments=("enterprise", "mid-market", "smb"),
        own_domains=("example.com",),
        own_companies=("Example Inc",),
        web_link="https://git.example.com/team/notes/blob/main/{path}",
        hypotheses={"h12": "Admins abandon SSO because of certificates"},
        preferences={"push": "never"},
    )


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "schema: 1\n", "pms:\nproducts:\naway: []\ngoal:\nown: {}\nroot:\n"]
)
def test_without_settings_the_defaults_hold(text: str):
    assert parse_config(text) == Config()
    assert (Config().root, Config().goals) == ("prod/interviews", (Goal(1, 60),))


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("rot: x", "ilog.yaml: unknown setting rot, did you mean root?"),
        ("pms: {a: {nmae: A}}", "ilog.yaml: unknown setting pms.a.nmae, did you mean name?"),
        ("goal: {interview: 2}", "ilog.yaml: unknown setting goal.interview, did you mean interviews?"),
        ("own: {domain: [x]}", "ilog.yaml: unknown setting own.domain, did you mean domains?"),
        ("products: {a: {titel: A}}", "ilog.yaml: unknown setting products.a.titel, did you mean title?"),
        ("contact_cap: {day: 3}", "ilog.yaml: unknown setting contact_cap.day, did you mean days?"),
        ("xyz: 1", "ilog.yaml: unknown setting xyz"),
        ("repo: /x", "ilog.yaml: unknown setting repo"),
    ],
)
def test_an_unknown_setting_is_a_warning_that_guesses(text: str, warning: str):
    assert parse_config(text).warnings == (warning,)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- a", "not a mapping of settings"),
        ("root: [a]", "root: should be one value"),
        ("root: ../x", "root: should be a folder inside"),
        ("root: a//b", "root: should be a folder inside"),
        ("root: .git/x", "root: should be a folder inside"),
        ("root: a/-b", "root: should be a folder inside"),
        ("root: /", "root: should be a folder inside"),
        ("goal: two", "goal: should be a mapping"),
        ("goal: {interviews: two}", "goal.interviews: should be a whole number"),
        ("goal: {interviews: -1}", "goal.interviews: should be a whole number"),
        ("goal: {interviews: ２}", "goal.interviews: should be a whole number"),
        ("goal: {paired: yes}", "goal.paired: should be counts or shown"),
        ("goal: {from: soon}", "goal.from: should be a date"),
        ("pms: {a: {from: 2026-02-30}}", "pms.a.from: should be a date"),
        ("pms: {a: {from: '20260105'}}", "pms.a.from: should be a date"),
        ("pms: {a: {from: 0001-01-01}}", "pms.a.from: should be a date"),
        ("pms: [a]", "pms: should be a mapping"),
        ("pms: {a: b}", "pms.a: should be a mapping"),
        ("pms: {a: {away: [2026-W60]}}", "pms.a.away: should be weeks"),
        ("away: [2026-W34..2026-W33]", "away: should be weeks"),
        ("segments: [Big Ones]", "segments: should be slugs of a-z, 0-9 and hyphens, not Big Ones"),
        ("segments: [[a]]", "segments: should be a list of words"),
        ("products: {A: }", "products.A: should be named by a slug"),
        ("hypotheses: {h: [a]}", "hypotheses: should be one value"),
        ("schema: 2", "written for a newer ilog"),
        ("root: a\nroot: b", "ilog.yaml:2: the key root stands twice"),
        ("root: @a", "ilog.yaml:1:"),
    ],
)
def test_a_value_that_cannot_be_used_is_a_configuration_error(text: str, what: str):
    assert what in refused(text).message


def test_what_runs_on_a_machine_is_not_for_a_shared_file_to_say():
    found = parse_config("editor: rm -rf ~\nrepo: /x\ncopy: true\n")

    assert found.preferences == {"copy": "true"}
    assert found.warnings == ("ilog.yaml: unknown setting editor", "ilog.yaml: unknown setting repo")


def test_pms_are_found_by_handle_and_any_e_mail_without_regard_to_case():
    config = parse_config("pms: {caroline: {emails: [c@example.com, Caro@Example.com]}, dev: }")
    caroline, dev = config.pms.values()

    assert config.pm_of(" Caroline ") == config.pm_of("caro@example.COM") == caroline
    assert config.pm_of("DEV") == dev == Pm("dev", "dev")
    assert config.pm_of("eve") is config.pm_of("") is None


def test_a_roster_of_300_pms_is_read():
    roster = "\n".join(
        f"  pm{n}: {{name: P {n}, emails: [p{n}@example.com], products: [a, b], from: 2026-01-05}}" for n in range(300)
    )

    assert len(parse_config(f"pms:\n{roster}").pms) == 300


@pytest.mark.parametrize(
    ("text", "last"), [("until: 2026-03-31", date(2026, 3, 31)), ("to: 2026-03-31", date(2026, 3, 31))]
)
def test_the_end_of_a_pm_has_two_names(text: str, last: date):
    assert parse_config(f"pms: {{a: {{{text}}}}}").pms["a"].until == last


def test_products_may_be_a_list_and_have_a_title_anyway():
    config = parse_config("products: [checkout, field-app]")

    assert config.product_title("field-app") == "Field app"
    assert config.product_title("not-listed") == "Not listed"
    assert parse_config("products: {checkout: {title: Till}}").product_title("checkout") == "Till"


GOALS = """\
goal:
  - {interviews: 1}
  - {interviews: 2, from: 2026-09-01}
  - {interviews: 3, from: 2026-10-05}
pms:
  new: {goal: {interviews: 5, from: 2026-10-12}}
"""


@pytest.mark.parametrize(
    ("week", "team", "new"),
    [
        ("2026-W35", 1, 1),
        ("2026-W36", 1, 1),  # 1 September is its Tuesday: a new goal never re-judges a week that had begun
        ("2026-W37", 2, 2),
        ("2026-W40", 2, 2),
        ("2026-W41", 3, 3),  # 5 October is its Monday
        ("2026-W42", 3, 5),
    ],
)
def test_a_new_goal_holds_from_the_first_whole_week_and_ones_own_before_the_teams(week: str, team: int, new: int):
    config = parse_config(GOALS)

    assert config.goal_for(None, parse_week(week)).interviews == team
    assert config.goal_for(config.pms["new"], parse_week(week)).interviews == new


def test_before_the_first_goal_the_default_holds():
    assert parse_config("goal: {interviews: 4, from: 2026-09-07}").goal_for(None, parse_week("2026-W36")) == Goal()
    assert parse_config("goal: []").goal_for(None, parse_week("2026-W36")) == Goal()


def test_a_pm_is_active_in_weeks_that_lie_whole_within_from_and_until_and_are_not_away():
    config = parse_config(
        "away: [2026-W05]\npms: {a: {from: 2026-01-06, until: 2026-02-28, away: [2026-W07]}, b: {from: 2026-01-05, until: 2026-03-01}}"
    )
    a, b = config.pms.values()
    active = [[str(week)[-2:] for n in range(1, 12) if config.is_active(pm, week := Week(2026, n))] for pm in (a, b)]

    assert active == [["03", "04", "06", "08"], ["02", "03", "04", "06", "07", "08", "09"]]


settingish = st.recursive(
    st.sampled_from(["", "a", "1", "2026-01-05", "2026-W33..2026-W34", "x@y", "counts", "-1", "no"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["interviews", "from", "emails", "away", "goal", "a", "title", "domains", "web"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
keys = st.sampled_from(
    [
        "schema",
        "root",
        "goal",
        "away",
        "pms",
        "products",
        "imports",
        "segments",
        "own",
        "links",
        "hypotheses",
        "contact_cap",
        "push",
        "x",
    ]
)


@given(st.dictionaries(keys, settingish, max_size=4))
@settings(max_examples=200, deadline=None)
def test_reading_is_total(value: dict[str, object]):
    try:
        parse_config(json.dumps(value))
    except IlogError as error:
        assert error.code == Code.CONFIG  # noqa: PT017


def test_a_product_is_known_by_the_names_it_had():
    config = parse_config("products: {pay: {title: Pay, was: [till, desk]}, app: {was: [pay, web]}, web: {}}\n")
    assert [config.current_product(name) for name in ("pay", "till", "desk", "app", "web", "new")] == [
        "pay", "pay", "pay", "app", "web", "new",
    ]  # fmt: skip
    assert config.names_of_product("till") == ("pay", "till", "desk")
    assert config.names_of_product("app") == ("app",)
    assert config.names_of_product("new") == ("new",)
    assert config.product_title("desk") == "Pay"
