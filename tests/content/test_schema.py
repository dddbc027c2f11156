"""The schema for editors, and the documentation of the format made from it."""

from __future__ import annotations

import json
from pathlib import Path

from vivavoce.content.docs import render_tables
from vivavoce.content.emit_schema import schemas
from vivavoce.content.file_kinds import FILE_KINDS

ROOT = Path(__file__).parents[2]


def test_the_emitted_files_are_current() -> None:
    folder = ROOT / "content" / "schema"
    written = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert written == schemas(), "run: python -m vivavoce.content.emit_schema"


def test_every_schema_refuses_unknown_keys_and_describes_every_key() -> None:
    for text in schemas().values():
        schema = json.loads(text)
        for model in [schema, *schema.get("$defs", {}).values()]:
            if model.get("type") != "object":
                continue
            assert model["additionalProperties"] is False, model["title"]
            for key, value in model["properties"].items():
                assert value.get("description"), f"{model['title']}.{key}"


def test_the_format_page_holds_the_generated_tables_and_names_every_key() -> None:
    page = (ROOT / "docs" / "authors" / "format.md").read_text("utf-8")
    for kind, table in render_tables().items():
        assert table in page, f"run: python -m vivavoce.content.docs (table {kind})"
    assert set(render_tables()) >= set(FILE_KINDS)


def test_the_example_of_the_how_to_is_complete() -> None:
    page = (ROOT / "docs" / "authors" / "add-a-question.md").read_text("utf-8")
    for command in ("viva content new", "viva content check"):
        assert command in page
