"""What `check` says of notes: codes, lines and mends."""

from datetime import date

import pytest

from builders import ROSTER, config, interview, note_text, problem
from interviewlog.insights.check import Report, Standards, check, inspect
from interviewlog.insights.known import Known
from interviewlog.person import Person
from interviewlog.rootfile import RootFile, Stock, is_hidden

TODAY = date(2026, 11, 20)
KNOWN = Known()
RULES = ROSTER + "products: [checkout, reseller-portal]\nsegments: [smb]\nhypotheses: {h1: x}\n"


def reports(*notes, rules: str = RULES) -> list[Report]:
    return check(notes, config(rules), TODAY)


def test_a_good_note_has_nothing_to_mend():
    assert reports(interview(pm="caroline", consent="notes")) == []


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("near-miss", {"body": "# x\n\n- **pain**: x\n- pain: y\n"}),
        ("unclosed-comment", {"body": "# x\n\n- pain: y\n<!-- never closed\n"}),
        ("file-name", {"path": "prod/interviews/reseller-portal/acme.md"}),
        ("date-differs", {"path": "prod/interviews/reseller-portal/acme-freight-2026-11-17.md"}),
        ("customer-differs", {"path": "prod/interviews/reseller-portal/acme-2026-11-18.md"}),
        ("unknown-segment", {"segments": ["smbs"]}),
        ("unknown-hypothesis", {"hypotheses": ["h2"]}),
        ("unknown-product", {"also_products": ["chekout"]}),
        ("unknown-product", {"product": "nosuch"}),
        ("pm-missing", {"pm": None}),
        ("unknown-pm", {"pm": "carolin"}),
        ("future", {"date": "2026-11-21"}),
        ("via-missing", {"source": "second-hand"}),
        ("outcome-missing", {"type": "win-loss"}),
        ("empty", {"body": "# x\n"}),
        ("own-company", {"customer": "Example, Inc."}),
        ("own-company", {"customer": "mail.example.com"}),
        ("consent-open", {"consent": "pending"}),
        ("consent-open", {"consent": None}),
        ("quote-without-consent", {"body": '# x\n\n- quote: "y"\n'}),
        ("quote-without-consent", {"body": '# x\n\n- pain: x\n  - quote: "y"\n'}),
        ("field-relationship", {"relationship": "freind"}),
        ("field-tldr", {"tldr": "x" * 201}),
        ("folder-name", {"path": "prod/interviews/Reseller Portal/acme-freight-2026-11-18.md", "product": None}),
        ("unknown-key", {"consent-ref": "here"}),
        ("unknown-key", {"Participant": "P1"}),
        ("unknown-key", {"segemnts": "smb"}),
        ("retention", {"retain_until": "2026-11-19"}),
        ("retention", {"date": "2024-11-19", "path": "prod/interviews/reseller-portal/acme-freight-2024-11-19.md"}),
        ("unknown-participant", {"participants": ["P1 – lead"], "body": "# x\n\n- pain: y (P2)\n- need: z (P2) #a\n"}),
        ("only-asking", {"body": "# x\n\n- request: dark mode\n- objection: the price\n"}),
        ("quote-without-consent", {"body": "# x\n\n- pain: y\n\n> We gave up\n> in May.\n"}),
        ("quote-without-consent", {"body": "# x\n\n- pain: y\n\n## Quotes\n\nWe gave up in May.\n"}),
        ("quote-without-consent", {"body": "# x\n\n- pain: y\n- **quote**: z\n"}),
    ],
)  # fmt: skip
def test_what_is_amiss_is_one_warning_with_a_mend(code, fields):
    rules = "" if code == "folder-name" else RULES  # such a folder cannot be a product of ilog.yaml
    found = reports(interview(**{"pm": "caroline", "consent": "notes", **fields}), rules=rules)
    found = [each for each in found if each.code != "near-miss" or code == "near-miss"]
    assert [(each.code, each.severity) for each in found] == [(code, "warning")]
    assert found[0].what
    assert found[0].mend
    assert "\n" not in found[0].what + found[0].mend


@pytest.mark.parametrize("consent", ["quotes", "recording"])
def test_with_consent_quotes_are_fine(consent):
    assert reports(interview(pm="caroline", consent=consent, body='# x\n\n- quote: "y"\n')) == []


def test_a_declined_call_without_words_and_hearsay_without_a_pm_are_fine():
    assert reports(interview(pm="caroline", consent="declined", body="# x\n")) == []
    assert reports(interview(pm=None, consent="notes", source="second-hand", via="sales")) == []


def test_where_nothing_is_configured_every_word_is_known():
    assert reports(interview(pm="anybody", consent="notes", segments=["x"], hypotheses=["y"]), rules="") == []


