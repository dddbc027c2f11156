"""Where the bundled front end lies, and under which hashed names."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIST = Path(__file__).parent / "static" / "dist"
URL = "/static"
_FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The manifest of one bundle. Without a bundle pages still work, unstyled, and say what is missing."""

    def __init__(self, folder: Path = DIST) -> None:
        self.folder = folder
        manifest = folder / "manifest.json"
        self._names: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else {}

    @property
    def missing(self) -> bool:
        return not self._names

    def url(self, source: str) -> str:
        """The address of what `source` (a path inside `frontend/`) was bundled into; empty when it was not."""
        name = self._names.get(source)
        return f"{URL}/{name}" if name else ""


class HashedFiles(StaticFiles):
    """Files whose names change with their content, so a browser may keep them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = _FOREVER
        return response
