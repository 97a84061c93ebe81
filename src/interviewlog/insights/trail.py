"""One trail through history: what befell the notes in some days, where they are now, which content came from which."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from interviewlog.commit import Commit
from interviewlog.interview import Interview
from interviewlog.lineage import Event, Step, steps
from interviewlog.problem import Problem


@dataclass(frozen=True, slots=True)
class Face:
    """What the audit looks at in one version of a note."""

    date: str
    pm: tuple[str, ...]
    type: str
    source: str
    imported: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps of the time asked for, and of all time: where each note is or was last, and what came from which."""

    steps: Sequence[tuple[Step, tuple[str, ...]]]  # with the contents before it
    paths: Mapping[int, str]
    made_of: Mapping[str, tuple[str, ...]]
    introduced: Mapping[int, Commit]  # the notes of those steps: who is credited where a note names nobody

    def wanted(self, faces: Mapping[str, Face | None]) -> set[tuple[str, str]]:
        """Give the (path, blob) pairs that must be looked at still; None stands for what cannot be read."""
        pairs = {
            (step.change.path, blob)
            for step, before in self.steps
            if step.change.blob not in before
            for each in (step.change.blob, *before)
            for blob in self._back_to_readable(each, faces)
            if blob
        }
        return {(path, blob) for path, blob in pairs if blob not in faces}

    def before(self, blob: str, faces: Mapping[str, Face | None]) -> Face | None:
        """Give what a content said; where it cannot be read, what the latest one before it did that can be."""
        return next((face for each in self._back_to_readable(blob, faces) if (face := faces.get(each))), None)

    def _back_to_readable(self, blob: str, faces: Mapping[str, Face | None]) -> list[str]:
        """List a content and, as far as they cannot be read, those it came from."""
        way, seen = [blob], {blob}
        for each in way:
            if each in faces and faces[each] is None:
                new = [older for older in self.made_of.get(each, ()) if older not in seen]
                way += new
                seen.update(new)
        return way


def face(note: Interview | Problem) -> Face | None:
    """Look at a note; None when it cannot be read."""
    if isinstance(note, Problem):
        return None
    return Face(note.date.isoformat(), note.pm, note.type, note.source or "", note.imported)


def follow(events: Iterable[Event], since: date, until: date, present: Container[str]) -> Trail:
    """Follow the notes through history, with the steps of some days; `present` are the paths there are at its end."""
    chosen, touched, owners = [], dict[int, list[str]](), dict[str, int]()
    made_of, lost = dict[str, tuple[str, ...]](), dict[int, tuple[str, ...]]()
    introduced: dict[int, Commit] = {}
    for step in steps(events):
        change = step.change
        introduced.setdefault(step.note, step.commit)
        before = lost.get(step.note, ()) if step.what == "restored" else change.before
        if step.what == "deleted":
            lost[step.note] = before
        else:
            owners[change.path] = step.note
            made_of.setdefault(change.blob, before)
        touched.setdefault(step.note, []).append(change.path)
        if since <= step.commit.date <= until:
            chosen.append((step, before))
    paths = {
        note: next((path for path in names[::-1] if path in present and owners.get(path) == note), names[-1])
        for note, names in touched.items()
    }
    return Trail(chosen, paths, made_of, {step.note: introduced[step.note] for step, _ in chosen})
