"""The trusted half of a child, against one that says anything at all."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.security.support import stopped
from vivavoce.domain.exercise import Limits, Outcome
from vivavoce.engines.judge.base import Request
from vivavoce.engines.judge.sandbox import client, wire
from vivavoce.engines.judge.sandbox.client import ChildClient, Exit


class Liar:
    """A process that answers each question with a message made by `answer` from the question's nonce."""

    def __init__(self, answer: Callable[[str], list[Any] | bytes] | None = None, ended: Exit | None = None) -> None:
        self.answer, self.exit = answer, ended
        self.incoming = b""
        self.killed = False
        self.cpu, self.resident, self.printed = 0.0, 50 << 20, b""

    def send(self, data: bytes, tick: Callable[[], None]) -> None:
        tree_size, _ = wire.HEADER.unpack(data[:12])
        nonce = wire.Decoder(function=int, layouts=True).message(data[12 : 12 + tree_size], data[12 + tree_size :])[1]
        if self.answer is not None:
            said = self.answer(nonce)
            self.incoming += said if isinstance(said, bytes) else Teller().frame(said)

    def receive(self, count: int, tick: Callable[[], None]) -> bytes:
        tick()
        if len(self.incoming) < count:
            raise EOFError
        taken, self.incoming = self.incoming[:count], self.incoming[count:]
        return taken

    def unread(self) -> bool:
        return bool(self.incoming)

    def output(self) -> bytes:
        taken, self.printed = self.printed, b""
        return taken

    def cpu_s(self) -> float:
        return self.cpu

    def rss(self) -> int:
        return self.resident

    def kill(self) -> None:
        self.killed = True

    def wait(self, timeout_s: float) -> bool:
        return True

    def ended(self) -> Exit | None:
        return self.exit


class Teller(wire.Encoder):
    """Writes every tag that there is."""

    def __init__(self) -> None:
        super().__init__(layouts=False)

    def other(self, value: Any, depth: int) -> wire.Node:
        return ["h", 0, "T\u202e"] if value is Ellipsis else ["T", "float32", False, *self.array(np.ones(2))]


def ask(process: Liar, *args: Any, **kwargs: Any) -> Any:
    return ChildClient(process, Limits(), **kwargs).ask(Request("call", "f", args))


