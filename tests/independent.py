"""The audit view again, by other means: `git log` through awk, and messy histories to compare it on.

Nothing here knows the program under test. `python tests/independent.py REPO` prints the counts.
"""

import os
import random
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = "prod/interviews"

PIPELINE = r"""
set -o pipefail
{
  git --no-pager --no-replace-objects --no-optional-locks --literal-pathspecs \
      -c log.showSignature=false -c log.follow=false -c log.showRoot=true -c diff.relative=false \
    log --encoding=UTF-8 --no-color --no-ext-diff --no-textconv --no-notes -O/dev/null \
        --raw --no-abbrev --full-history --topo-order --reverse -z -c --combined-all-paths -M -l0 \
        --date=format:%G-W%V --format=%x02%aE%x00%ad HEAD -- "$1" &&
  printf '\003\0' &&
  git --no-replace-objects ls-tree -r -z --full-tree HEAD
} | tr '\0\n' '\n\001' | LC_ALL=C awk -v root="$1" -v existing="$2" "$REPLAY"
"""

# NUL and newline have changed places: a line is a field, \001 is a line break.
REPLAY = r"""
function is_note(path,   rest) {
    if (index(path, root "/") != 1) return 0
    rest = substr(path, length(root) + 2)
    return rest ~ /^[^\/]+\/[^\/]+\.md$/
}
function is_file(mode) { return mode == "100644" || mode == "100755" }

function introduce(path) {
    note[path] = ++notes
    state[path] = "here"
    who[notes] = email
    when[notes] = week
}
function add(path) {
    if (!(path in note) || state[path] == "moved") introduce(path)
    else state[path] = "here"
}
function take_away(path) { if (state[path] == "here") state[path] = "deleted" }
function move(from, to) {
    if (!(from in note)) { add(to); return }
    if (!(to in note) || state[to] != "here") { note[to] = note[from]; state[to] = "here" }
    state[from] = "moved"
}

function happened(status, before, after, from, to,   was, is) {
    was = is_file(before) && is_note(from)
    is = is_file(after) && is_note(to)
    if (status ~ /^R/ && was && is) move(from, to)
    else if (was && is && status !~ /^A/) return
    else {
        if (was && status !~ /^[AC]/) take_away(from)
        if (is) add(to)
    }
}
# A merge: news only if no parent had the path.
function merged(status,   i) {
    if (!is_file(modes[colons + 1]) || !is_note(paths[colons + 1])) return
    if (status !~ /^[AR]+$/) return
    for (i = 1; i <= colons; i++)
        if (substr(status, i, 1) == "R" && is_note(paths[i])) { move(paths[i], paths[colons + 1]); return }
    add(paths[colons + 1])
}

tail {
    if (split($0, part, "\t") && is_file(substr(part[1], 1, 6))) {
        path = substr($0, index($0, "\t") + 1)
        if (path in note) alive[note[path]] = 1
    }
    next
}
wanted > 0 {
    paths[++seen] = $0
    if (--wanted) next
    if (colons > 1) merged(word)
    else happened(word, modes[1], modes[2], paths[1], paths[seen])
    next
}
dated { week = $0; dated = 0; next }
/^\003/ { tail = 1; next }
/^\002/ { email = substr($0, 2); dated = 1; next }
{
    sub(/^\001+/, "")
    if ($0 == "") next
    match($0, /^:+/)
    colons = RLENGTH
    fields = split(substr($0, colons + 1), part, " ")
    for (i = 1; i <= colons + 1; i++) modes[i] = part[i]
    word = part[fields]
    seen = 0
    wanted = colons > 1 ? colons + 1 : word ~ /^[RC]/ ? 2 : 1
}

END {
    for (n = 1; n <= notes; n++)
        if (!existing || n in alive) count[who[n] "\t" when[n]]++
    for (cell in count) print cell "\t" count[cell]
}
"""


