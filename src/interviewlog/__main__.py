"""`ilog` and `python -m interviewlog`."""

import sys


def main() -> None:
    """Run ilog on the process's arguments; the version is told before anything heavy is loaded."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from interviewlog import __version__

        print(f"ilog {__version__}")  # noqa: T201 - the one answer that needs no session
        return
    from interviewlog.cli.app import app

    app(prog_name="ilog")


if __name__ == "__main__":
    main()
