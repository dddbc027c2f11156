"""Our own bank keeps our own rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivavoce.content.bank import LoadedBank, load_bank
from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint import LintContext, check
from vivavoce.content.lint.report import render
from vivavoce.domain.concept import CLAIM_MARK
from vivavoce.domain.question import Kind, Level, Status

CONTENT = Path(__file__).parents[2] / "content"
FOUNDING_CONCEPTS = {
    "what-is-deep-learning",
    "neuron",
    "model-components",
    "deep-vs-shallow",
    "data-types",
    "supervised-unsupervised",
    "why-deep-learning-now",
    "applications",
    "choosing-an-architecture",
    "loss-functions",
    "gradient-descent",
    "epochs-and-batches",
    "backpropagation",
    "activation-functions",
    "weight-initialization",
    "vanishing-exploding-gradients",
    "data-normalization",
    "batch-normalization",
    "optimizers",
    "hyperparameter-tuning",
    "training-speed",
    "loss-not-decreasing",
    "overfitting-underfitting",
    "l1-l2-regularization",
    "dropout",
    "early-stopping",
    "data-augmentation",
    "other-regularizers",
    "classification-metrics",
    "regression-metrics",
    "cross-validation",
    "imbalanced-data",
    "categorical-encoding",
    "cnn",
    "face-recognition",
    "transfer-learning",
    "rnn",
    "lstm-gru",
    "word-embeddings",
    "attention",
    "transformer",
    "sequence-to-sequence",
    "autoencoder",
    "gan",
    "boltzmann-machine",
    "bayesian-deep-learning",
    "capsule-networks",
    "graph-neural-networks",
    "deep-q-networks",
    "self-supervised-and-meta-learning",
    "interpretability",
    "bias-and-fairness",
    "ethics-and-privacy",
    "deployment",
    "frameworks",
}
"""What the first edition must hold."""
WANTED = {"C008", "C012", "C013", "C014"}
"""Warnings that our own bank does not leave: spread, spelling, length, second reader."""


@pytest.fixture(scope="module")
def loaded() -> LoadedBank:
    return load_bank([CONTENT])


@pytest.fixture(scope="module")
def findings(loaded: LoadedBank) -> tuple[Diagnostic, ...]:
    """Of all rules but those that grade answers, compare meanings or run code: `python3 tasks.py content` has those."""
    return check(LintContext(loaded))


def test_our_content_has_no_errors(findings: tuple[Diagnostic, ...]) -> None:
    found = [d for d in findings if d.severity is Severity.ERROR]
    assert found == [], "\n" + render(found, CONTENT)


def test_our_content_leaves_no_warning_that_a_reader_would_notice(findings: tuple[Diagnostic, ...]) -> None:
    assert [d.render(CONTENT) for d in findings if d.code in WANTED] == []


def test_the_whole_founding_syllabus_is_there_and_ready(loaded: LoadedBank) -> None:
    assert len(FOUNDING_CONCEPTS) == 55
    assert {c.id for c in loaded.bank.concepts.values() if not c.draft} >= FOUNDING_CONCEPTS


def test_there_are_at_least_250_questions_of_every_kind_and_level(loaded: LoadedBank) -> None:
    ready = [q for q in loaded.bank.questions.values() if q.status is Status.READY]
    assert len(ready) >= 250
    assert {q.kind for q in ready} == set(Kind)
    for concept in FOUNDING_CONCEPTS:
        mine = [q for q in ready if q.id.concept == concept]
        assert len(mine) >= 4, concept
        assert {q.level for q in mine} == set(Level), concept


def test_every_question_of_ours_can_be_missed_and_met_on_every_criterion(loaded: LoadedBank) -> None:
    # Said again without the lint rule: the samples are what the grader is trained and measured on.
    for question in loaded.bank.questions.values():
        if question.estimate is not None:
            continue  # graded by its numbers: Q121, Q122 and their own tests try them
        for criterion in question.criteria:
            met = [s for s in question.samples if criterion.id in s.meets]
            missed = [s for s in question.samples if criterion.id not in s.meets and criterion.id not in s.partly]
            assert len(met) >= 4, (question.id, criterion.id)
            assert len(missed) >= 4, (question.id, criterion.id)


def test_every_model_answer_of_ours_shows_its_evidence(loaded: LoadedBank) -> None:
    ready = [q for q in loaded.bank.questions.values() if q.status is Status.READY]
    assert [str(q.id) for q in ready if not CLAIM_MARK.search(q.model_answer)] == []
