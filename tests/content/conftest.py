"""Packs made for one test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

PACK = {"name": "test-pack", "title": "Test", "version": "1", "licence": "CC0-1.0", "description": "A pack."}
CONCEPT = {"title": "Dropout", "area": "regularization", "level": "basic", "summary": "Units are dropped at random."}
QUESTION = {
    "kind": "explain",
    "level": "basic",
    "minutes": 2,
    "prompt": "Why are the kept units scaled?",
    "why": "It shows who has implemented it.",
    "rubric": {
        "scale": {
            "points": 2,
            "must_have": True,
            "criterion": "Kept units are scaled so that the expected input of the next layer stays the same.",
            "missing": "What happens to the size of the signal?",
        }
    },
    "model_answer": "They are scaled to keep the expectation.",
    "short_answer": "To keep the expectation.",
}

Writer = Callable[..., Path]


def concept_text(lesson: str = "A unit that is dropped is set to zero.", **keys: Any) -> str:
    return f"---\n{yaml.safe_dump({**CONCEPT, **keys}, sort_keys=False)}---\n{lesson}\n"


def question_text(**keys: Any) -> str:
    return yaml.safe_dump({**QUESTION, **keys}, sort_keys=False)


@pytest.fixture
def write_pack(tmp_path: Path) -> Writer:
    """`write_pack({path: text}, name="pack")`: a pack's folder with these files, and `pack.yaml` unless given."""

    def write(files: Mapping[str, str | bytes], name: str = "pack") -> Path:
        root = tmp_path / name
        pack = yaml.safe_dump({**PACK, "name": name.replace("_", "-")})
        for path, text in {"pack.yaml": pack, **files}.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        (root / "concepts").mkdir(exist_ok=True)
        return root

    return write


@pytest.fixture
def concept() -> Callable[..., str]:
    return concept_text


@pytest.fixture
def question() -> Callable[..., str]:
    return question_text


@pytest.fixture
def small_pack(write_pack: Writer) -> Path:
    """Three concepts, gradient-descent before dropout and attention, with four questions."""
    base = "concepts/"
    return write_pack(
        {
            base + "gradient-descent/concept.md": concept_text(
                "A step goes against the gradient.",
                title="Gradient descent",
                area="training",
                summary="Steps against the gradient.",
            ),
            base + "gradient-descent/questions/what-is-it.yaml": question_text(prompt="What is gradient descent?"),
            base + "dropout/concept.md": concept_text(prerequisites=["gradient-descent"]),
            base + "dropout/questions/why-scale.yaml": question_text(level="intermediate"),
            base + "dropout/questions/how-it-works.yaml": question_text(prompt="How does dropout work?"),
            base + "dropout/questions/at-test-time.yaml": question_text(
                prompt="What happens at test time?", level="advanced", kind="debug"
            ),
            base + "attention/concept.md": concept_text(
                "The naïve cost is quadratic.",
                title="Attention",
                area="sequences",
                level="advanced",
                summary="A weighted mean of values.",
                prerequisites=["dropout"],
            ),
        }
    )
