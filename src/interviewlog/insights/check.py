"""What can be mended in the notes: problems, findings, and what only a look at all notes together shows.

Checks are a table of functions; a new one is a function and its line in the table.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from interviewlog.config import Config
from interviewlog.insights.counting import is_own_company
from interviewlog.interview import Finding, Interview, Observation
from interviewlog.likeness import kin
from interviewlog.nearest import did_you_mean
from interviewlog.notepath import FileName
from interviewlog.problem import Problem

_WITH_WORDS = frozenset({"quotes", "recording"})


@dataclass(frozen=True, slots=True)
class Report:
    """One line of `ilog check`. Lines and columns count from 1; errors make it exit 1, warnings do not."""

    path: str
    line: int
    column: int
    code: str
    what: str
    mend: str
    is_error: bool


def check(
    notes: Iterable[Interview | Problem], config: Config, today: date, strays: Iterable[str] = ()
) -> list[Report]:
    """Check notes; gives the reports in order of path and line. `strays` are files under the root that are no notes."""
    reports: list[Report] = []
    interviews = []
    for note in notes:
        if isinstance(note, Problem):
            reports.append(Report(note.path, note.line, note.column, "invalid", note.what, note.mend, is_error=True))
        else:
            interviews.append(note)
            reports.extend(_reports(note, config, today))
    reports.extend(_twice(interviews))
    stray = "not a note: notes stand in <root>/<product>/<name>.md as regular files"
    reports.extend(
        Report(path, 1, 1, "stray", stray, "move it, or leave it: it is not counted", is_error=False) for path in strays
    )
    return sorted(reports, key=lambda report: (report.path, report.line, report.code))


def _reports(note: Interview, config: Config, today: date) -> Iterator[Report]:
    findings = [*note.findings, *(finding for find in _CHECKS for finding in find(note, config, today))]
    for each in findings:
        yield Report(note.path, each.line, 1, each.code, each.what, each.mend, each.is_error)


_Findings = Iterator[Finding]


def _about(note: Interview, key: str, code: str, what: str, mend: str) -> Finding:
    """Give a finding at the line of a field, at the top where the field is missing."""
    return Finding(note.lines.get(key, 1), code, what, mend)


def _near_misses(note: Interview, _config: Config, _today: date) -> _Findings:
    for miss in note.body.near_misses:
        yield Finding(miss.line, "near-miss", f"not read as an observation: {miss.text}", f"did you mean {miss.mend}")


def _unclosed_comment(note: Interview, _config: Config, _today: date) -> _Findings:
    if note.body.unclosed:
        what = "the comment that begins here never ends, so nothing below it is read"
        yield Finding(note.body.unclosed, "unclosed-comment", what, "close it with -->")


def _path_and_fields(note: Interview, _config: Config, _today: date) -> _Findings:
    name = FileName.read(note.path)
    if not name:
        wanted = FileName(note.slug, note.date)
        yield Finding(1, "file-name", "the file is not named <customer>-<date>.md", f"rename it to {wanted}")
        return
    if name.day != note.date:
        yield _about(
            note, "date", "date-differs", f"date is {note.date}, the file name says {name.day}", "correct one of them"
        )
    if name.customer != note.slug:
        what = f"customer is {note.customer}, the file name says {name.customer}"
        yield _about(
            note,
            "customer",
            "customer-differs",
            what,
            f"rename the file to {FileName(note.slug, note.date, name.number)}",
        )


def _unknown_words(note: Interview, config: Config, _today: date) -> _Findings:
    lists: tuple[tuple[str, str, Iterable[str], Iterable[str]], ...] = (
        ("product", "product", [note.product], config.products),
        ("segments", "segment", note.segments, config.segments),
        ("hypotheses", "hypothesis", note.hypotheses, config.hypotheses),
        ("also_products", "product", note.also_products, config.products),
    )
    for key, kind, words, known in lists:
        for word in words:
            if known and word not in known:
                what = f"{kind} {word} is not in ilog.yaml"
                yield _about(note, key, f"unknown-{kind}", what, _near(word, known))


def _near(word: str, known: Iterable[str]) -> str:
    return did_you_mean(word, known) or f"write one of {', '.join(known)}, or add it to ilog.yaml"


def _pm(note: Interview, config: Config, _today: date) -> _Findings:
    if not note.pm and note.source != "second-hand":
        yield Finding(
            2, "pm-missing", "pm is missing, so the commit's author is credited", "add a line such as pm: caroline"
        )
    for word in note.pm:
        if config.pms and not config.pm_of(word):
            yield _about(note, "pm", "unknown-pm", f"pm {word} is not on the roster", _near(word, config.pms))


def _future(note: Interview, _config: Config, today: date) -> _Findings:
    if note.date > today:
        yield _about(note, "date", "future", f"date {note.date} is still to come", "write the day of the conversation")


def _completeness(note: Interview, _config: Config, _today: date) -> _Findings:
    if note.source == "second-hand" and not note.via:
        yield _about(note, "source", "via-missing", "second-hand, but via is missing", "add a line such as via: sales")
    if note.type == "win-loss" and not note.outcome:
        yield _about(
            note, "type", "outcome-missing", "win-loss, but outcome is missing", "add a line such as outcome: won"
        )
    if note.body.is_empty and not note.is_stub:
        yield Finding(1, "empty", "nothing is written down yet", 'add one observation, such as "- pain: …"')


def _own_company(note: Interview, config: Config, _today: date) -> _Findings:
    if is_own_company(note.customer, config):
        what = f"customer {note.customer} is our own company"
        yield _about(note, "customer", "own-company", what, "name the customer, or correct own: in ilog.yaml")


def _consent(note: Interview, _config: Config, _today: date) -> _Findings:
    if note.consent in {None, "pending"}:
        yield _about(
            note,
            "consent",
            "consent-open",
            "consent is not settled",
            "ask, then write consent: notes, quotes or declined",
        )
    if note.is_stub and not note.body.is_empty:
        yield Finding(
            2, "consent-refused", f"consent is {note.consent}, but the note has content", "delete the content"
        )
    if note.consent in _WITH_WORDS:
        return
    for quote in _quotes(note.body.observations):
        what = f"a quote, but consent is {note.consent or 'unknown'}"
        yield Finding(quote.line, "quote-without-consent", what, "paraphrase it, or ask for consent: quotes")


def _quotes(observations: Iterable[Observation]) -> Iterator[Observation]:
    for each in observations:
        if each.kind == "quote":
            yield each
        yield from _quotes(each.evidence)


_CHECKS: tuple[Callable[[Interview, Config, date], _Findings], ...] = (
    _near_misses,
    _unclosed_comment,
    _path_and_fields,
    _unknown_words,
    _pm,
    _future,
    _completeness,
    _own_company,
    _consent,
)


def _twice(interviews: Iterable[Interview]) -> Iterator[Report]:
    """Report notes on one customer and day: the same conversation, or perhaps the same."""
    groups: dict[tuple[str, str, date], list[Interview]] = {}
    for note in sorted(interviews, key=lambda each: (len(each.path), each.path)):  # `-2` came after
        groups.setdefault((note.product, note.slug, note.date), []).append(note)
    for group in groups.values():
        twins = frozenset().union(*kin(group))
        for number, later in enumerate(group[1:], 1):
            is_same = number in twins
            code = "duplicate" if is_same else "maybe-duplicate"
            what = f"{'the same conversation' if is_same else 'the same customer and day'} as {group[0].path}"
            mend = "keep one of them, or name the participants of each"
            if is_same or not (later.participants and group[0].participants):
                yield Report(later.path, 1, 1, code, what, mend, is_error=False)
