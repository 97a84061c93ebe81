"""Which other notes must be read to judge a few among ten thousand: told from their names and bytes, unread."""

from collections.abc import Sequence

from interviewlog.interview import Interview
from interviewlog.notepath import FileName
from interviewlog.rootfile import RootFile

_TELLING = 20  # bytes of a line; what is shorter stands in many notes


class Neighbours:
    """Looks for notes on the customers of some notes, and for those that share a line of words with one of them.

    A copy of a note that shares no whole line with it is only found by a check of all notes.
    """

    def __init__(self, notes: Sequence[Interview], template: frozenset[str]) -> None:
        self._slugs = {note.slug for note in notes}
        lines = {line.strip() for note in notes for line in note.text.splitlines()} - template
        self._lines = frozenset(raw for line in lines if len(raw := line.encode("utf-8", "replace")) >= _TELLING)
        self._names = frozenset(note.customer.encode("utf-8", "replace") for note in notes)

    def may_include(self, file: RootFile) -> bool:
        """Tell whether a file has to be read; False for most that have nothing to do with the notes."""
        name = FileName.read(file.path)
        if name and name.customer in self._slugs:
            return True
        lines = {line.strip() for line in file.raw.splitlines()}
        return not self._lines.isdisjoint(lines) or any(_customer(line) in self._names for line in lines)


def _customer(line: bytes) -> bytes | None:
    """Give what a line of front matter says of the customer, without its quotes."""
    return line[9:].strip().strip(b"\"'") if line.startswith(b"customer:") else None
