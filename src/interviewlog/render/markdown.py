"""Results as Markdown, for documents and for chats."""

from interviewlog.insights.stats import Row, Stats
from interviewlog.render.clean import clean
from interviewlog.render.data import week_labels
from interviewlog.render.grid import Cell, draw, right
from interviewlog.render.terminal import AWAY, MET, Standing, attainment, days_ago, heading, heard, other_work
from interviewlog.weeks import Week


def stats(result: Stats, standing: Standing, *, is_slack: bool = False) -> str:
    """Give the table as Markdown; for Slack, which has no tables, as a block of fixed-width text."""
    title = " · ".join(clean(word) for word in heading(result, standing))
    notes = [line for line in (attainment(result), heard(result), other_work(result)) if line]
    if is_slack:
        table = draw([[Cell(line[0]), *map(_fixed, line[1:])] for line in _lines(result)]).replace("`", "'")
        return "\n".join([f"*{_slack(title)}*", f"```\n{table}\n```", *notes])
    head, *lines = [[_cell(cell) for cell in line] for line in _lines(result)]
    rule = ["---", *("--:" for _ in head[1:])]
    table = "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *lines))
    return "\n\n".join([f"**{_cell(title)}**", table, *notes])


def _lines(result: Stats) -> list[list[str]]:
    weeks = result.weeks[-26:]
    labels = [
        f"{label} so far" if week == result.current_week else label
        for label, week in zip(week_labels(weeks), weeks, strict=True)
    ]
    head = ["PM", *labels, "total", "met", "streak", "last"]
    people = [_person(row, weeks) for row in result.rows]
    groups = [
        [group.key, *(str(group.counts[week]) for week in weeks), str(group.total), "", "", ""]
        for group in result.groups or ()
    ]
    team = ["Team", *(str(result.team[week]) for week in weeks), str(result.total), "", "", ""]
    title = [[f"by {result.by}", *([""] * (len(head) - 1))]] if groups else []
    return [head, *people, *title, *groups, team]


def _person(row: Row, weeks: tuple[Week, ...]) -> list[str]:
    met = f"{row.weeks_met} of {row.weeks_active}" if row.weeks_active else "–"
    last = "never" if row.days_since is None else days_ago(row.days_since)
    return [
        clean(row.person.name),
        *(_count(row, week) for week in weeks),
        str(row.total),
        met,
        str(row.streak or "–"),
        last,
    ]


def _count(row: Row, week: Week) -> str:
    number, paired = row.counts[week], row.paired_counts[week]
    if week in row.inactive and not number and not paired:
        return AWAY
    mark = MET if week in row.met and row.person.on_roster and week not in row.inactive else ""
    return f"{number}+{paired}{mark}" if paired else f"{number}{mark}"


def _fixed(text: str) -> Cell:
    """Keep numbers under numbers, with or without the mark of a met goal behind them."""
    return right(text.removesuffix(MET), tail=MET if text.endswith(MET) else " ")


def _cell(text: str) -> str:
    """Escape what Markdown would read as markup: names come from notes and from git."""
    escaped = "".join(f"\\{letter}" if letter in "\\`*_{}[]<>|#~" else letter for letter in clean(text))
    return escaped.replace("@", "@\u200b")


def _slack(text: str) -> str:
    """Let nothing in a heading call anybody or begin markup: a branch may be named `<!channel>`."""
    for sign in "@<":
        text = text.replace(sign, f"{sign}\u200b")
    return text.replace("*", "").replace("`", "'")
