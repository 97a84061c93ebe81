"""`ilog` and `python -m interviewlog`."""

import gc
import os
import sys

INTERRUPTED = 130
_OBJECTS = 100_000  # between two searches for circles; with the usual 700, they cost a tenth of a command


def main() -> None:
    """Run ilog on the process's arguments; the version is told before anything heavy is loaded."""
    _open_what_is_closed()
    if sys.argv[1:] in (["--version"], ["-V"]):
        from interviewlog import __version__

        try:
            os.write(1, f"ilog {__version__}\n".encode())
        except OSError as error:
            sys.exit(f"ilog: cannot write the answer: {error.strerror}")
        return
    gc.set_threshold(_OBJECTS)
    try:
        from interviewlog.cli.app import app

        app(prog_name="ilog")
    except KeyboardInterrupt:  # while still loading; later ones are told where the note is
        print("ilog: interrupted", file=sys.stderr)  # noqa: T201
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # what a command leaves behind need not be searched for circles, for it ends here


def _open_what_is_closed() -> None:
    """Give closed standard streams somewhere to go: else the next file opened takes their place, and our words."""
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(number, mode, closefd=False))


if __name__ == "__main__":
    main()