def test_lines_are_those_of_the_file():
    (found,) = reports(interview(pm="caroline", consent="notes", body="# x\n\n- pain: y\n- pian: x\n"))
    assert (found.line, found.mend) == (12, "did you mean - pain: x")


@pytest.mark.parametrize(
    ("consent", "fields"),
    [("declined", {}), ("withdrawn", {}), ("withdrawn", {"body": "[redacted]\n", "tldr": "heard a lot"})],
)
def test_content_that_nobody_may_keep_is_an_error(consent, fields):
    (found,) = reports(interview(pm="caroline", consent=consent, **fields))
    assert (found.code, found.is_error) == ("consent-refused", True)
    assert found.mend == f"ilog redact {interview().path}"


def test_a_redacted_note_has_nothing_to_mend_however_old():
    old = {"date": "2020-11-18", "path": "prod/interviews/reseller-portal/acme-freight-2020-11-18.md"}
    assert reports(interview(pm="caroline", consent="withdrawn", body="[redacted]\n", **old)) == []


def test_one_line_in_a_row_that_tells_what_a_quote_told_is_a_quote():
    body = '# x\n\n- quote: "we never get the invoice in time"\n'
    for key in ("tldr", "nugget"):
        found = reports(
            interview(pm="caroline", consent="notes", body=body, **{key: "they never get the invoice in time"})
        )
        assert [(each.code, each.line) for each in found] == [
            ("quote-without-consent", 8),
            ("quote-without-consent", 12),
        ]
        assert found[0].what == f"{key} repeats a quote, but consent is notes"


def test_what_no_customer_said_is_no_quote():
    template = frozenset({"> ask for consent first"})
    body = "# x\n\n- pain: y\n<!--\n> hidden\n-->\n```\n> code\n```\n> ask for consent first\n"
    path = "prod/interviews/reseller-portal/acme-freight-2026-11-18.md"
    file = RootFile(path, "file", note_text(pm="caroline", consent="notes", body=body).encode(), is_note=True)
    stock = Stock([file], [], (path,), template)
    assert inspect(stock, Standards(config(RULES), TODAY, template=template)) == []


def test_keys_of_ones_own_and_codes_without_a_list_are_fine():
    body = "# x\n\n- pain: y (P7)\n- request: dark mode\n"
    assert reports(interview(pm="caroline", consent="notes", body=body, jira="X-1", title="x", author="y")) == []
    assert reports(interview(pm="caroline", consent="notes", body=body, goal="learn", goals="learn more")) == []
    assert reports(interview(pm="caroline", type="sales", consent="notes", body="# x\n\n- request: dark mode\n")) == []


def test_a_customer_who_is_asked_too_often_is_named_at_the_latest_note():
    def notes(*days: str, **fields):
        return [interview(date=day, pm="caroline", consent="notes", product=product, **fields)
                for day, product in zip(days, ["checkout", "reseller-portal"] * 2, strict=False)]  # fmt: skip

    often = notes("2026-08-23", "2026-09-01", "2026-10-01", "2026-11-18")
    (found,) = reports(*often)
    assert (found.code, found.path, found.what) == (
        "contact-cap", often[-1].path, "Acme Freight was asked 4 times in 90 days",
    )  # fmt: skip
    cap = "give them a rest: 3 times in 90 days is the cap (contact_cap in ilog.yaml changes it)"
    assert (found.mend, "contact_cap" in RULES) == (cap, False)
    assert reports(*often, rules=RULES + "contact_cap: {notes: 4, days: 90}\n") == []
    assert reports(*often, rules=RULES + "contact_cap: {notes: 0}\n") == []
    assert reports(*notes("2026-08-20", "2026-09-01", "2026-10-01", "2026-11-18")) == []
    assert reports(*notes("2025-08-23", "2025-09-01", "2025-10-01", "2025-11-18")) == []  # they had a rest since
    assert reports(*notes("2026-08-23", "2026-09-01", "2026-10-01", "2026-11-18", type="support-listen")) == []


def test_a_note_that_cannot_be_read_is_an_error():
    (found,) = reports(problem())
    assert (found.code, found.is_error, found.what) == ("invalid", True, "type is missing")


def test_twice_told_is_a_duplicate_and_only_alike_may_be_one():
    def note(number: int, **fields):
        path = f"prod/interviews/reseller-portal/acme-freight-2026-11-18{'' if number == 1 else f'-{number}'}.md"
        return interview(path, pm="caroline", consent="notes", **fields)

    first = note(1)
    (found,) = reports(first, note(2))
    assert (found.code, {found.path, found.what.split(" as ")[1]}) == ("duplicate", {first.path, note(2).path})
    other = "# x\n\n- need: something else entirely\n"
    assert [each.code for each in reports(first, note(2, body=other))] == ["maybe-duplicate"]
    assert reports(note(1, participants=["P1"]), note(2, body=other, participants=["P2"])) == []
    assert [each.code for each in reports(note(1, participants=["P1"]), note(2, body=other, participants=["P1"]))] == [
        "duplicate"
    ]


