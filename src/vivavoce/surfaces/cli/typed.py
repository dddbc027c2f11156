"""A text typed in the terminal, line by line or in the person's editor, and kept after every line."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from rich.panel import Panel

from vivavoce.domain.errors import BadInputError, StorageError
from vivavoce.surfaces.cli.console import ask_line, out, pending_line

DONT_KNOW = "I don't know."
_HOW = (
    "Type your answer. Ctrl-D, two empty lines or a line with a single dot submit it.\n"
    ":e editor   :k I don't know   :s skip   :q quit"
)


class QuitError(Exception):
    """The person wants to stop."""


class SkipError(Exception):
    """The person wants to leave this text for now."""


class Typed:
    """What the person is typing, from one submit to the next. `keep` is told of every change."""

    def __init__(self, text: str, keep: Callable[[str], object], editor: str) -> None:
        self.text = text
        self._keep = keep
        self._editor = editor
        self._unkept = False

    def until_submitted(self, style: str = "cyan") -> str:
        """The text once the person submits it. Raises `QuitError`, `SkipError`, `KeyboardInterrupt`."""
        out.print(_HOW, style="bright_black", markup=False)
        try:
            return self._lines(style)
        except BaseException:
            if self._unkept and self.text.strip():
                out.print(Panel(self.text, title="not kept: copy this before it scrolls away", border_style="red"))
            raise

    def _lines(self, style: str) -> str:
        lines = self.text.splitlines()
        while True:
            try:
                line = ask_line("› ", style)
            except KeyboardInterrupt:
                self._changed("\n".join([*lines, *pending_line().split("\n")]).rstrip())
                raise
            except EOFError:
                out.print()
                if not self.text.strip():
                    raise QuitError from None
                return self.text.strip()
            command = line.strip()
            if command == ":q":
                raise QuitError
            if command == ":s":
                raise SkipError
            if command == ":k":
                return DONT_KNOW
            if command == ":e":
                lines = edited("\n".join(lines), self._editor).splitlines()
                out.print(Panel("\n".join(lines) or "(empty)", title="your answer; a dot submits it"))
            elif command == "." or (not command and lines and not lines[-1].strip()):
                return "\n".join(lines).strip()
            else:
                lines += line.split("\n")  # what was pasted is text, whatever its lines look like
            self._changed("\n".join(lines))

    def _changed(self, text: str) -> None:
        self.text = text
        try:
            self._keep(text)
        except (StorageError, BadInputError) as error:
            if not self._unkept:
                out.print(f"[yellow]Not kept: {escaped(error)}. Go on typing; it is tried again with every line.[/]")
            self._unkept = True
        else:
            self._unkept = False


def escaped(error: Exception) -> str:
    """A message as it is, whatever brackets it has."""
    return str(error).replace("[", r"\[")


def edited(text: str, editor: str) -> str:
    """The text after the person's editor; unchanged when there is none or it fails."""
    if not editor:
        out.print("[yellow]No editor is set; set EDITOR, for instance EDITOR=nano.[/]")
        return text
    handle, name = tempfile.mkstemp(suffix=".md", prefix="viva-")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        with _interrupt_is_the_editor_s():
            subprocess.run([*shlex.split(editor), name], check=True)  # noqa: S603 - the person's own editor
        return path.read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        out.print(f"[yellow]The editor {editor!r} did not finish well ({escaped(error)}); your text is as before.[/]")
        return text
    finally:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def _interrupt_is_the_editor_s() -> Iterator[None]:
    """Ctrl-C goes to every program of the terminal; here it is meant for the editor alone."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)  # not SIG_IGN, which the editor would inherit
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
