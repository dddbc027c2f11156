"""What a large bank costs: loading cold and warm, searching, the first page; for our bank and one ten times as large.

    .venv/bin/python benchmarks/bank.py [--runs 5] [--times 10]

Processor time of loading and searching, wall time of the page, each the median of fresh processes; cold means that
nothing of the bank is kept, warm that it was loaded before. The targets: warm 300 ms, cold 2 s, a search 20 ms, and ten
times the bank at most twice the time to the first page and of a search. The large bank is ours with copies of every
concept beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from start import first_page  # beside this file

from vivavoce.plugins import core_pack

QUERIES = (
    "attention",
    "vanishng gradient",
    "why does batch norm help",
    "lstm",
    "dropuot at test time",
    "overf",
    "adam",
)
ONE = """
import json, sys, time
from pathlib import Path
from vivavoce.plugins import PackFolder
from vivavoce.services.library import Library
cache, queries, *packs = json.loads(sys.argv[1])
packs = [PackFolder(p, Path(p)) for p in packs]
begin = time.process_time()
shelf = Library(packs, cache=Path(cache)).current()
loaded = time.process_time()
shelf.search.search(queries[0])
first = time.process_time()
times = []
for query in queries * 5:
    start = time.process_time()
    shelf.search.search(query, 30)
    times.append(time.process_time() - start)
print(json.dumps({"load": loaded - begin, "first search": first - loaded, "search": sorted(times)[len(times) // 2],
    "longest search": max(times), "questions": len(shelf.bank.questions), "concepts": len(shelf.bank.concepts)}))
"""
_PREREQUISITES = re.compile(r"^prerequisites: *\[(.*)\]$", re.MULTILINE)


def copies(folder: Path, times: int) -> Path:
    """A pack with `times - 1` copies of every concept of ours, each with its prerequisites within its own copy."""
    ours = core_pack()
    pack = folder / "copies"
    (pack / "concepts").mkdir(parents=True)
    text = (ours / "pack.yaml").read_text("utf-8")
    (pack / "pack.yaml").write_text(re.sub(r"^name:.*$", "name: copies", text, flags=re.MULTILINE), "utf-8")
    for number in map(str, range(2, times + 1)):
        for concept in sorted((ours / "concepts").iterdir()):
            copy = shutil.copytree(concept, pack / "concepts" / f"{concept.name}-{number}")
            page = copy / "concept.md"
            page.write_text(_with_own_prerequisites(page.read_text("utf-8"), number), "utf-8")
    return pack


def _with_own_prerequisites(text: str, number: str) -> str:
    def renamed(match: re.Match[str]) -> str:
        names = [name.strip() for name in match[1].split(",") if name.strip()]
        return f"prerequisites: [{', '.join(f'{name}-{number}' for name in names)}]"

    return _PREREQUISITES.sub(renamed, text)


def measured(cache: Path, packs: Sequence[Path]) -> dict[str, float]:
    """One fresh process."""
    asked = json.dumps([str(cache), QUERIES, *map(str, packs)])
    done = subprocess.run([sys.executable, "-c", ONE, asked], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def page(data: Path, packs: Sequence[Path]) -> float:
    """Wall seconds to the first page with these packs beside ours."""
    command = [sys.executable, "-m", "vivavoce", "--data-dir", str(data), "--no-browser", "--port", "0"]
    os.environ["VIVAVOCE_PACKS"] = os.pathsep.join(map(str, packs))
    return first_page(command)[0]


def one_size(folder: Path, name: str, extra: Sequence[Path], runs: int) -> Mapping[str, float]:
    """Medians for one bank, in seconds."""
    packs, rows, colds = [core_pack(), *extra], [], []
    for _ in range(runs):
        cache = folder / f"{name}-cold"
        shutil.rmtree(cache, ignore_errors=True)
        colds.append(measured(cache, packs)["load"])
        rows.append(measured(cache, packs))
    page(folder / name, extra)  # not counted: it makes the database and the cache
    pages = [page(folder / name, extra) for _ in range(runs)]
    result = {key: statistics.median(row[key] for row in rows) for key in rows[0]}
    return result | {"cold": statistics.median(colds), "page": statistics.median(pages)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = one_size(folder, "ours", [], options.runs)
        large = one_size(folder, "large", [copies(folder, options.times)], options.runs)
    print(f"{'':32}{'ours':>10}{f'{options.times} times':>10}{'ratio':>8}")
    for key in ("concepts", "questions"):
        print(f"{key:32}{ours[key]:>10,.0f}{large[key]:>10,.0f}{large[key] / ours[key]:>8.1f}")
    rows = {
        "cold": "load, cold (target 2 s)",
        "load": "load, warm (target 300 ms)",
        "first search": "first search after it",
        "search": "search, median (target 20 ms)",
        "longest search": "search, longest",
        "page": "process start to first page",
    }
    for key, title in rows.items():
        print(f"{title:32}{1e3 * ours[key]:>7.1f} ms{1e3 * large[key]:>7.1f} ms{large[key] / ours[key]:>8.2f}")


if __name__ == "__main__":
    main()