def count_commits(repo: Path, root: str = ROOT, existing: bool = False) -> dict[tuple[str, str], int]:
    """Notes ever introduced, by mailmapped e-mail and the author's own ISO week."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"LC_ALL": "C.UTF-8", "REPLAY": REPLAY, "GIT_NO_REPLACE_OBJECTS": "1"}
    if not _git(repo, "rev-parse", "-q", "--verify", "HEAD", check=False):
        return {}
    answer = subprocess.run(
        ["bash", "-c", PIPELINE, "count", root, "1" if existing else ""],
        cwd=repo, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True,
    ).stdout.decode("utf-8", "surrogateescape")  # fmt: skip
    cells = (line.split("\t") for line in answer.splitlines())
    return {(email, week): int(number) for email, week, number in cells}


PEOPLE = (
    ("Ana Lima", "ana@x.example"), ("ana", "ana@laptop.local"), ("Ana L.", "ANA@X.example"),
    ("Bo Ek", "bo@x.example"), ("root", "root@shared.example"), ("Cy Fox", "root@shared.example"),
    ("Cy Fox", "cy@x.example"), ("Dag Ås | ops", "dag@y.example"), ("", "quiet@y.example"),
)  # fmt: skip
MAILMAP = """\
# several names for one person, and one shared address for two
Ana Lima <ana@x.example> <ana@laptop.local>
Ana Lima <ana@x.example> <ANA@X.example>
Bo Ek <bo@x.example> root <root@shared.example>
Cy Fox <cy@x.example> Cy Fox <root@shared.example>
"""
ZONES = ("+0000", "+0000", "+0100", "-0800", "+0530", "-0330", "+1245", "+1400", "-1200")
BORDERS = ("2020-12-28", "2021-01-04", "2024-12-30", "2026-06-15", "2026-11-16", "2026-12-28", "2027-01-04")
PRODUCTS = ("checkout", "data-hub", "Öl und Gas", "two words")
NAMES = ("acme-{}.md", "café größe {}.md", "a b {}.md", "it's {}.md", 'said "{}".md', "-dash-{}.md")
FILE, PROGRAM, LINK = "100644", "100755", "120000"

Files = dict[str, tuple[str, str]]  # path -> mode, content


@dataclass
class Commit:
    mark: int
    files: Files
    before: frozenset[int] = frozenset()  # itself and all that it stands on


@dataclass
class Messy:
    """A random history. Only what has one right reading happens on branches that are open side by side.

    What would not: a note that is deleted here and renamed there, or a path that is taken again while another
    branch still has the old note in it. `touched` remembers until all branches are one again.
    """

    rng: random.Random
    tips: list[Commit] = field(default_factory=list)  # the first is main
    commits: list[Commit] = field(default_factory=list)
    stream: list[bytes] = field(default_factory=list)
    touched: dict[str, set[str]] = field(default_factory=dict)
    renamed_at: dict[str, list[int]] = field(default_factory=dict)
    went: dict[str, str] = field(default_factory=dict)  # renamed paths -> where to, the last time
    targets: set[str] = field(default_factory=set)  # paths that something was ever moved to
    lost: dict[str, str] = field(default_factory=dict)  # deleted or renamed paths -> their last content
    used: set[str] = field(default_factory=set)  # files that moved in or out, and never again
    number: int = 0

    def play(self, steps: int) -> None:
        start: Files = {".mailmap": (FILE, MAILMAP), "ilog.yaml": (FILE, f"schema: 1\nroot: {ROOT}\n")}
        self.record([], start)
        for _ in range(steps):
            self.step()
        while len(self.tips) > 2:
            self.merge()
        if len(self.tips) > 1 and self.rng.random() < 0.7:
            self.merge()

    def step(self) -> None:
        chance = self.rng.random()
        if len(self.tips) == 1:
            self.touched.clear()
        if chance < 0.12 and len(self.tips) < 5:
            self.tips.append(self.rng.choice(self.tips))
        elif chance < 0.24 and len(self.tips) > 1:
            self.merge()
        elif chance > 0.98:
            self.change_of_mind()
        else:
            where = self.rng.randrange(len(self.tips))
            self.change(where)

    def change(self, where: int) -> None:
        tip = self.tips[where]
        files = dict(tip.files)
        for _ in range(self.rng.choice((1, 1, 1, 2, 3))):
            action, _weight = self.rng.choices(ACTIONS, [weight for _, weight in ACTIONS])[0]
            action(self, files, tip)
        self.tips[where] = self.record([tip], files)

    def change_of_mind(self) -> None:
        """A branch that adds a note and takes it back: its merge changes nothing, yet the note was there."""
        main = self.tips[0]
        added = self.record([main], {**main.files, self.fresh(): (FILE, self.note())})
        taken_back = self.record([added], main.files)
        self.tips[0] = self.record([main, taken_back], main.files)

    def merge(self) -> None:
        """Two lines or more, sometimes with news that neither had."""
        others = self.rng.sample(range(1, len(self.tips)), min(self.rng.choice((1, 1, 1, 2, 3)), len(self.tips) - 1))
        parents = [self.tips[0], *(self.tips[other] for other in others)]
        parents = list({one.mark: one for one in parents}.values())
        parents = [one for one in parents if not any(one.mark in two.before for two in parents if two is not one)]
        if len(parents) > 1:
            files = self.joined(parents)
            if self.rng.random() < 0.4:
                self.add(files, parents[0])
            if self.rng.random() < 0.3:
                self.rename_in_merge(files, parents)
            self.tips[0] = self.record(parents, files)
        else:
            self.tips[0] = parents[0]
        goes_on = self.rng.random() < 0.2
        self.tips = [tip for n, tip in enumerate(self.tips) if n not in others or (goes_on and n == others[0])]

    def joined(self, parents: list[Commit]) -> Files:
        common = frozenset.intersection(*(parent.before for parent in parents))
        base = self.commits[max(common) - 1].files
        files: Files = {}
        for path in sorted({path for parent in parents for path in parent.files}):
            kept = [parent.files.get(path) for parent in parents]
            news = [one for one in kept if one != base.get(path)] or kept
            there = [one for one in news if one is not None]
            gone = "renamed" in self.touched.get(path, ()) or self.rng.random() < 0.7
            if not there or (None in news and gone):
                continue
            files[path] = self.rng.choice(there)
            if len(set(there)) > 1 and self.rng.random() < 0.5:
                files[path] = (files[path][0], "".join(content for _, content in there))
        return files

    def record(self, parents: list[Commit], files: Files) -> Commit:
        mark = len(self.commits) + 1
        before = frozenset({mark}).union(*(parent.before for parent in parents))
        commit = Commit(mark, files, before)
        self.commits.append(commit)
        if not self.tips:
            self.tips.append(commit)
        written = self.moment()
        lines = [f"commit refs/heads/line\nmark :{mark}", f"author {self.person()} {written}"]
        committed = 1_800_000_000 + 600 * mark + self.rng.choice((0, 0, -5000, 90))
        lines += [f"committer {self.person()} {committed} +0000", counted(f"commit {mark}")]
        lines += [f"{'merge' if n else 'from'} :{parent.mark}" for n, parent in enumerate(parents)]
        lines += ["deleteall"]
        lines += [f"M {mode} inline {c_quoted(path)}\n{counted(text)}" for path, (mode, text) in files.items()]
        self.stream.append(("\n".join(lines) + "\n").encode())
        return commit

    def person(self) -> str:
        name, mail = self.rng.choice(PEOPLE)
        return f"{name} <{mail}>".strip()

    def moment(self) -> str:
        """Near midnight between Sunday and Monday, by some clock or other."""
        border = datetime.fromisoformat(self.rng.choice(BORDERS)).replace(tzinfo=UTC)
        moment = border + timedelta(minutes=self.rng.choice((-30, 30, -5, 0, self.rng.randint(-9000, 9000))))
        zone = self.rng.choice(ZONES)
        by_own_clock = self.rng.random() < 0.5
        offset = int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[3:]))
        return f"{int(moment.timestamp()) - offset * 60 * by_own_clock} {zone}"

    # What can happen to the files of one commit

    def add(self, files: Files, _tip: Commit) -> None:
        files[self.fresh()] = (self.rng.choice((FILE, FILE, FILE, PROGRAM)), self.note())

    def fresh(self) -> str:
        self.number += 1
        return f"{ROOT}/{self.rng.choice(PRODUCTS)}/{self.rng.choice(NAMES).format(self.number)}"

    def note(self) -> str:
        self.number += 1
        words = (f"{self.rng.getrandbits(40):010x}" for _ in range(48))
        body = "\n".join(f"- pain: {next(words)} {next(words)} {next(words)} {next(words)}" for _ in range(12))
        return f'---\ndate: 2026-11-16\ncustomer: "Nr {self.number}"\npm: bo\ntype: learning\n---\n{body}\n'

    def known(self, tip: Commit) -> set[str]:
        """All paths that this line ever had."""
        return {path for mark in tip.before for path in self.commits[mark - 1].files}

    def pick(self, files: Files, tip: Commit, *unless: str) -> str:
        """A note that this commit leaves alone so far, and none of this has happened to while branches were open."""
        notes = [path for path, (mode, _) in files.items() if is_note(path) and mode != LINK]
        notes = [path for path in notes if not self.touched.get(path, set()) & set(unless)]
        notes = [path for path in notes if files[path] == tip.files.get(path)]
        return self.rng.choice(sorted(notes)) if notes else ""

    def touch(self, path: str, how: str) -> None:
        self.touched.setdefault(path, set()).add(how)

    def edit(self, files: Files, tip: Commit) -> None:
        if path := self.pick(files, tip):
            mode, text = files[path]
            files[path] = (mode, changed(text, self.rng))

    def delete(self, files: Files, tip: Commit) -> None:
        if path := self.pick(files, tip, "renamed", "reborn"):
            self.touch(path, "deleted")
            self.lost[path] = files.pop(path)[1]
            self.renamed_at.pop(path, None)

    def restore(self, files: Files, tip: Commit) -> None:
        gone = self.known(tip) & self.lost.keys() - files.keys() - tip.files.keys() - self.renamed_at.keys() - self.used
        if gone:
            path = self.rng.choice(sorted(gone))
            self.touch(path, "deleted")
            files[path] = (FILE, self.lost[path] if self.rng.random() < 0.5 else self.note())

    def rename(self, files: Files, tip: Commit) -> None:
        path = self.pick(files, tip, "deleted", "reborn", "twin")
        elsewhere = [p for p in sorted(files) if p in self.renamed_at and files[p] == tip.files.get(p)]
        elsewhere = [p for p in elsewhere if "reborn" not in self.touched.get(p, set())]
        if elsewhere and self.rng.random() < 0.6:
            path = self.rng.choice(elsewhere)
        if not path:
            return
        same = self.went.get(path, "")
        target = self.fresh()
        if path in elsewhere and same not in files and not self.touched.get(same) and self.rng.random() < 0.4:
            target = same
            self.touch(same, "reborn")  # it stays what it is
        self.moved(files, path, target, len(self.commits) + 1)
        mode, text = files[target]
        files[target] = (mode, changed(text, self.rng) if self.rng.random() < 0.4 else text)

    def moved(self, files: Files, path: str, target: str, mark: int) -> None:
        self.touch(path, "renamed")
        self.renamed_at.setdefault(path, []).append(mark)
        self.went[path] = target
        self.targets.add(target)
        files[target] = files.pop(path)
        self.lost[path] = files[target][1]

    def rename_in_merge(self, files: Files, parents: list[Commit]) -> None:
        only = [path for path in files if sum(path in parent.files for parent in parents) == 1]
        only = [path for path in only if is_note(path) and files[path][0] != LINK and not self.touched.get(path)]
        known = self.known(parents[0])
        if only := sorted(path for path in only if path not in known and path not in self.targets):
            self.moved(files, self.rng.choice(only), self.fresh(), len(self.commits) + 1)

    def take_again(self, files: Files, tip: Commit) -> None:
        """Another note where one was renamed away."""
        free = [p for p, marks in self.renamed_at.items() if p not in files and set(marks) <= tip.before]
        free = [p for p in free if len(self.tips) == 1 or len(self.renamed_at[p]) == 1]
        if free := sorted(p for p in free if not self.touched.get(p, set()) & {"deleted", "twin"}):
            path = self.rng.choice(free)
            self.touch(path, "reborn")
            del self.renamed_at[path]
            files[path] = (FILE, self.note())

    def twin(self, files: Files, tip: Commit) -> None:
        """The same path on two branches, with the same text or another."""
        known = self.known(tip)
        theirs = {path: kept for other in self.tips for path, kept in other.files.items() if path not in known}
        theirs = {path: kept for path, kept in theirs.items() if is_note(path) and kept[0] != LINK}
        theirs = {path: kept for path, kept in theirs.items() if path not in self.targets}
        theirs = {path: kept for path, kept in theirs.items() if not self.touched.get(path, set()) - {"twin"}}
        if free := sorted(theirs.keys() - files.keys()):
            path = self.rng.choice(free)
            self.touch(path, "twin")
            files[path] = theirs[path] if self.rng.random() < 0.5 else (FILE, self.note())

    def stray(self, files: Files, _tip: Commit) -> None:
        self.number += 1
        path = self.rng.choice(("docs/{}.md", "drafts/{}.md", f"{ROOT}/{{}}.md", f"{ROOT}/checkout/deep/{{}}.md",
                                f"{ROOT}/checkout/{{}}.txt", f"{ROOT}/checkout/link-{{}}.md"))  # fmt: skip
        is_link = "/link-" in path
        files[path.format(self.number)] = (LINK, "../elsewhere.md") if is_link else (FILE, self.note())

    def move_in(self, files: Files, _tip: Commit) -> None:
        """From outside, or from a name that is no note's, each once."""
        drafts = [p for p in files if p.startswith("drafts/") or p.endswith(".txt") or "/deep/" in p]
        if drafts := sorted(path for path in drafts if path not in self.used):
            path = self.rng.choice(drafts)
            self.used.add(path)
            self.went[path] = self.fresh()
            self.targets.add(self.went[path])
            files[self.went[path]] = files.pop(path)

    def move_out(self, files: Files, tip: Commit) -> None:
        if path := self.pick(files, tip, "renamed", "reborn", "twin"):
            self.touch(path, "deleted")
            self.used |= {path, f"archive/{self.number}.md", path + ".txt"}
            files[self.rng.choice((f"archive/{self.number}.md", path + ".txt"))] = files.pop(path)
            self.renamed_at.pop(path, None)

    def turn(self, files: Files, tip: Commit) -> None:
        """A link becomes a note, a note a program."""
        links = sorted(path for path, (mode, _) in files.items() if mode == LINK)
        if links and self.rng.random() < 0.5:
            path = self.rng.choice(links)
            self.touch(path, "deleted")
            files[path] = (FILE, self.note())
        elif path := self.pick(files, tip):
            mode, text = files[path]
            files[path] = (FILE if mode == PROGRAM else PROGRAM, text)


