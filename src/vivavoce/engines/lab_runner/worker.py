"""The process that measures: `python worker.py`, one JSON record a line on its standard input and output.

Started as a file, not as a module, so that it imports nothing of ours: what it knows of a lab is in the first record.
A lab is trusted like any installed code: it comes with the bank, and runs with the rights of its reader.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import math
import os
import random
import signal
import sys
import time
import traceback
from typing import Any


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that runs us: it keeps what is there
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a lab prints must not look like a reply
    sys.path.pop(0)  # our own folder, put there because this is a script
    lab = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "lab" in request:
                lab = _Lab(request)
                reply: dict[str, Any] = {"ready": True}
            else:
                assert lab is not None
                reply = lab.illustrate() if "illustrate" in request else lab.measure(request["seeds"])
        except Exception as error:
            shown = traceback.format_exception(error)
            reply = {"error": f"{type(error).__name__}: {error}", "trace": "".join(shown)[-4000:]}
        print(json.dumps(reply), file=replies, flush=True)


class _Lab:
    """A lab that is loaded, with its settings."""

    def __init__(self, request: dict[str, Any]) -> None:
        self.settings = request["settings"]
        self.batched = request["batched"]
        spec = importlib.util.spec_from_file_location("lab", request["lab"])
        if spec is None or spec.loader is None:
            raise ImportError(f"{request['lab']} cannot be loaded")
        module = importlib.util.module_from_spec(spec)
        sys.modules["lab"] = module  # dataclasses and pickles of a lab look their module up
        _single_thread()
        spec.loader.exec_module(module)
        _single_thread()
        self.module = module

    def measure(self, seeds: list[int]) -> dict[str, Any]:
        _seed(seeds[0])
        started = time.process_time()
        if self.batched:
            found = self.module.measure_batch(seeds, **self.settings)
        else:
            found = [self.module.measure(seed, **self.settings) for seed in seeds]
        spent = time.process_time() - started
        if len(found) != len(seeds):
            raise ValueError(f"measured {len(seeds)} seeds and gave {len(found)} values")
        return {"values": [_numbers(values) for values in found], "seconds": spent / len(seeds)}

    def illustrate(self) -> dict[str, Any]:
        if not hasattr(self.module, "illustrate"):
            return {"illustrations": []}
        _seed(0)
        return {"illustrations": _words_for_infinity(self.module.illustrate(0, **self.settings))}


def _seed(seed: int) -> None:
    """Every shared generator, so that a lab that forgets one still gives the same numbers for the same seed."""
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(seed)


def _single_thread() -> None:
    """One thread: small labs get up to ten times slower with more."""
    if "torch" in sys.modules:
        torch = sys.modules["torch"]
        torch.set_num_threads(1)
        torch.set_flush_denormal(True)
        with contextlib.suppress(RuntimeError):  # may be set once only
            torch.set_num_interop_threads(1)


def _numbers(values: Any) -> Any:
    """Values of NumPy and PyTorch as plain numbers."""
    if isinstance(values, dict):
        return {str(key): _numbers(value) for key, value in values.items()}
    return _words_for_infinity(float(values))


def _words_for_infinity(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _words_for_infinity(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_words_for_infinity(inner) for inner in value]
    if hasattr(value, "tolist"):
        return _words_for_infinity(value.tolist())
    if isinstance(value, float) and not math.isfinite(value):
        return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"
    return value


if __name__ == "__main__":
    main()