HOSTILE: dict[str, Callable[[str], list[Any] | bytes]] = {
    "no nonce": lambda n: ["value"],
    "another nonce": lambda n: ["value", "0" * 16, None, None],
    "an array for a nonce": lambda n: ["value", np.array(["x"] * 0 or [1, 2]), None, None],
    "a value without its echo": lambda n: ["value", n, None],
    "an unknown kind": lambda n: ["passed", n, True],
    "a verdict": lambda n: ["value", n, None, None, "passed"],
    "raised with arrays": lambda n: ["raised", n, np.ones(2), np.ones(2), np.ones(2), np.ones(2)],
    "raised without parts": lambda n: ["raised", n],
    "missing with a number": lambda n: ["missing", n, 3],
    "exited with too little": lambda n: ["exited", n, "SystemExit"],
    "loaded when asked": lambda n: ["loaded", n],
    "a call of nothing": lambda n: ["call", n, 0, (), {}],
    "a call with an array for a number": lambda n: ["call", n, np.ones(2), (), {}],
    "a call with numbers for names": lambda n: ["call", n, 0, (), {1: 2}],
    "a frame too large": lambda n: wire.HEADER.pack(wire.MAX_TREE + 1, 0),
    "buffers too large": lambda n: wire.HEADER.pack(2, wire.MAX_BUFFERS + 1),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_answer_that_is_none_ends_the_child(name: str) -> None:
    process = Liar(HOSTILE[name])
    error = stopped(None, lambda: ask(process))  # type: ignore[arg-type]
    assert error.outcome is Outcome.PROTOCOL_ERROR
    assert process.killed


PARTS: list[Any] = [None, True, 0, -1, 1 << 80, 1.5, float("nan"), 2j, "", "x\u202e\x1b", (), [], {}, {1: 2}, {"a": ()}]
PARTS += [np.ones(2), np.array("x" == "y"), np.float32(1), np.zeros((0, 3)), ..., object(), {1, "a"}, [[np.ones(3)]]]
KINDS = ["value", "raised", "exited", "missing", "unfit", "loaded", "call", "", "\x00"]


def test_whatever_a_child_says_the_judge_gets_a_value_or_a_reason() -> None:
    rng = random.Random(7)
    outcomes, texts = set(), []
    for _ in range(4000):
        message = [rng.choice(KINDS), *rng.choices(PARTS, k=rng.randrange(6))]
        if rng.random() < 0.3:  # nearly right
            message = ["raised", "ValueError", "text\x1b", "Traceback\u202e", 3]
            message[rng.randrange(len(message))] = rng.choice(PARTS)

        def answer(nonce: str, message: list[Any] = message) -> list[Any]:
            return [message[0], nonce if rng.random() < 0.9 else rng.choice(PARTS), *message[1:]]

        try:
            ask(Liar(answer), lambda *a, **k: rng.choice(PARTS[:12]))
        except client.StoppedError as error:
            outcomes.add(error.outcome)
            texts.append(error.message + error.traceback)
        else:
            outcomes.add(None)
    assert {None, Outcome.PROTOCOL_ERROR, Outcome.RAISED, Outcome.EXITED_EARLY, Outcome.MISSING} <= outcomes
    assert not [text for text in texts if "\x1b" in text or "\u202e" in text]


def test_something_said_before_a_question_is_no_answer() -> None:
    process = Liar(lambda n: ["value", n, 1, None])
    process.incoming = b"x"
    error = stopped(None, lambda: ask(process))  # type: ignore[arg-type]
    assert (error.outcome, error.message) == (Outcome.PROTOCOL_ERROR, "It sent something before it was asked.")


MIB = 1 << 20
ENDS = {
    "exit": (Exit(None, 0.1, 60 * MIB), Outcome.EXITED_EARLY),
    "segmentation fault": (Exit(signal.SIGSEGV, 0.1, 60 * MIB), Outcome.CRASHED),
    "forbidden call": (Exit(signal.SIGSYS, 0.1, 60 * MIB), Outcome.CRASHED),
    "processor time of the kernel's limit": (Exit(signal.SIGXCPU, 600.0, 60 * MIB), Outcome.CPU_LIMIT),
    "killed while large": (Exit(signal.SIGKILL, 0.1, 600 * MIB), Outcome.MEMORY_LIMIT),
    "killed while small": (Exit(signal.SIGKILL, 0.1, 60 * MIB), Outcome.CRASHED),
    "a signal without a name": (Exit(40, 0.1, 60 * MIB), Outcome.CRASHED),
    "nobody can tell": (None, Outcome.SANDBOX_ERROR),
}


@pytest.mark.parametrize("name", ENDS)
def test_the_way_a_child_ended_decides_the_outcome(name: str) -> None:
    ended, outcome = ENDS[name]
    error = stopped(None, lambda: ask(Liar(ended=ended)))  # type: ignore[arg-type]
    assert error.outcome is outcome


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"cpu": 4.1}, Outcome.CPU_LIMIT),
        ({"resident": (50 + 513) << 20}, Outcome.MEMORY_LIMIT),
        ({"printed": b"x" * (64 * 64 * 1024 + 1)}, Outcome.OUTPUT_LIMIT),
    ],
    ids=["processor", "memory", "output"],
)
def test_a_limit_that_is_passed_while_waiting_stops_it(change: dict[str, Any], outcome: Outcome) -> None:
    process = Liar()

    def use(nonce: str) -> bytes:
        vars(process).update(change)
        return b""

    process.answer = use
    error = stopped(None, lambda: ask(process))  # type: ignore[arg-type]
    assert error.outcome is outcome
    assert process.killed


def test_a_verdict_stands_whatever_the_teardown_does() -> None:
    process = Liar(lambda n: ["value", n, 1, None])
    child = ChildClient(process, Limits())
    assert child.ask(Request("call", "f")).value == 1
    process.exit = None
    child.close()
    child.close()
    assert not child.alive
    error = stopped(child, lambda: child.ask(Request("call", "f")))
    assert error.outcome is Outcome.SANDBOX_ERROR
