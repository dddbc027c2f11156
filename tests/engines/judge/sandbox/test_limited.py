"""Pipes that a thread reads: nothing that was written is late."""

from __future__ import annotations

import os
import sys

import pytest

from vivavoce.engines.judge.sandbox.limited import _Pump

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot poll pipes")


def test_what_was_written_is_there_although_the_thread_has_not_run() -> None:
    out, into = os.pipe()
    pump = _Pump(out, most=1 << 20)
    with pump._change:  # the thread cannot read now, as on a machine that is too busy to run it
        os.write(into, b"printed")
        assert pump.size == 0
        pump.drain()
        assert pump.take(pump.size) == b"printed"
    os.close(into)
    pump.stop()
    os.close(out)


def test_a_flood_is_read_no_further_than_one_piece_beyond_the_most() -> None:
    out, into = os.pipe()
    pump = _Pump(out, most=10)
    with pump._change:
        os.write(into, b"x" * 60_000)
        pump.drain()
        pump.drain()
        held = pump.size
    assert 10 < held <= 1 << 16
    os.close(into)
    pump.stop()
    os.close(out)


def test_the_end_of_a_pipe_is_noticed() -> None:
    out, into = os.pipe()
    pump = _Pump(out, most=10)
    os.write(into, b"end")
    os.close(into)
    while not pump.holds(3, 0.1):
        pass
    with pytest.raises(EOFError):
        pump.holds(4, 60)
    pump.stop()
    os.close(out)
