"""How well the grader grades what it has never seen: `python benchmarks/grading.py [--json] [--blind FILE]`.

Sets: whole concepts kept from training (every voice), voices kept from training (in the other concepts), concepts
that were written later, and answers by other authors (`data/blind.yaml`), with how well two raters of these agree.
Beside the grader stand three baselines: always the more frequent verdict, share of the reference's words, and cosine to
the nearest reference, each with the threshold that is best on the training answers. Every interval is 95 %, from
resampling whole questions. The format of a blind file is in docs/explanation/grading.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from grading_probes import SEED, Bench, Decision, attacked, milliseconds, share, span_hits

from vivavoce.content.bank import load_bank
from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Question
from vivavoce.engines.grader.features import FEATURES
from vivavoce.engines.grader.head import load_head
from vivavoce.engines.grader.training.examples import CONTRADICTED, MET, MISSED, label_of
from vivavoce.engines.grader.training.figures import (
    Figure,
    calibration_error,
    f1,
    kappa,
    macro_f1,
    precision,
    recall,
    with_interval,
)
from vivavoce.engines.grader.training.split import HELD_OUT_CONCEPTS, HELD_OUT_VOICES

CONTENT = Path(__file__).parents[1] / "content"
BLIND = Path(__file__).parent / "data" / "blind.yaml"
Rows = npt.NDArray[np.int64]


def samples_of(question: Question, voices: frozenset[str] | None = None) -> list[tuple[str, str, dict[str, str]]]:
    return [
        (s.voice, s.answer, {c.id: label_of(c.id, s) for c in question.criteria})
        for s in question.samples
        if voices is None or s.voice in voices
    ]


def sided(decision: Decision) -> str:
    """Met, missed or contradicted; an open verdict counts as its more probable side."""
    verdict = decision.verdict
    if verdict.kind is VerdictKind.UNSURE:
        return MET if verdict.probability >= 0.5 else MISSED
    return MISSED if verdict.kind is VerdictKind.PARTLY else verdict.kind.value


def figures(decisions: Sequence[Decision], baselines: Mapping[str, Mapping[str, float]]) -> dict[str, Figure]:
    """Everything about one set of decisions."""
    clusters = [d.question for d in decisions]
    truth = np.array([d.truth == MET for d in decisions])
    three = np.array([d.truth if d.truth in (MET, CONTRADICTED) else MISSED for d in decisions])
    told = np.array([sided(d) for d in decisions])
    said = told == MET
    decided = np.array([d.verdict.kind is not VerdictKind.UNSURE for d in decisions])
    probability = np.array([d.verdict.probability for d in decisions])
    against = told == CONTRADICTED
    measures: dict[str, Callable[[Rows], float]] = {
        "macro-F1": lambda i: macro_f1(truth[i], said[i]),
        "precision of met": lambda i: precision(truth[i], said[i]),
        "recall of met": lambda i: recall(truth[i], said[i]),
        "F1 of met": lambda i: f1(truth[i], said[i]),
        "Cohen's kappa": lambda i: kappa(truth[i], said[i]),
        "macro-F1, three verdicts": lambda i: macro_f1(three[i], told[i]),
        "precision of contradicted": lambda i: precision(three[i] == CONTRADICTED, against[i]),
        "recall of contradicted": lambda i: recall(three[i] == CONTRADICTED, against[i]),
        "calibration error": lambda i: calibration_error(truth[i], probability[i]),
        "share unsure": lambda i: float(1.0 - decided[i].mean()),
        "macro-F1, decided only": lambda i: macro_f1(truth[i][decided[i]], said[i][decided[i]]),
        "precision of met, decided": lambda i: precision(truth[i][decided[i]], said[i][decided[i]]),
        "recall of met, decided": lambda i: recall(truth[i][decided[i]], said[i][decided[i]]),
        "baseline: always the majority": lambda i: macro_f1(truth[i], np.zeros(len(i), dtype=bool)),
    }
    overlap = np.array([d.covered for d in decisions]) >= baselines["covered"]["from"]
    cosine = np.array([d.cosine for d in decisions]) >= baselines["cosine"]["from"]
    measures["baseline: token overlap"] = lambda i: macro_f1(truth[i], overlap[i])
    measures["baseline: plain cosine"] = lambda i: macro_f1(truth[i], cosine[i])
    measures["ahead of token overlap by"] = lambda i: macro_f1(truth[i], said[i]) - macro_f1(truth[i], overlap[i])
    measures["ahead of plain cosine by"] = lambda i: macro_f1(truth[i], said[i]) - macro_f1(truth[i], cosine[i])
    return {name: with_interval(measure, clusters, SEED) for name, measure in measures.items()}


def false_passes(decisions: Sequence[Decision]) -> dict[str, Figure]:
    """By voice: the share of criteria that were not met and were called met."""
    out = {}
    for voice in sorted({d.voice for d in decisions}):
        mine = [d for d in decisions if d.voice == voice and d.truth != MET]
        if mine:
            out[voice] = share([d.verdict.kind is VerdictKind.MET for d in mine], [d.question for d in mine])
    return out


def blind_decisions(bench: Bench, questions: Mapping[ItemId, Question], path: Path) -> list[Decision]:
    """Answers of other authors: a list of {item, answer, labels: {criterion: met|partly|missed|contradicted}}."""
    by_question: dict[ItemId, list[tuple[str, str, Mapping[str, str]]]] = {}
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        item = ItemId.parse(entry["item"])
        if item not in questions:
            raise SystemExit(f"{path}: no item {item} in the bank")
        labels = {c.id: entry["labels"].get(c.id, MISSED) for c in questions[item].criteria}
        by_question.setdefault(item, []).append((entry.get("voice", "blind"), entry["answer"], labels))
    return [d for item, answers in by_question.items() for d in bench.decisions(questions[item], answers)]


def rater_agreement(path: Path) -> float | None:
    """Cohen's kappa of the writer's labels and the second rater's, met against not; None without a second rater."""
    entries = [e for e in yaml.safe_load(path.read_text(encoding="utf-8")) if "second" in e]
    pairs = [(e["labels"][c] == MET, e["second"][c] == MET) for e in entries for c in e["labels"]]
    return kappa(np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])) if pairs else None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")
    parser.add_argument("--blind", type=Path, default=BLIND, help="independently written and labelled answers")
    parser.add_argument("--bank", type=Path, default=CONTENT, help="folder of the pack")
    options = parser.parse_args(arguments)
    # Estimates with drawn numbers are graded by their numbers, without the model that is measured here.
    questions = {q.id: q for q in load_bank([options.bank]).bank.questions.values() if q.estimate is None}
    learned = load_head(FEATURES).learned
    trained = set(learned["concepts"])
    bench = Bench()
    kept = [q for q in questions.values() if q.id.concept in HELD_OUT_CONCEPTS]
    rest = [q for q in questions.values() if q.id.concept in trained]
    sets = {
        "concepts never seen": [d for q in kept for d in bench.decisions(q, samples_of(q))],
        "voices never seen": [d for q in rest for d in bench.decisions(q, samples_of(q, HELD_OUT_VOICES))],
    }
    fresh = [q for q in questions.values() if q.id.concept not in trained | HELD_OUT_CONCEPTS]
    if fresh:
        sets["concepts written after training"] = [d for q in fresh for d in bench.decisions(q, samples_of(q))]
    sets["blind answers"] = blind_decisions(bench, questions, options.blind)
    report: dict[str, Any] = {
        "sets": {
            name: {
                "questions": len({d.question for d in found}),
                "decisions": len(found),
                "figures": figures(found, learned["baselines"]),
                "false passes": false_passes(found),
            }
            for name, found in sets.items()
        },
        "raters": rater_agreement(options.blind),
        "attacks": false_passes(attacked(bench, kept)),
        "span hit": span_hits(bench, kept),
        "cpu ms": milliseconds(kept),
    }
    if options.json:
        print(json.dumps(report, default=asdict, indent=1))
    else:
        _print(report)
    return 0


def _print(report: Mapping[str, Any]) -> None:
    for name, found in report["sets"].items():
        print(f"\n{name}: {found['questions']} questions, {found['decisions']} decisions")
        _table(found["figures"])
        print("  called met though it is not, by voice:")
        _table(found["false passes"])
    print(f"\nthe two raters of the blind answers agree with kappa {report['raters']:.3f} (an upper bound: one school)")
    print("\nattacks on the concepts never seen, share of criteria called met:")
    _table(report["attacks"])
    print(f"\nevidence lies in the right words (of those met): {report['span hit']}")
    cpu = report["cpu ms"]
    print(f"CPU: load {cpu['load']:.0f} ms; 150 words x 6 criteria: {cpu['median']:.0f} ms, ", end="")
    print(f"{cpu['first']:.0f} ms with a rubric not seen before")


def _table(rows: Mapping[str, Figure]) -> None:
    for name, figure in rows.items():
        print(f"    {name:32} {figure}")


if __name__ == "__main__":
    sys.exit(main())
