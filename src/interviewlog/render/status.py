"""`ilog` alone, as text."""

from collections.abc import Sequence

from interviewlog.insights.status import WhereYouStand
from interviewlog.interview import Interview
from interviewlog.problem import Problem
from interviewlog.render.clean import clean
from interviewlog.render.grid import Cell, draw
from interviewlog.render.phrases import days_ago
from interviewlog.render.terminal import Standing

_MOST = 3


def text(answer: WhereYouStand, standing: Standing, drafts: Sequence[Interview | Problem], columns: int = 0) -> str:
    """Give a line per fact, and at last the command to type next; `drafts` are new and changed notes."""
    rows = [[Cell("this week"), Cell(_week(answer))], [Cell("last talk"), Cell(_last(answer))]]
    rows += [[Cell("not committed"), Cell(_draft(note))] for note in drafts[:_MOST]]
    if len(drafts) > _MOST:
        rows.append([Cell("not committed"), Cell(f"and {len(drafts) - _MOST} more")])
    if standing.unshared:
        rows.append([Cell("not shared"), Cell(f"{standing.unshared} note{'s' * (standing.unshared != 1)}")])
    rows += [[Cell("to do"), Cell(f"{task} ({_short(path)})")] for path, task in answer.open_tasks[:_MOST]]
    if len(answer.open_tasks) > _MOST:
        rows.append([Cell("to do"), Cell(f"and {len(answer.open_tasks) - _MOST} more")])
    rows += [
        [Cell("not heard"), Cell(f"{each.customer}, {each.product}, since {each.last}")] for each in answer.unheard
    ]
    rows.append([Cell("next"), Cell(_next(answer, standing, drafts))])
    return draw(rows, most=columns)


def _draft(note: Interview | Problem) -> str:
    return f"{note.path} (line {note.line}: {note.what})" if isinstance(note, Problem) else note.path


def _week(answer: WhereYouStand) -> str:
    if answer.person is None:
        return f"{answer.week}; git does not know who you are"
    words = f"{answer.week}: {answer.done} of {answer.goal} for {clean(answer.person.name)}"
    if answer.streak > 1:
        words += f", {answer.streak} weeks in a row"
    return words if answer.is_active else f"{words}; no goal holds for you this week"


def _last(answer: WhereYouStand) -> str:
    if not answer.last or answer.days_since is None:
        return "none yet"
    return f"{clean(answer.last.customer)}, {answer.last.product}, {days_ago(answer.days_since)}"


def _short(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def _next(answer: WhereYouStand, standing: Standing, drafts: Sequence[Interview | Problem]) -> str:
    if answer.person is None:
        return 'git config --global user.name "Your Name" && git config --global user.email you@example.com'
    broken = next((note.path for note in drafts if isinstance(note, Problem)), "")
    if drafts:
        return f"ilog edit {broken}" if broken else "ilog save"
    if standing.unshared:
        return "ilog sync"
    if answer.done < answer.goal and answer.is_active:
        return "ilog new"
    return "ilog summary" if answer.days_since == 0 else "ilog stats"
