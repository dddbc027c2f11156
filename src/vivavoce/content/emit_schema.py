"""JSON Schema of each file kind, for editors: `python -m vivavoce.content.emit_schema` writes `content/schema/`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from vivavoce.content.file_kinds import FILE_KINDS

OURS = Path(__file__).parents[3] / "content" / "schema"


def schemas() -> dict[str, str]:
    """File name to JSON text. The same models give the same text."""
    texts = {}
    for kind, model in FILE_KINDS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        texts[f"{kind}.json"] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return texts


def write(folder: Path) -> list[Path]:
    """Write every schema into `folder`; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas().items():
        path = folder / name
        path.write_text(text, "utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    for written_path in write(Path(sys.argv[1]) if len(sys.argv) > 1 else OURS):
        sys.stdout.write(f"{written_path}\n")
