"""Messages on a zygote's control socket, both ways; `zygote.py` says what they mean."""

from __future__ import annotations

import struct

FORK, REAP = struct.Struct("<cQ"), struct.Struct("<ci")
FORKED, REAPED = struct.Struct("<ci"), struct.Struct("<cidq")
CONFINED = b"C"
