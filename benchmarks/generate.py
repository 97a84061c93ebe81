"""Make a folder of interview notes with a believable past, and beside it a ledger of what is in it.

    python benchmarks/generate.py DIR --notes 1000|10000|100000 [--seed N] [--messy] [--today 2026-11-18]

DIR becomes a git repository; DIR.ledger.json says what a right count must find there.
"""

from __future__ import annotations

import argparse
import heapq
import json
import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

from history import FILE, FOLDER, LINK, ROOT, Branch, Change, History
from ledger import ledger
from notetext import Note, observation
from people import TEAM, mailmap, monday_of
from plan import CALM, DAY, MESSY, Event, Plan, slug_of
from words import PRODUCTS, SEGMENTS

TODAY = date(2026, 11, 18)
WITH_PATHS_UP_TO = 10_000


def generate(directory: Path, notes: int, seed: int = 1, messy: bool = False, today: date = TODAY) -> dict[str, object]:
    """The ledger of the repository that now is in `directory`."""
    directory = directory.resolve()
    directory.parent.mkdir(parents=True, exist_ok=True)
    plan = Plan(notes, Random(f"{seed} {notes} {messy}"), MESSY if messy else CALM, today)
    plan.make()
    past = Past(plan, History(directory, plan.rng))
    past.play()
    book = {
        "notes": notes, "seed": seed, "messy": messy, "today": str(today), "root": ROOT,
        "weeks": plan.weeks, "commits_made": past.history.commits,
        **ledger(plan.notes, with_paths=notes <= WITH_PATHS_UP_TO),
    }  # fmt: skip
    directory.with_name(directory.name + ".ledger.json").write_text(json.dumps(book, indent=1), "utf-8")
    return book


