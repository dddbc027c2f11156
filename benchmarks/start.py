"""How long from process start to the first page, beside a bare web application started the same way.

    .venv/bin/python benchmarks/start.py [--runs 7]

Machines differ and are busy; quote the ratio. Both are measured in turn, on a warm disk (one uncounted run each).
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

BARE = """
import socket, uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
listening = socket.socket(); listening.bind(("127.0.0.1", 0)); listening.listen()
print(f"at http://127.0.0.1:{listening.getsockname()[1]}/", flush=True)
app = Starlette(routes=[Route("/", lambda request: PlainTextResponse("hello"))])
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])
"""


def first_page(command: Sequence[str]) -> tuple[float, int]:
    """Wall seconds from process start to the whole first page, and its size in bytes."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            found = re.search(r"http://127\.0\.0\.1:\d+/\S*", line)
            if found:
                break
        else:
            raise SystemExit(f"{command[:3]} printed no address")
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(found.group(), timeout=60) as response:
            body = response.read()
        return time.perf_counter() - started, len(body)
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs: int = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        data = str(Path(folder) / "data")
        ours = [sys.executable, "-m", "vivavoce", "--data-dir", data, "--no-browser", "--port", "0"]
        bare = [sys.executable, "-c", BARE]
        first_page(ours)
        first_page(bare)
        pairs = [(first_page(ours), first_page(bare)) for _ in range(runs)]
    for name, times in (("vivavoce", [a[0] for a, _ in pairs]), ("bare Starlette", [b[0] for _, b in pairs])):
        print(f"{name:15} median {statistics.median(times):.2f} s   ({min(times):.2f} to {max(times):.2f}, n={runs})")
    ratios = [a[0] / b[0] for a, b in pairs]
    print(f"{'ratio':15} median {statistics.median(ratios):.2f}     ({min(ratios):.2f} to {max(ratios):.2f})")
    print(f"first page: {pairs[0][0][1]:,} bytes")


if __name__ == "__main__":
    main()
