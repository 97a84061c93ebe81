"""Files of the work tree that get another name, and perhaps another text; whatever was done can be taken back."""

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from interviewlog.errors import Code, IlogError
from interviewlog.store import files
from interviewlog.store.folder import Folder


class Rewrite(NamedTuple):
    """A file that goes from `path` to `to`, which may be the same, and from `before` to `after`.

    Without a `path` it is made. Without `before` and `after` its text is not looked at.
    """

    path: str
    to: str
    before: bytes | None = None
    after: bytes | None = None

    @property
    def is_move(self) -> bool:
        return self.path not in {self.to, ""}


def in_the_way(paths: Sequence[str], again: str = "") -> IlogError:
    """Say that files exist where others were to go."""
    what = f"the note{'s' * (len(paths) > 1)} exist{'s' * (len(paths) == 1)}: {', '.join(paths)}"
    hint = f"ilog show {paths[0]}{again and f', or {again}'}"
    return IlogError(what, hint=hint, code=Code.EXISTS)


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The files on their way. `move` and `write` raise IlogError: 73 where a file exists, 75 where one was changed."""

    folder: Folder
    rewrites: Sequence[Rewrite]
    moved: list[Rewrite] = field(default_factory=list)
    written: list[Rewrite] = field(default_factory=list)
    kept: dict[str, Path | None] = field(default_factory=dict)

    def move(self) -> None:
        """Give the files their new names."""
        for rewrite in self.rewrites:
            if rewrite.is_move:
                self._move(rewrite.path, rewrite.to)
                self.moved.append(rewrite)

    def write(self) -> None:
        """Give the files, which have their new names, their new texts."""
        for rewrite in self.rewrites:
            if rewrite.after is None or rewrite.after == rewrite.before:
                continue
            if rewrite.before is None:
                self.folder.write_new(rewrite.to, rewrite.after.decode())
            else:
                self.kept[rewrite.to] = self.folder.keep_aside(rewrite.to)
                self.folder.replace(rewrite.to, rewrite.before, rewrite.after)
            self.written.append(rewrite)

    def take_back(self) -> list[str]:
        """Put all back as it was; gives the files that somebody else changed meanwhile, and whose text stays."""
        kept = []
        while self.written:
            rewrite = self.written.pop()
            try:
                self._unwrite(rewrite)
            except IlogError:
                kept.append(rewrite.path or rewrite.to)
        while self.moved:
            rewrite = self.moved.pop()
            with suppress(IlogError):
                self._move(rewrite.to, rewrite.path)
        return kept

    def forget(self) -> None:
        """Let go of the old texts, once they are not to come back or have come back."""
        for path in filter(None, self.kept.values()):
            path.unlink(missing_ok=True)
        self.kept.clear()

    def is_done(self) -> bool:
        """Tell whether all files have their new names and texts."""
        return all(
            os.path.lexists(self.folder.top / each.to)
            and (each.after is None or self.folder.read(each.to) == each.after)
            for each in self.rewrites
        )

    def _unwrite(self, rewrite: Rewrite) -> None:
        if rewrite.before is None:
            self.folder.remove(rewrite.to)
        elif kept := self.kept.get(rewrite.to):
            self.folder.put_back(rewrite.to, rewrite.after or b"", kept)
        else:
            self.folder.replace(rewrite.to, rewrite.after or b"", rewrite.before)

    def _move(self, path: str, to: str) -> None:
        try:
            files.move_below(self.folder.top, path, to)
        except FileExistsError:
            raise in_the_way([to]) from None
        except OSError as error:
            code = Code.REFUSED if error.errno in {errno.ELOOP, errno.ENOTDIR} else Code.IO
            what = f"cannot move {path} to {to}: {(error.strerror or 'no reason given').lower()}"
            raise IlogError(what, kept=path, hint=f"ls -ld {to.rpartition('/')[0]}", code=code) from None
