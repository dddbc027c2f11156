"""Landlock: which files a child can open, and that it can open no connection.

A rule set is built once, before the first fork; each child inherits it and restricts itself with one call.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

from vivavoce.engines.judge.sandbox.libc import LIBC, ConfinementError, check

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same numbers on every machine
_ASK_VERSION, _PATH_BENEATH = 1, 1
_READ_FILE, _READ_DIR, _WRITE_FILE = 1 << 2, 1 << 3, 1 << 1
_FS_BITS = {1: 13, 2: 14, 3: 15, 4: 15}  # rights of the file system by version; 16 from 5 on
_NET, _SCOPED = 0b11, 0b11  # bind and connect TCP; abstract sockets and signals out of the domain


class _Attributes(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"  # asked for with `_pack_` from Python 3.19 on
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The kernel's version of Landlock, 0 when it has none or it is switched off."""
    return max(0, int(LIBC.syscall(_CREATE, None, ctypes.c_size_t(0), _ASK_VERSION)))


def ruleset(trees: Iterable[str], lists: Iterable[str] = (), files_rw: Iterable[str] = ()) -> int:
    """A descriptor of rules: files beneath `trees` can be read, folders beneath `lists` listed, `files_rw` written too;
    nothing else can be opened, made, changed, or connected to. Missing paths are left out."""
    abi = version()
    if abi < 1:
        raise ConfinementError("Landlock: this kernel has none")
    attributes = _Attributes((1 << _FS_BITS.get(abi, 16)) - 1, _NET if abi >= 4 else 0, _SCOPED if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    rules = check(LIBC.syscall(_CREATE, ctypes.byref(attributes), ctypes.c_size_t(size), 0), "Landlock")
    wanted = [(p, _READ_FILE | _READ_DIR) for p in trees] + [(p, _READ_DIR) for p in lists]
    for path, rights in wanted + [(p, _READ_FILE | _WRITE_FILE) for p in files_rw]:
        _allow(rules, path, rights)
    return rules


def restrict(rules: int) -> None:
    """Put this thread, and what it starts, under the rules for good. Needs no_new_privs."""
    check(LIBC.syscall(_RESTRICT, rules, 0), "Landlock")


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not os.path.isdir(path):
            rights &= ~_READ_DIR  # a rule for a file may carry rights of files only
        rule = _PathBeneath(rights, parent)
        check(LIBC.syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(rule), 0), f"Landlock rule for {path}")
    finally:
        os.close(parent)
