"""Write a git pack by hand: a long history of wide folders, without `git fast-import`'s cost per commit.

`fast-import` writes and compares the whole folder for each commit, which grows with its width: 53 s for 30,000
commits, about a quarter of an hour for 130,000. Here the difference is known before it is written.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import zlib
from bisect import bisect_left, insort
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

COMMIT, TREE, BLOB, REF_DELTA = 1, 2, 3, 7
NAMES = {COMMIT: b"commit", TREE: b"tree", BLOB: b"blob"}
STEP, LEAP = 20, 400  # a folder is stored whole at each leap, and leans over a whole step at each step
LARGEST_COPY = 0xFFFFFF


class Pack:
    """One pack of objects, each written once, with the index that git wants beside it."""

    def __init__(self, repository: Path) -> None:
        self.folder = repository / ".git" / "objects" / "pack"
        self.draft = self.folder / "tmp_pack_notes"
        self.stream: BinaryIO = self.draft.open("wb")
        self.stream.write(b"PACK" + (2).to_bytes(4, "big") + bytes(4))
        self.offset = 12
        self.entries: dict[bytes, tuple[int, int]] = {}  # name -> checksum, offset

    def write(self, kind: int, content: bytes) -> bytes:
        name = name_of(kind, content)
        if name not in self.entries:
            self._append(name, kind, b"", content)
        return name

    def write_difference(self, name: bytes, base: bytes, delta: bytes) -> None:
        self._append(name, REF_DELTA, base, delta)

    def _append(self, name: bytes, kind: int, base: bytes, content: bytes) -> None:
        entry = entry_header(kind, len(content)) + base + zlib.compress(content, 1)
        self.entries[name] = (zlib.crc32(entry), self.offset)
        self.offset += len(entry)
        self.stream.write(entry)

    def close(self) -> None:
        self.stream.seek(8)
        self.stream.write(len(self.entries).to_bytes(4, "big"))
        self.stream.close()
        with self.draft.open("r+b") as stream:
            trailer = hashlib.file_digest(stream, "sha1").digest()
            stream.write(trailer)
        pack = self.folder / f"pack-{trailer.hex()}.pack"
        pack.with_suffix(".idx").write_bytes(self._index(trailer))
        self.draft.rename(pack)

    def _index(self, trailer: bytes) -> bytes:
        if self.offset >= 1 << 31:
            raise ValueError("a pack over 2 GiB needs the long form of the index")
        names = sorted(self.entries)
        firsts = [0] * 256
        for name in names:
            firsts[name[0]] += 1
        content = bytearray(b"\xfftOc" + (2).to_bytes(4, "big"))
        total = 0
        for count in firsts:
            total += count
            content += total.to_bytes(4, "big")
        content += b"".join(names)
        content += b"".join(self.entries[name][0].to_bytes(4, "big") for name in names)
        content += b"".join(self.entries[name][1].to_bytes(4, "big") for name in names)
        content += trailer
        return bytes(content + hashlib.sha1(content, usedforsecurity=False).digest())


@dataclass(slots=True)
class Version:
    """A state of a folder that is not stored yet: it will be stored as its difference to a later one."""

    name: bytes = b""
    content: bytes = b""
    changed: dict[bytes, bytes] = field(default_factory=dict)  # file -> its line in this version


class Directory:
    """One folder of files through all its versions.

    A version leans on the next, and the first of each step on the first of the next step, so that the newest is
    at hand and the oldest not far: at most forty differences away, as in a pack that git made.
    """

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.names: list[bytes] = []
        self.lines: dict[bytes, bytes] = {}
        self.content = bytearray()
        self.name = b""  # of the folder as it is now, once asked for
        self.touched = False
        self.last = self.step = Version()  # the latest version, and the first of this step: both wait
        self.versions = 0

    def set(self, file: bytes, mode: bytes, blob: bytes | None) -> None:
        """Put a file at this blob, or take it away."""
        old = self.lines.get(file, b"")
        new = mode + b" " + file + b"\0" + blob if blob else b""
        if old == new:
            return
        self.touched = True
        self.last.changed.setdefault(file, old)
        self.step.changed.setdefault(file, old)
        where = self._position(file, old)
        self.content[where : where + len(old)] = new
        if not new:
            del self.lines[file]
            self.names.pop(bisect_left(self.names, file))
            return
        if not old:
            insort(self.names, file)
        self.lines[file] = new

    def _position(self, file: bytes, old: bytes) -> int:
        if old:
            return self.content.find(old)
        later = bisect_left(self.names, file)
        return self.content.find(self.lines[self.names[later]]) if later < len(self.names) else len(self.content)

    def version(self) -> bytes:
        """The name of the folder as it is now; empty if nothing is in it."""
        if self.touched:
            self.touched = False
            content = bytes(self.content)
            self.name = name_of(TREE, content) if content else b""
            waiting = (self.last.name, self.step.name)
            if content and self.name not in self.pack.entries and self.name not in waiting:
                self._follow(Version(self.name, content))
        return self.name

    def _follow(self, successor: Version) -> None:
        """Store what waited for this version."""
        if self.last is not self.step:
            self._store(self.last, successor)
        if self.versions % STEP == 0:
            self._store(self.step, successor, whole=self.versions % LEAP == 0)
            self.step = successor
        self.last = successor
        self.versions += 1

    def _store(self, version: Version, successor: Version, *, whole: bool = False) -> None:
        if not version.name or version.name in self.pack.entries:
            return
        if whole:
            self.pack.write(TREE, version.content)
        else:
            self.pack.write_difference(version.name, successor.name, self._difference(version, successor))

    def _difference(self, version: Version, successor: Version) -> bytes:
        """How to get a version from a later one, which is the folder as it is now."""
        delta = bytearray(varint(len(successor.content)) + varint(len(version.content)))
        done = shift = 0  # how far the successor is copied, and how much longer it is by then
        for file in sorted(version.changed):
            old, new = version.changed[file], self.lines.get(file, b"")
            where = successor.content.find(new, done) if new else version.content.find(old, done - shift) + shift
            delta += copied(done, where - done) + inserted(old)
            done = where + len(new)
            shift += len(new) - len(old)
        return bytes(delta + copied(done, len(successor.content) - done))

    def close(self) -> None:
        for version in (self.last, self.step):
            if version.name:
                self.pack.write(TREE, version.content)


def name_of(kind: int, content: bytes) -> bytes:
    head = b"%s %d\0" % (NAMES[kind], len(content))
    return hashlib.sha1(head + content, usedforsecurity=False).digest()


def entry_header(kind: int, size: int) -> bytes:
    byte, size = kind << 4 | size & 15, size >> 4
    return bytes([byte | 128]) + varint(size) if size else bytes([byte])


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def copied(start: int, length: int) -> bytes:
    if not length:
        return b""
    if length > LARGEST_COPY:
        return copied(start, LARGEST_COPY) + copied(start + LARGEST_COPY, length - LARGEST_COPY)
    code, rest = 128, bytearray()
    for bit, byte in enumerate(start.to_bytes(4, "little") + length.to_bytes(3, "little")):
        if byte:
            code |= 1 << bit
            rest.append(byte)
    return bytes([code]) + bytes(rest)


def inserted(text: bytes) -> bytes:
    return b"".join(bytes([len(part)]) + part for part in (text[i : i + 127] for i in range(0, len(text), 127)))


def git(repository: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """What git answers, undisturbed by the settings of whoever runs this."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    plain |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    return subprocess.run(
        ["git", "-C", str(repository), *arguments], input=stdin, stdout=subprocess.PIPE, env=plain, check=True
    ).stdout
