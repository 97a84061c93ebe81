"""Random histories of real notes: all that a team, its branches and its tools may do to a folder, in any order.

Unlike those of `independent`, not every one has a single right reading; what an index says of it must be the same
however it came to say so.
"""

import random
from collections.abc import Sequence
from pathlib import Path

from builders import note_text
from gitrepo import Repo

ROOT = "prod/interviews"
AUTHORS = (
    "Caroline <caroline@example.com>", "Caro <caro@laptop.local>", "Dev Patel <dev@example.com>", "<quiet@example.com>",
    "Eve\x1b[31m | ops <eve@example.com>", "Jürgen Ås <j@example.com>",
)  # fmt: skip
ZONES = ("+0000", "+0100", "-0800", "+0545", "+1400", "-1200")
DAYS = ("2026-11-16", "2026-11-18", "2026-10-20", "2027-01-01", "2026-12-28", "2020-12-31", "2024-12-30")
CUSTOMERS = ("Acme", "Acme Inc", "Bärenstark & Söhne", "東京 商事", "Example Inc", "Globex")
PMS = ("caroline", "dev", "[dev, eve]", "eve@example.com", None, None)
TYPES = ("learning", "learning", "learning", "win-loss", "sales", "support-listen", "site-visit", "lerning")
NAMES = ("acme", "b c", "é", 'said "x"', "{a => b}", "-dash", "new\nline")
PRODUCTS = ("checkout", "reseller-portal", "Öl und Gas")
BODIES = (
    "- pain: SSO setup took three days #sso !3 (P1)\n  > three days of waiting for a certificate\n",
    "- delight: new navigation flow #navigation\n\n- [ ] call back\n",
    "# Heading\n\n",
    "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen.\n" * 2,
)
CONFIG = """\
schema: 1
pms:
  caroline: {name: Caroline Ruiz, emails: [caroline@example.com]}
  dev: {name: Dev Patel, emails: [dev@example.com]}
own: {domains: [example.com], companies: [Example Inc]}
imports: []
"""
FILE, PROGRAM, LINK, SUBMODULE = "100644", "100755", "120000", "160000"

Files = dict[str, tuple[str, str]]


