"""The end of `ilog new`, `edit` and `save`: the two lines for the chat, and whether the note counts."""

from datetime import date

from interviewlog.card import card_of
from interviewlog.cli import summary
from interviewlog.cli.session import Session
from interviewlog.insights.counting import Introduction, Verdict, judge
from interviewlog.insights.people import People
from interviewlog.insights.reasons import explain
from interviewlog.insights.summary import summarise
from interviewlog.interview import Interview
from interviewlog.likeness import is_same_conversation
from interviewlog.notepath import FileName
from interviewlog.problem import Problem
from interviewlog.render import chat, terminal
from interviewlog.store import index
from interviewlog.weeks import Week


def tell(session: Session, path: str, *, is_committed: bool) -> None:
    """Say the two lines (copied if the settings want it), and whether the note counts."""
    note = index.read_note(session.folder, path)
    if isinstance(note, Problem):
        return
    text = chat.plain(summarise(note, config=session.config))
    session.recite(text)
    if session.preference("copy") == "true":
        summary.copy_out(session, text, asked=False)
    verdicts = _week_of(session, note) if is_committed else []
    verdict = next((each for each in verdicts if each.path == path), None)
    if verdict:
        session.say(terminal.counts_line(explain(verdict, verdicts, session.config)))
    else:
        session.say(f"counts for {Week.of(note.date)}: not yet, it is not committed: ilog save {path}")


def _week_of(session: Session, note: Interview) -> list[Verdict]:
    """Judge the committed notes of one week: they are found by name, so that the cost does not grow with all notes."""
    folder, week = session.folder, Week.of(note.date)
    near = (path for path in folder.work_tree_notes() if _is_in(path, week.monday, week.sunday))
    notes = index.committed_notes(folder, dict.fromkeys([*near, note.path]))
    read = {note.path: note for note in notes if isinstance(note, Interview)}
    cards = [card_of(note) if isinstance(note, Interview) else note for note in notes]
    came_before = {each.path: Introduction("", "", "", week.monday, 0, is_known=False) for each in cards}
    came_before.pop(note.path, None)  # whoever asks has just brought this one in
    return judge(
        cards, [], came_before, People(session.config), lambda one, other: is_same_conversation(read[one], read[other])
    )


def _is_in(path: str, first: date, last: date) -> bool:
    name = FileName.read(path)
    return bool(name and first <= name.day <= last)
