"""The key that makes this user's cookie: a file in the data folder that only its owner can read."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

FILE = "web-secret"
_BYTES = 32


def load_secret(folder: Path) -> bytes:
    """The secret of `folder`, made at the first call, so that an open tab survives a restart of the server.

    Where the folder cannot be written a new secret is used for this run only: open tabs then need the printed address.
    """
    path = folder / FILE
    with suppress(OSError):
        found = path.read_bytes()
        if len(found) >= _BYTES:
            return found
    made = secrets.token_bytes(_BYTES)
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        # Written beside and linked: two servers that start at once agree on one secret, and none reads half of one.
        beside = path.with_name(f"{FILE}.{os.getpid()}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        try:
            _place(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        return path.read_bytes()
    return made


def cookie_name(secret: bytes) -> str:
    """Differs between data folders: cookies are shared by all ports of a host."""
    return f"vivavoce_{hashlib.sha256(b'name' + secret).hexdigest()[:10]}"


def cookie_value(secret: bytes) -> str:
    """What a browser shows to be let in."""
    return hmac.new(secret, b"browser 1", hashlib.sha256).hexdigest()


def _place(made: Path, path: Path) -> None:
    try:
        os.link(made, path)
    except FileExistsError:
        if path.stat().st_size < _BYTES:  # cut short by a full disk, once
            made.replace(path)
    except OSError:  # a file system without links
        made.replace(path)
