"""A page, or a JSON reply, that says what went wrong and what to do about it."""

from __future__ import annotations

from typing import Protocol

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class ProblemPage(Protocol):
    """Makes the response to a request that cannot be carried out."""

    def __call__(self, request: Request, status: int, title: str, message: str) -> Response: ...


def wants_json(request: Request) -> bool:
    """Whether a script of ours asks, which shows the message itself."""
    return "application/json" in request.headers.get("accept", "")


def json_problem(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status_code=status)
