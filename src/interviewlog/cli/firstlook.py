"""A table of the weeks asked for, while a large folder's whole history is read for the first time."""

import sys

from interviewlog.card import card_of
from interviewlog.cli.gather import Moment
from interviewlog.cli.session import Session, is_terminal
from interviewlog.insights.counting import judge
from interviewlog.insights.people import People
from interviewlog.insights.stats import Window, tally
from interviewlog.likeness import is_same_conversation
from interviewlog.problem import Problem
from interviewlog.render import terminal
from interviewlog.render.grid import Screen
from interviewlog.store import index

LARGE = 5_000  # notes; what is smaller is read in the time that a first look takes


def show(session: Session, when: Moment, window: Window) -> None:
    """Show on a terminal what the weeks' own notes say; who brought them in, and all before, is still to come."""
    if not session.width or session.is_quiet or not is_terminal(sys.stderr) or not window.first:
        return
    notes = index.first_look(when.folder, when.commit, (window.first, window.last), LARGE)
    if not notes:
        return
    people = People(when.folder.config)
    read = {note.path: note for note in notes if not isinstance(note, Problem)}
    cards = [note if isinstance(note, Problem) else card_of(note) for note in notes]
    verdicts = judge(cards, [], {}, people, lambda one, other: is_same_conversation(read[one], read[other]))
    result = tally(verdicts, people, window)
    session.recite(terminal.first_look(result, Screen(session.width, session.has_colour)))
