"""`viva` and `viva serve`: the app in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from vivavoce.surfaces.cli.context import State, state
from vivavoce.surfaces.web.serve import serve


def register(app: typer.Typer) -> None:
    app.command("serve", rich_help_panel="Study")(command)


def start(given: State, *, port: int | None, browser: bool) -> None:
    """Serve until interrupted."""
    settings = given.settings
    serve(settings, port=port, open_browser=browser)


def command(
    ctx: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; a free one is taken when it is in use.")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the app in your browser.")] = True,
) -> None:
    """Start the app in your browser (the same as `viva` alone)."""
    start(state(ctx), port=port, browser=browser)
