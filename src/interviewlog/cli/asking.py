"""Questions on a terminal, with completion from what exists. Nothing is asked where nobody can answer."""

from collections.abc import Sequence

from interviewlog.errors import Code, IlogError
from interviewlog.render.clean import clean, clean_block


class Ask:
    """Asks on the terminal. A test hands in one that has its answers ready."""

    def text(self, question: str, *, default: str = "", choices: Sequence[str] = ()) -> str:
        """Ask for a line; `choices` are offered while typing, anything may be typed. Returns it stripped.

        Raises KeyboardInterrupt on ^C, and IlogError when the terminal is closed (^D).
        """
        import sys

        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import FuzzyWordCompleter
        from prompt_toolkit.output import create_output

        offered = FuzzyWordCompleter([clean(choice) for choice in choices], WORD=True) if choices else None
        session: PromptSession[str] = PromptSession(output=create_output(stdout=sys.stderr), completer=offered)
        hint = f" [{clean(default)}]" if default else ""
        try:
            return session.prompt(f"{clean_block(question)}{hint} ", complete_while_typing=True).strip() or default
        except EOFError:
            raise IlogError("no answer", hint="give the answer as an argument", code=Code.INTERRUPTED) from None

    def yes(self, question: str, *, default: bool = True) -> bool:
        """Ask for yes or no until it is one of them; Enter takes the default."""
        while True:
            answer = self.text(f"{question} [{'Y/n' if default else 'y/N'}]").lower()
            if not answer or answer in {"y", "yes", "n", "no"}:
                return default if not answer else answer.startswith("y")

    def choice(self, question: str, options: Sequence[str]) -> int:
        """Ask for one of numbered options; returns its index."""
        lines = "\n".join(f"  {number}  {option}" for number, option in enumerate(options, 1))
        while True:
            word = self.text(f"{question}\n{lines}\n", default="1")
            if word.isdecimal() and 1 <= int(word) <= len(options):
                return int(word) - 1
