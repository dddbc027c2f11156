"""`python -m vivavoce.services.train_grader`: the bank's labelled answers to the grader's head.

Needs the development tools (scikit-learn). Some concepts and voices are kept from training, see
`vivavoce.engines.grader.training.split`; `benchmarks/grading.py` reports on them.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from vivavoce.content.bank import load_bank
from vivavoce.domain.question import Question
from vivavoce.engines.grader.encoder.model import Encoder
from vivavoce.engines.grader.head import PATH
from vivavoce.engines.grader.training.examples import Example, examples_of
from vivavoce.engines.grader.training.split import HELD_OUT_CONCEPTS, is_held_out
from vivavoce.engines.grader.training.train import train

SEED = 7


def training_rows(questions: Sequence[Question], seed: int, jobs: int) -> list[Example]:
    """Every row that may be trained on, in the order of the questions."""
    sentences = [q for q in questions if q.estimate is None]  # numbers are graded without a model
    seen = [_without_held_out(q) for q in sentences if q.id.concept not in HELD_OUT_CONCEPTS]
    with ProcessPoolExecutor(jobs) as pool:
        return [row for found in pool.map(partial(_examples, seed=seed), seen) for row in found]


def _without_held_out(question: Question) -> Question:
    kept = tuple(s for s in question.samples if not is_held_out(question.id.concept, s.voice))
    return dataclasses.replace(question, samples=kept)


def _examples(question: Question, seed: int) -> list[Example]:
    return examples_of(question, Encoder(), seed)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bank", type=Path, default=Path("content"), help="folder of the pack (default: content)")
    parser.add_argument("--target", type=Path, default=PATH, help="where to write (default: into the package)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=2, help="processes that read answers (default: 2)")
    options = parser.parse_args(arguments)
    loaded = load_bank([options.bank])
    questions = list(loaded.bank.questions.values())
    if not questions:
        print(f"Error: no questions in {options.bank}; --bank takes the folder with pack.yaml", file=sys.stderr)
        return 1
    started = time.monotonic()
    rows = training_rows(questions, options.seed, options.jobs)
    print(f"{len(questions)} questions, {len(rows)} rows in {time.monotonic() - started:.0f} s", flush=True)
    head = train(rows, options.seed, lambda line: print(line, flush=True), options.jobs)
    options.target.write_text(json.dumps(head, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{options.target}: {options.target.stat().st_size:,} bytes after {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
