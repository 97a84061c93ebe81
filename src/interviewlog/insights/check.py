"""What can be mended in the notes: problems, findings, and what only a look at all notes together shows.

Checks of one note are functions in tables: `fieldchecks` and `bodychecks`, for files `filechecks`. A new one is a
function and its line in the table.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from interviewlog.config import Config
from interviewlog.insights.bodychecks import BODY_CHECKS
from interviewlog.insights.contact import over_cap
from interviewlog.insights.doubles import doubles
from interviewlog.insights.fieldchecks import FIELD_CHECKS
from interviewlog.insights.filechecks import file_findings, is_recording
from interviewlog.insights.filenames import name_findings
from interviewlog.insights.giveaways import in_folder_names, in_name, in_text
from interviewlog.insights.neighbours import Neighbours
from interviewlog.insights.report import LINE_END, Report, Severity, with_source
from interviewlog.insights.standards import Standards
from interviewlog.insights.veil import Veil
from interviewlog.interview import Body, Finding, Interview
from interviewlog.note import LARGEST, parse
from interviewlog.problem import Problem
from interviewlog.rootfile import RootFile, Stock, text_of

__all__ = ["Report", "Standards", "check", "inspect", "reports"]

_START = 256 * 1024  # bytes
_CHECKS = (*FIELD_CHECKS, *BODY_CHECKS)
Note = Interview | Problem


def check(notes: Iterable[Note], config: Config, today: date) -> list[Report]:
    """Check notes that have been read already, by themselves and beside each other; in order of path and line.

    What only their bytes show, personal data above all, is not looked for: see `inspect`.
    """
    standards = Standards(config, today)
    found, interviews = list[Report](), list[Interview]()
    for note in notes:
        found += _of_note(note, standards)
        if isinstance(note, Interview):
            interviews.append(note)
    paths = {note.path for note in interviews}
    return _in_order([*found, *_beside(interviews, paths, standards)])


def inspect(stock: Stock, standards: Standards) -> list[Report]:
    """Check files under the root, by themselves and among all that lie there; in order of path and line.

    Whatever is personal in what a report shows is masked.
    """
    found, mine, paths, veil = list[Report](), list[Interview](), list[str](), Veil(standards.known)
    for file in stock.wanted:
        paths.append(file.path)
        note, text = _read(file, standards), _searched(file)
        found += map(veil.on(text).over, _of_file(file, note, text, standards))
        if isinstance(note, Interview):
            mine.append(_slim(note))
    names = name_findings(paths, stock.names, standards.config.root)
    together = [Report(each.path, 1, 1, each.code, each.what, each.mend, "error") for each in names]
    together += in_folder_names(paths, standards.config.root, standards.known)
    near = Neighbours(mine, standards.template)
    others = (_read(file, standards) for file in stock.others if near.may_include(file))
    notes = [*mine, *(_slim(note) for note in others if isinstance(note, Interview))]
    together += _beside(notes, set(paths), standards)
    return _in_order([*found, *map(veil.over, together)])


def _read(file: RootFile, standards: Standards) -> Note | None:
    if not file.is_note or file.form != "file":
        return None
    return parse(file.path, file.raw, standards.template)


def _slim(note: Interview) -> Interview:
    """Leave out what a note is asked for by itself alone: thousands of them are kept to be compared."""
    return replace(note, body=Body(), findings=(), extra={}, lines={})


def _of_file(file: RootFile, note: Note | None, text: str, standards: Standards) -> Iterator[Report]:
    yield from reports(file.path, file_findings(file))
    if note:
        lines = LINE_END.split(text)
        yield from (with_source(report, lines) for report in _of_note(note, standards))
    yield from in_text(file.path, text, standards.known)
    yield from in_name(file.path, text, standards.known)


def _searched(file: RootFile) -> str:
    """Give the text in which personal data is looked for; of what is too large for a note, and refused, the start."""
    if is_recording(file):
        return ""
    is_too_large = file.is_note and len(file.raw) > LARGEST
    return text_of(file.raw[:_START] if is_too_large else file.raw) or ""


def _of_note(note: Note, standards: Standards) -> Iterator[Report]:
    if isinstance(note, Problem):
        yield Report(
            note.path, note.line, note.column, "invalid", note.what, note.mend, "error", note.source, note.column
        )
    else:
        yield from reports(note.path, note.findings)
        for find in _CHECKS:
            yield from reports(note.path, find(note, standards))


def reports(path: str, findings: Iterable[Finding]) -> Iterator[Report]:
    """Give findings on a file as reports."""
    for each in findings:
        severity: Severity = "error" if each.is_error else "warning"
        yield Report(path, each.line, each.column, each.code, each.what, each.mend, severity)


def _beside(notes: Sequence[Interview], wanted: set[str], standards: Standards) -> Iterator[Report]:
    """Report what notes are beside each other, where one of the notes wanted is concerned."""
    for double in doubles(notes, standards.template):
        path = double.later if double.later in wanted else double.earlier
        if path in wanted:
            other = double.earlier if path == double.later else double.later
            yield Report(path, 1, 1, double.code, f"{double.what} as {other}", double.mend)
    for tired in over_cap(notes, standards.config, standards.today):
        if tired.path in wanted:
            yield Report(tired.path, 1, 1, "contact-cap", tired.what, tired.mend)


def _in_order(reports: Iterable[Report]) -> list[Report]:
    return sorted(reports, key=lambda report: (report.path, report.line, report.column, report.code))