def test_reports_are_in_order():
    found = reports(problem("z/z/z.md"), problem("a/a/a.md"))
    assert [each.path for each in found] == ["a/a/a.md", "z/z/z.md"]


# ── files ────────────────────────────────────────────────────────────────────────────────────────────────────────

ROOT = "prod/interviews"


def inspected(*files: RootFile, others=(), known: Known = KNOWN) -> list[Report]:
    stock = Stock(files, others, tuple(each.path for each in (*files, *others)), frozenset())
    return inspect(stock, Standards(config(RULES), TODAY, known))


def note(path: str = f"{ROOT}/checkout/acme-2026-11-18.md", form="file", **fields) -> RootFile:
    said = {"customer": "Acme", "product": "checkout", "pm": "caroline", "consent": "notes", **fields}
    return RootFile(path, form, note_text(**said).encode(), is_note=True)


@pytest.mark.parametrize(
    ("file", "code", "severity"),
    [
        (RootFile(f"{ROOT}/readme.txt", raw=b"x"), "stray", "warning"),
        (RootFile(f"{ROOT}/deep/er/x.md", raw=b"x"), "stray", "warning"),
        (RootFile(f"{ROOT}/checkout/x.md", "link", b"/etc/passwd", is_note=True), "link", "warning"),
        (RootFile(f"{ROOT}/checkout/x.md", "special", is_note=True), "special", "warning"),
        (RootFile(f"{ROOT}/checkout", "repository"), "repository", "warning"),
        (RootFile(f"{ROOT}/checkout/x.md", "unreadable", is_note=True), "unreadable", "error"),
        (RootFile(f"{ROOT}/checkout/x.md", "unmerged", is_note=True), "unmerged", "error"),
        (RootFile(f"{ROOT}/checkout/call.MP3", raw=b"x"), "recording", "error"),
        (RootFile(f"{ROOT}/.trash/call.webm", raw=b"x", is_hidden=True), "recording", "error"),
        (RootFile(f"{ROOT}/call", raw=b"ID3\x03\0\0"), "recording", "error"),
        (RootFile(f"{ROOT}/call.bin", raw=b"\0\0\0\x18ftypmp42"), "recording", "error"),
        (RootFile(f"{ROOT}/photo", raw=b"\0\0\0\x18ftypheic"), "stray", "warning"),
        (note()._replace(is_ignored=True), "ignored", "warning"),
        (note(body="# x\n\n- pain: y\n" + "<!-- x -->\n" * 120_000), "large", "warning"),
    ],
)
def test_files_that_are_odd_are_named(file, code, severity):
    (found,) = (each for each in inspected(file) if each.code != "file-name")
    assert (found.path, found.code, found.severity) == (file.path, code, severity)
    assert found.what
    assert found.mend


@pytest.mark.parametrize("path", [f"{ROOT}/.gitkeep", f"{ROOT}/.obsidian/app.json"])
def test_dot_files_are_their_owners_business(path):
    assert inspected(RootFile(path, raw=b"{}", is_hidden=is_hidden(path, ROOT))) == []


def test_a_file_that_is_no_text_is_not_searched():
    mail = b"\0 john.doe@acme.com"
    assert [each.code for each in inspected(RootFile(f"{ROOT}/x.bin", raw=mail))] == ["stray"]
    assert [each.code for each in inspected(RootFile(f"{ROOT}/x.mp3", raw=mail[1:]))] == ["recording"]


# ── personal data ────────────────────────────────────────────────────────────────────────────────────────────────

MAIL = "john.doe@acme.com"


@pytest.mark.parametrize(
    ("file", "line", "column"),
    [
        (note(body=f"# x\n\n- pain: ask {MAIL} (P1)\n"), 11, 13),
        (note(crm=f'"x {MAIL}"'), 8, 9),
        (note(type="lerning", body=f"{MAIL}\n"), 9, 1),
        (note(body=f"# x\n\n- pain: y\n<!-- {MAIL} -->\n"), 12, 6),
        (RootFile(f"{ROOT}/list.csv", raw=f"a;b\r\nx;{MAIL}\r\n".encode()), 2, 3),
        (RootFile(f"{ROOT}/list.csv", raw=b"\xff\xfe" + f"a;b\nx;{MAIL}\n".encode("utf-16-le")), 2, 3),
        (RootFile(f"{ROOT}/list.csv", raw=b"\xe4\xf6\n" + MAIL.encode()), 2, 1),
        (RootFile(f"{ROOT}/.hidden.md", raw=MAIL.encode(), is_hidden=True), 1, 1),
    ],
)
def test_personal_data_is_an_error_at_its_place_in_whatever_text(file, line, column):
    (found,) = [each for each in inspected(file) if each.code == "leak-email"]
    assert (found.severity, found.line, found.column) == ("error", line, column)
    assert found.source[found.caret - 1] == "j"