class Past:
    """Plays what was planned into a history."""

    def __init__(self, plan: Plan, history: History) -> None:
        self.plan, self.history, self.rng = plan, history, plan.rng

    def play(self) -> None:
        self._found()
        while self.plan.events:
            event = heapq.heappop(self.plan.events)
            if self._must_merge(event):
                self._merge()
            if event.what == "add":
                self._add(event)
            elif event.note.exists:
                getattr(self, f"_{event.what}")(event)
            elif event.what == "restore":
                self._restore(event)
        self._merge()
        self.history.close()

    def _found(self) -> None:
        start = monday_of(self.plan.today) - timedelta(weeks=self.plan.weeks)
        moment = TEAM[0].moment(start, 600)
        files = {"ilog.yaml": settings(), ".mailmap": mailmap(), ".gitattributes": "*.md text eol=lf\n"}
        changes: list[Change] = [(path, FILE, self.history.blob(text.encode())) for path, text in files.items()]
        if self.plan.rates.strays:
            changes += self._strays()
        self.history.commit(changes, TEAM[0], moment, moment, "A folder for interviews")

    def _strays(self) -> list[Change]:
        """What lies under the root and is no note: by its place, its name or its kind."""
        blob, shelf = self.history.blob, f"{ROOT}/checkout"
        deep = self.history.note_tree({"acme-freight-2026-01-07.md": b"---\ndate: 2026-01-07\n---\n- pain: deep\n"})
        return [
            (f"{shelf}/attachments", FOLDER, deep),
            (f"{shelf}/latest-2026-01-08.md", LINK, blob(b"attachments/acme-freight-2026-01-07.md")),
            (f"{shelf}/map.txt", FILE, blob(b"pain: no Markdown\n")),
            (f"{shelf}/photo.png", FILE, blob(b"\x89PNG\r\n\x1a\n")),
        ]

    def _must_merge(self, event: Event) -> bool:
        waiting = {path for branch in self.history.branches for path in branch.paths}
        twin = event.note.twin_of
        touched = (event.what != "add" and event.note.path in waiting) or (twin is not None and twin.path in waiting)
        return touched or any(branch.patience <= 0 for branch in self.history.branches)

    def _merge(self) -> None:
        if not self.history.branches:
            return
        author, moment = self.history.branches[0].author, self.history.moment + 60
        changes: list[Change] = []
        born = None
        if self._next_is_plain() and self.rng.random() < 0.3:
            event = heapq.heappop(self.plan.events)
            born, author, moment = event.note, event.author, event.moment
            changes = self._changes(born)
        week = self.history.merge(changes, author, moment)
        if born:
            born.author, born.week, born.exists = author.key, week, True

    def _changes(self, note: Note) -> list[Change]:
        return [(note.path, FILE, self.history.blob(note.content()))]

    def _add(self, event: Event) -> None:
        chance = self.rng.random()
        if chance < self.plan.rates.branched and len(self.history.branches) < self.plan.rates.branches:
            self._add_aside(event)
            return
        together = [event]
        while chance > 0.96 and len(together) < 3 and self._next_is_plain():
            together.append(heapq.heappop(self.plan.events))
        changes = [change for one in together for change in self._changes(one.note)]
        week = self.history.commit(changes, event.author, event.written, event.moment, subject(event.note))
        for one in together:
            one.note.author, one.note.week, one.note.exists = event.author.key, week, True

    def _next_is_plain(self) -> bool:
        following = self.plan.events[0] if self.plan.events else None
        return following is not None and following.what == "add" and following.note.twin_of is None

    def _add_aside(self, event: Event) -> None:
        branch = Branch(self.history.tip, [], event.author, self.rng.randint(1, 6))
        ahead = [event]
        while len(ahead) < 4 and self._next_is_plain() and self.rng.random() < 0.6:
            ahead.append(heapq.heappop(self.plan.events))
        for one in ahead:
            branch.author = one.author
            changes = self._changes(one.note)
            week = self.history.commit_aside(branch, changes, one.written, one.moment, subject(one.note))
            one.note.author, one.note.week, one.note.exists = one.author.key, week, True
        self.history.leave(branch)

    def _edit(self, event: Event) -> None:
        note, rng = event.note, self.rng
        chance = rng.random()
        if note.broken:
            note.broken = ""
        elif chance < 0.04:
            note.kind = rng.choice(("sales", "learning", "support-listen"))
        elif chance < 0.08:
            note.pms = [rng.choice(TEAM).key]
        else:
            note.body = note.body.rstrip("\n") + "\n" + observation(rng) + "\n"
            note.hollow = False
        self._say(event, self._changes(note), f"Edit {note.customer}")

    def _rename(self, event: Event) -> None:
        note, rng = event.note, self.rng
        if note.hollow or note.broken:
            return  # too little is left for git to know it again
        was, old_path, old_slug = (note.product, note.customer, note.slug), note.path, note.slug
        if rng.random() < 0.5:
            note.product = rng.choice([product for product in PRODUCTS if product != note.product])
        else:
            note.customer = f"{note.customer} Europe"
            note.slug = slug_of(note.customer)
        if (note.product, note.slug, note.day) in self.plan.taken:
            note.product, note.customer, note.slug = was
            return
        self.plan.taken.add((note.product, note.slug, note.day))
        note.path = self.plan.path_for(note)
        self._say(event, [(old_path, FILE, None), *self._changes(note)], f"Move {note.customer}")
        if rng.random() < self.plan.rates.reborn:
            self._push_reborn(Note(was[0], was[1], old_slug, note.day, self.plan.pms(), "learning"), old_path, event)

    def _push_reborn(self, note: Note, path: str, event: Event) -> None:
        self.plan.fill(note)
        note.path, note.broken = path, ""
        note.ending = path.removesuffix(".md").partition(str(note.day))[2]
        moment = event.moment + self.rng.randint(DAY, 9 * DAY)
        self.plan.notes.append(note)
        self.plan.also("add", note, self.plan.author_of(note), moment)

    def _delete(self, event: Event) -> None:
        event.note.exists = False
        self._say(event, [(event.note.path, FILE, None)], f"Remove {event.note.customer}")
        if self.rng.random() < self.plan.rates.restored:
            moment = event.moment + self.rng.randint(DAY, 9 * DAY)
            self.plan.also("restore", event.note, self.rng.choice(TEAM), moment)

    def _restore(self, event: Event) -> None:
        event.note.exists = True
        self._say(event, self._changes(event.note), f"Bring back {event.note.customer}")

    def _say(self, event: Event, changes: list[Change], message: str) -> None:
        self.history.commit(changes, event.author, event.written, event.moment, message)


def subject(note: Note) -> str:
    return f"Interview: {note.customer}, {note.product}, {note.day}"


def settings() -> str:
    pms = [
        f"  {person.key}: {{name: {person.name}, emails: [{', '.join(person.mails)}], "
        f"products: [{list(PRODUCTS)[number % len(PRODUCTS)]}]}}"
        for number, person in enumerate(TEAM)
    ]
    products = [f"  {slug}: {{title: {title}}}" for slug, (title, _) in PRODUCTS.items()]
    own = "own: {domains: [example.com], companies: [Example Inc]}"
    head = ["schema: 1", f"root: {ROOT}", "goal: {interviews: 1, minutes: 60}"]
    lines = [*head, "pms:", *pms, "products:", *products, f"segments: [{', '.join(SEGMENTS)}]", own]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--notes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--messy", action="store_true", help="much that seldom happens, often")
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY)
    chosen = parser.parse_args()
    if chosen.directory.exists() and any(chosen.directory.iterdir()):
        parser.exit(1, f"{chosen.directory} is not empty\n")
    book = generate(chosen.directory, chosen.notes, chosen.seed, chosen.messy, chosen.today)
    print(f"{book['introduced']} notes, {book['at_head']} of them at HEAD, in {book['commits_made']} commits")


if __name__ == "__main__":
    main()
