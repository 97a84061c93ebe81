"""The table of commands. A command's module is imported when it is called, not before: thirty commands in one
application cost nearly twice a bare Python start.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from interviewlog.cli.guard import PipeClosedError, guarded
from interviewlog.cli.shared import NoColorOption, QuietOption, RepoOption, shared_options, tell_version
from interviewlog.errors import Code, IlogError
from interviewlog.nearest import nearest

MOMENTS = {
    "A call has just ended": {
        "new": "Scaffold a note, open your editor, commit it",
        "save": "Check and commit notes",
        "edit": "Open a note in your editor, or set fields, and commit the change",
        "mv": "Move a note to another customer, product or day",
        "sync": "Fetch what others wrote, share what you wrote",
    },
    "Minutes later": {
        "summary": "Two lines per note, to paste into team chat",
        "show": "Read a note",
        "list": "Find notes",
        "search": "Find notes by their words",
    },
    "Before the staff meeting": {
        "stats": "Interviews per PM and week, against the goal",
        "why": "Why a note counts, or does not",
        "check": "What can be mended in the notes",
        "fmt": "Spell out short kinds, - p: as - pain:",
        "audit": "What was changed later, deleted or logged late",
        "away": "Record weeks in which nobody, or one PM, has a goal",
    },
    "When somebody takes back what they said": {
        "redact": "Take out what was said: in a note, by a participant, by a customer",
        "retention": "Notes whose time is over, and redacting them",
    },
    "Once, and now and then": {
        "init": "Make a folder ready for a team's notes",
        "join": "Get the team's folder, and say who you are",
        "guide": "Interview basics on one page",
        "product": "List the products, give one another name",
        "template": "List, show and make note templates",
        "demo": "A folder with half a year of history to try ilog on",
    },
}
COMMANDS = {name: line for commands in MOMENTS.values() for name, line in commands.items()}

_EXAMPLES = """\
Examples:
  ilog new reseller-portal "Acme Freight"
  ilog summary --copy
  ilog stats --weeks 12
  ilog list --customer acme-freight --format json | jq .

`ilog` alone says where you stand. `ilog COMMAND --help` has examples for each command.
"""


class IlogCommand(TyperCommand):
    """A command whose completion carries no help texts: Typer would load rich only to strip markup from them."""

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        items = [*super().shell_complete(ctx, incomplete), *self._behind_equals(ctx, incomplete)]
        for item in items:
            item.help = None
        return items

    def _behind_equals(self, ctx: Any, incomplete: str) -> list[Any]:
        """Complete the value of KEY=VALUE where the shell makes three words of that, as bash does."""
        for param in self.params:
            keys = (ctx.params.get(param.name) or ()) if getattr(param, "metavar", "") == "KEY=VALUE" else ()
            if keys and "=" not in keys[-1]:
                items = param.shell_complete(ctx, f"{keys[-1]}={incomplete}")
                for item in items:
                    item.value = item.value.partition("=")[2]
                return items
        return []


def load(name: str) -> Any:
    """Import a command's module and build the command: its function `command`, or its `app` of subcommands."""
    module = import_module(f"interviewlog.cli.{name}")
    if hasattr(module, "app"):
        return get_command(module.app)
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    examples = "\b\nExamples:\n" + "\n".join(f"  {line}" for line in module.EXAMPLES)
    single.command(name, cls=IlogCommand, epilog=examples, context_settings=HELP)(module.command)
    return get_command(single)


class IlogGroup(TyperGroup):
    """The top of the command line: loads commands when asked for and turns every error into three lines."""

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        del ctx
        if cmd_name in self.commands or cmd_name not in COMMANDS:
            return self.commands.get(cmd_name)
        command = load(cmd_name)
        for each in getattr(command, "commands", {}).values() or [command]:
            each.params.extend(shared_options(self.params))
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS and not ctx.resilient_parsing:
            near = nearest(args[0], COMMANDS)
            hint = " ".join(["ilog", near, *args[1:]]) if near else "ilog --help"
            raise IlogError(f"no such command: {args[0]}", hint=hint, code=Code.USAGE)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Complete from bare stand-ins, so that no command is loaded for its name alone."""
        self.commands = {name: IlogCommand(name) for name in COMMANDS}
        items = super().shell_complete(ctx, incomplete)
        for item in items:
            item.help = None
        return items

    def invoke(self, ctx: Any) -> Any:
        """Run the command; Typer would turn a closed pipe into exit 1 before anybody else sees it."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise PipeClosedError from error

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        for moment, commands in MOMENTS.items():
            with formatter.section(moment):
                formatter.write_dl(list(commands.items()))
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        with formatter.section("Options"):
            formatter.write_dl(records)
        formatter.write_paragraph()
        formatter.write(_EXAMPLES)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        def run() -> Any:
            _refuse_bytes(sys.argv[1:] if args is None else args)
            main = super(IlogGroup, self).main
            return main(args, prog_name, complete_var, False, windows_expand_args, **extra)  # noqa: FBT003

        return guarded(run) if standalone_mode else run()


def _refuse_bytes(args: Sequence[str]) -> None:
    """Refuse words that are not UTF-8: nothing can be named or written by them."""
    for word in args:
        if not word.isascii() and any("\ud800" <= letter <= "\udfff" for letter in word):
            raise IlogError(f"not valid UTF-8: {word}", hint="type it again in UTF-8", code=Code.USAGE)


HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    cls=IlogGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    context_settings=HELP,
)


@app.callback()
def top(
    ctx: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", "-V", is_eager=True, callback=tell_version, help="Tell the version.")
    ] = False,
    repo: RepoOption = "",
    no_color: NoColorOption = False,
    quiet: QuietOption = False,
) -> None:
    """Log customer interviews, tell the team in two lines, see who talked with whom."""
    del version, repo, no_color, quiet
    if ctx.invoked_subcommand is None:
        from interviewlog.cli.status import command

        command(ctx)