ACTIONS = (
    (Messy.add, 30), (Messy.edit, 14), (Messy.rename, 22), (Messy.delete, 9), (Messy.restore, 8),
    (Messy.take_again, 8), (Messy.twin, 8), (Messy.stray, 7), (Messy.move_in, 4), (Messy.move_out, 2),
    (Messy.turn, 4),
)  # fmt: skip


def messy_repo(directory: Path, seed: int) -> None:
    """A random history of 60 to 150 commits in a new repository, the same for the same seed."""
    messy = Messy(random.Random(seed))
    messy.play(random.Random(seed).randint(75, 165))
    _git(directory.parent, "init", "-q", "-b", "main", str(directory))
    end = f"reset refs/heads/main\nfrom :{messy.tips[0].mark}\n\nreset refs/heads/line\nfrom :{messy.tips[-1].mark}\n\n"
    _git(directory, "fast-import", "--quiet", stdin=b"".join(messy.stream) + end.encode())
    _git(directory, "reset", "-q", "--hard")


def changed(text: str, rng: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    lines[-1] = f"- need: {rng.getrandbits(60):x}\n"
    return "".join(lines)


def is_note(path: str) -> bool:
    return path.startswith(ROOT + "/") and path.endswith(".md") and path.count("/") == ROOT.count("/") + 2


def counted(text: str) -> str:
    return f"data {len(text.encode())}\n{text}"


def c_quoted(path: str) -> str:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _git(repo: Path, *arguments: str, stdin: bytes = b"", check: bool = True) -> bytes:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-C", str(repo), *arguments]
    return subprocess.run(command, input=stdin, stdout=subprocess.PIPE, env=environment, check=check).stdout


if __name__ == "__main__":
    for (who, when), number in sorted(count_commits(Path(sys.argv[1])).items()):
        sys.stdout.write(f"{when}\t{number}\t{who}\n")
