"""Results as Markdown, for documents and for chats."""

from collections.abc import Sequence

from interviewlog.insights.rows import Row
from interviewlog.insights.stats import Stats
from interviewlog.render.chat import quiet
from interviewlog.render.clean import clean
from interviewlog.render.data import week_labels
from interviewlog.render.facts import LATE, facts
from interviewlog.render.grid import Cell, draw, right
from interviewlog.render.phrases import days_ago, hours
from interviewlog.render.terminal import Standing, heading
from interviewlog.render.weekly import MET, MOST_WEEKS, attainment, count, labels, met
from interviewlog.weeks import Week


def stats(result: Stats, standing: Standing, *, is_slack: bool = False) -> str:
    """Give the table as Markdown; for Slack, which has no tables, as a block of fixed-width text."""
    title = " · ".join(clean(word) for word in heading(result, standing))
    notes = [line for line in (attainment(result), *facts(result)) if line]
    if is_slack:
        table = draw([[Cell(line[0]), *map(_fixed, line[1:])] for line in _lines(result)])
        return "\n".join([f"*{_slack(title)}*", fenced(table), *map(_slack, notes)])
    head, *lines = [[_cell(cell) for cell in line] for line in _lines(result)]
    rule = ["---", *("--:" for _ in head[1:])]
    table = "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *lines))
    return "\n\n".join([f"**{_cell(title)}**", table, *map(_cell, notes)])


def fenced(text: str) -> str:
    """Give a text that is drawn in columns as a block, in which names call nobody and end nothing."""
    inside = quiet(text.rstrip("\n").replace("`", "'"))
    return f"```\n{inside}\n```"


def _lines(result: Stats) -> list[list[str]]:
    weeks = result.weeks[-MOST_WEEKS:]
    has_hours = result.figures.minutes > 0
    head = [
        f"{label} so far" if week == result.current_week else label
        for label, week in zip(week_labels(weeks), weeks, strict=True)
    ]
    head = ["PM", *head, "total", *(["hours"] if has_hours else []), "met", "streak", "last"]
    names = labels(result)
    people = [[clean(names[row.person.pm]), *_person(row, weeks, has_hours=has_hours)] for row in result.rows]
    groups = [
        [group.key, *(str(group.counts[week]) for week in weeks), str(group.total)] for group in result.groups or ()
    ]
    team = ["Team", *(str(result.team[week]) for week in weeks), str(result.total)]
    team += [hours(result.figures.minutes)] if has_hours else []
    title = [[f"by {result.by}"]] if groups else []
    return [head, *people, *(_filled(line, len(head)) for line in (*title, *groups, team))]


def _filled(line: list[str], length: int) -> list[str]:
    return [*line, *([""] * (length - len(line)))]


def _person(row: Row, weeks: Sequence[Week], *, has_hours: bool) -> list[str]:
    figures = row.figures
    return [
        *("".join(count(row, week)) for week in weeks),
        f"{row.total}{LATE if figures.late else ''}",
        *([hours(figures.minutes) if figures.minutes else "–"] if has_hours else []),
        met(row),
        str(row.streak or "–"),
        "never" if row.days_since is None else days_ago(row.days_since),
    ]


def _fixed(text: str) -> Cell:
    """Keep numbers under numbers, with or without a mark behind them."""
    mark = text[-1:] if text.endswith((MET, LATE)) else ""
    return right(text.removesuffix(mark), tail=mark or " ")


def _cell(text: str) -> str:
    """Escape what Markdown would read as markup: names come from notes and from git."""
    escaped = "".join(f"\\{letter}" if letter in "\\`*_{}[]<>|#~" else letter for letter in clean(text))
    return escaped.replace("@", "@\u200b")


def _slack(text: str) -> str:
    """Let nothing in a heading call anybody or begin markup: a branch may be named `<!channel>`."""
    for sign in "@<":
        text = text.replace(sign, f"{sign}\u200b")
    return text.replace("*", "").replace("`", "'")
