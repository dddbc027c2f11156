"""What every command is given: the settings, and the workspace when it asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typer

from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace, open_library, open_workspace
from vivavoce.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class State:
    """The options given before the command."""

    data_dir: Path | None

    @property
    def settings(self) -> Settings:
        return load_settings(data_dir=self.data_dir)

    def workspace(self) -> Workspace:
        return open_workspace(self.settings)

    def library(self) -> Library:
        return open_library(self.settings)


def state(ctx: typer.Context) -> State:
    """The state of this run."""
    found = ctx.find_object(State)
    return found if found is not None else State(None)
