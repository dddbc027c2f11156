"""The C library, for the few calls that Python does not offer."""

from __future__ import annotations

import ctypes
import os

LIBC = ctypes.CDLL(None, use_errno=True)


class ConfinementError(RuntimeError):
    """A layer of the sandbox could not be put in place. There is no going on without it."""


def check(result: int, what: str) -> int:
    """`result`, or `ConfinementError` naming the layer when it says that the call failed."""
    if result < 0:
        raise ConfinementError(f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def prctl(option: int, value: int, what: str) -> None:
    check(LIBC.prctl(option, value, 0, 0, 0), what)