def test_nothing_personal_is_shown_in_any_report_of_a_note_that_has_some():
    file = note(
        f"{ROOT}/checkout/{MAIL}-2026-11-18.md", customer=MAIL, segments=f"['{MAIL}']", tldr=f'"{"x" * 200} {MAIL}"',
        body=f"# x\n\n- **pain**: {MAIL}\n- pain: {MAIL} +49 30 901820\n",
    )  # fmt: skip
    found = inspected(file, RootFile(f"{ROOT}/checkout/{MAIL.upper()}-2026-11-18.md", raw=b"x"))
    assert {"leak-email", "leak-phone", "near-miss", "customer-differs", "name-collision"} <= {
        each.code for each in found
    }
    shown = " ".join(f"{each.path} {each.what} {each.mend} {each.source}" for each in found).lower()
    assert "doe" not in shown
    assert "901820" not in shown


def test_names_of_files_and_folders_are_searched_and_each_folder_once():
    known = Known(people=(Person("P1", ("Jane Roe",)),))
    paths = [f"{ROOT}/jane-roe/acme-2026-11-1{day}.md" for day in (7, 8)]
    found = inspected(*(RootFile(path, raw=b"x") for path in paths), known=known)
    assert [each.severity for each in found if each.code == "leak-person"] == ["error"]
    found = inspected(RootFile(f"{ROOT}/checkout/jane-roe-2026-11-18.md", raw=b"x"), known=known)
    assert [each.code for each in found if each.is_error] == ["leak-person"]
    assert "jane" not in "".join(each.path + each.what for each in found).lower()


def test_what_a_note_allows_itself_is_a_notice_and_allowed_in_its_name_too():
    body = f"# x\n\n- pain: y\n- need: {MAIL}\n\n<!-- ilog: allow email because it is a public address -->\n"
    found = inspected(note(f"{ROOT}/checkout/a@b.example.org-2026-11-18.md", body=body))
    assert [(each.severity, each.line) for each in found if "email" in each.code + each.what] == [("notice", 14)]
    assert not any(each.is_error for each in found)


# ── among others ─────────────────────────────────────────────────────────────────────────────────────────────────

LONG = "# x\n\n" + "\n".join(f"- pain: number {n} hurts in its very own way, said P{n}, and again" for n in range(12))


def test_only_what_concerns_the_files_wanted_is_reported_but_others_are_looked_at():
    wanted = note(f"{ROOT}/checkout/globex-2026-11-18.md", customer="Globex", body=LONG)
    copied = note(f"{ROOT}/reseller-portal/initech-2026-10-01.md", date="2026-10-01", customer="Initech", consent="oops",
                  product="reseller-portal", body=LONG)  # fmt: skip
    (found,) = inspected(wanted, others=[copied])
    assert (found.path, found.code) == (wanted.path, "near-duplicate")
    assert found.what == f"nearly the same words as {copied.path}"
    (found,) = inspected(copied._replace(raw=copied.raw.replace(b"oops", b"notes")), others=[wanted])
    assert (found.path, found.what) == (copied.path, f"nearly the same words as {wanted.path}")


@pytest.mark.parametrize(
    ("name", "customer"),
    [("x.md", '"Globex"'), ("globex-2026-11-18-2.md", ">-\n  Globex"), ("globex-2026-01-01.md", "{a: b}")],
)
def test_a_double_is_found_by_its_file_name_or_by_the_customer_it_names(name, customer):
    wanted = note(f"{ROOT}/checkout/globex-2026-11-18.md", customer="Globex", body="# x\n\n- pain: short\n")
    other = note(f"{ROOT}/checkout/{name}", customer=customer, body="# y\n\n- pain: short\n")
    is_double = customer != "{a: b}"  # such a note cannot be read, and tells nothing
    assert ("duplicate" in {each.code for each in inspected(wanted, others=[other])}) == is_double


def test_a_bystander_is_not_read():
    class Bystander(RootFile):
        def __getattribute__(self, name):
            assert name != "form", "a note was read that has nothing to do with those wanted"
            return super().__getattribute__(name)

    wanted = note(f"{ROOT}/checkout/globex-2026-11-18.md", customer="Globex")
    unread = note(body=LONG).raw.replace(b"Acme", b"Hooli")
    other = Bystander(f"{ROOT}/checkout/hooli-2026-11-18.md", "file", unread, is_note=True)
    assert inspected(wanted, others=[other]) == []