class Wild:
    """A history under construction: for each commit its files, its parents, and its place in the stream for git."""

    def __init__(self, seed: int, commits: int, message: str) -> None:
        self.message = f"data {len(message)}\n{message}"
        self.chance = random.Random(seed)
        self.trees: list[Files] = []
        self.stream: list[bytes] = []
        self.texts: list[str] = []
        self.paths = [f"{ROOT}/{product}/{name}.md" for product in PRODUCTS for name in NAMES]
        self._record([], {"ilog.yaml": (FILE, CONFIG), ".mailmap": (FILE, "Caroline <caroline@example.com> <caro@laptop.local>\n")})  # fmt: skip
        while len(self.trees) < commits:
            self._next()

    def _next(self) -> None:
        newest = len(self.trees)
        chosen = {self.chance.randint(max(1, newest - 4), newest) for _ in range(self.chance.choice((1, 1, 1, 2, 3)))}
        if self.chance.random() < 0.4:
            chosen = {newest}
        parents = sorted(chosen, key=lambda _: self.chance.random())
        trees = [self.trees[mark - 1] for mark in parents]
        known = sorted({path for tree in trees for path in tree})
        files = {path: self.chance.choice(there) for path in known
                 if (there := [tree[path] for tree in trees if path in tree])
                 and (len(there) == len(trees) or self.chance.random() < 0.9)}  # fmt: skip
        for _ in range(self.chance.choice((0, 1, 2, 3, 5))):
            self.chance.choice((*(self._write,) * 4, self._edit, self._move, self._move, self._delete, self._copy,
                                self._break, self._stray))(files)  # fmt: skip
        if self.chance.random() < 0.05:
            files["templates/notes/learning.md"] = (FILE, f"{self.chance.choice(BODIES)}\n")
        self._record(parents, files)

    def _notes(self, files: Files) -> list[str]:
        return sorted(path for path in files if path.startswith(ROOT) and files[path][0] in (FILE, PROGRAM))

    def _text(self) -> str:
        pick = self.chance.choice
        fields = {
            "customer": f'"{pick(CUSTOMERS)}"', "date": pick(DAYS), "pm": pick(PMS), "type": pick(TYPES),
            "source": pick((None, None, "second-hand")), "participants": pick((None, None, "[Pat Smith]")),
            "segments": pick((None, "[smb]", "[smb, enterprise]")), "also_products": pick((None, None, "[checkout]")),
            "consent": pick((None, "notes", "declined")), "minutes": pick((None, "35")), "tldr": pick((None, "short")),
            "my own": pick((None, "word")),
        }  # fmt: skip
        return note_text(body=pick(BODIES) * pick((1, 3)), **fields)

    def _write(self, files: Files) -> None:
        text = self.chance.choice(self.texts) if self.texts and self.chance.random() < 0.3 else self._text()
        self.texts.append(text)
        files[self.chance.choice(self.paths)] = (self.chance.choice((FILE, FILE, PROGRAM)), text)

    def _edit(self, files: Files) -> None:
        for path in self._some(files):
            files[path] = (files[path][0], files[path][1] + "- need: more\n")

    def _move(self, files: Files) -> None:
        for path in self._some(files):
            mode, text = files.pop(path)
            target = self.chance.choice([*self.paths, "elsewhere/note.md"])
            files[target] = (mode, text + self.chance.choice(("", "", "- need: moved\n")))

    def _copy(self, files: Files) -> None:
        for path in self._some(files):
            files[self.chance.choice(self.paths)] = files[path]

    def _delete(self, files: Files) -> None:
        for path in self._some(files):
            del files[path]

    def _break(self, files: Files) -> None:
        for path in self._some(files):
            files[path] = (FILE, self.chance.choice(("no front matter\n", "---\ndate: 2026-11-16\npm: dev\n---\n", "")))

    def _stray(self, files: Files) -> None:
        name = self.chance.choice(("readme.txt", "checkout/deep/x.md", "checkout/link.md", "checkout/inner.md"))
        kind = {"checkout/link.md": (LINK, "../x"), "checkout/inner.md": (SUBMODULE, "1" * 40)}
        files[f"{ROOT}/{name}"] = kind.get(name, (FILE, f"{self.chance.random()}"))

    def _some(self, files: Files) -> Sequence[str]:
        notes = self._notes(files)
        return [self.chance.choice(notes)] if notes else []

    def _record(self, parents: Sequence[int], files: Files) -> None:
        self.trees.append(files)
        mark = len(self.trees)
        when = f"{1_700_000_000 + self.chance.randrange(100_000_000)} {self.chance.choice(ZONES)}"
        lines = [f"commit refs/heads/main\nmark :{mark}", f"author {self.chance.choice(AUTHORS)} {when}"]
        lines += [f"committer Carl <carl@example.com> {1_800_000_000 + mark} +0000", self.message]
        lines += [f"{'merge' if number else 'from'} :{parent}" for number, parent in enumerate(parents)]
        lines += ["deleteall", *(_entry(path, *kept) for path, kept in files.items()), ""]
        if not parents:
            lines.insert(0, "reset refs/heads/main\n")
        self.stream.append("\n".join(lines).encode())


def _entry(path: str, mode: str, text: str) -> str:
    quoted = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    if mode == SUBMODULE:
        return f'M {mode} {text} "{quoted}"'
    return f'M {mode} inline "{quoted}"\ndata {len(text.encode())}\n{text}'


def wild_repo(directory: Path, seed: int, commits: int = 40, message: str = "notes") -> list[str]:
    """Make a repository with a random history; give the ids of its commits, parents before children.

    With another message for all commits, the same happens under other ids.
    """
    repo = Repo(directory, "-b", "main")
    stream = b"".join(Wild(seed, commits, message).stream)
    marks = repo.top / ".git" / "marks"
    repo.git("fast-import", "--quiet", "--force", f"--export-marks={marks}", stdin=stream)
    ids = dict(line.split() for line in marks.read_text().splitlines())
    repo.git("checkout", "-q", "-f", "main")
    return [ids[f":{mark}"] for mark in range(1, commits + 1)]
