"""The file of a question whose numbers are drawn to a `Question`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from vivavoce.content.convert import Dangling, follow_ups, known
from vivavoce.content.estimate_schema import EstimateFile
from vivavoce.domain.estimate import Estimate, Slip, Step, symbolic
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Criterion, FollowUp, Kind, Misconception, Question

LEFT_OUT = "Your answer does not show this step."
"""What is said of a step without its number, until the number of the result says more."""


def to_estimate(item: ItemId, file: EstimateFile, sources: Iterable[str], pack: str, dangling: Dangling) -> Question:
    """The question with names in place of numbers, and what is needed to draw some."""
    asked = follow_ups(file.follow_ups, file.steps, dangling)
    steps = tuple(Step(key, s.says, s.value, s.unit, s.points, s.within) for key, s in file.steps.items())
    slips = tuple(Slip(key, s.value, s.says, s.instead) for key, s in file.slips.items())
    estimate = Estimate(
        numbers={name: tuple(values) for name, values in file.numbers.items()},
        only_when=file.only_when,
        steps=steps,
        slips=slips,
        texts=_texts(file, steps, slips, asked),
    )
    result = estimate.result.id
    return Question(
        id=item,
        kind=Kind.ESTIMATE,
        level=file.level,
        minutes=file.minutes,
        prompt=symbolic(file.prompt),
        why=symbolic(file.why),
        criteria=tuple(
            Criterion(step.id, symbolic(step.says), step.points, step.id == result, LEFT_OUT) for step in steps
        ),
        misconceptions=tuple(
            Misconception(slip.id, symbolic(slip.says), symbolic(slip.instead), (result,)) for slip in slips
        ),
        model_answer=symbolic(file.model_answer),
        short_answer=symbolic(file.short_answer),
        follow_ups=tuple(_symbolic(follow) for follow in asked),
        likelihood={str(role): chance for role, chance in file.likelihood.items()},
        sources=known(file.sources, tuple(sources), ("sources",), "source", dangling),
        samples=(),
        status=file.status,
        graded_hash=_hash(file.prompt, estimate),
        pack=pack,
        estimate=estimate,
    )


def _texts(
    file: EstimateFile, steps: tuple[Step, ...], slips: tuple[Slip, ...], asked: tuple[FollowUp, ...]
) -> dict[str, str]:
    """Every text that may hold marks, by the place that `vivavoce.domain.drawn` puts it."""
    texts = {
        "prompt": file.prompt,
        "why": file.why,
        "model_answer": file.model_answer,
        "short_answer": file.short_answer,
    }
    texts |= {f"{step.id}.says": step.says for step in steps}
    for slip in slips:
        texts |= {f"{slip.id}.slip": slip.says, f"{slip.id}.instead": slip.instead}
    for follow in asked:
        texts |= {f"{follow.id}.ask": follow.ask, f"{follow.id}.answer": follow.answer}
        if follow.criterion is not None:
            texts[f"{follow.id}.criterion"] = follow.criterion.statement
            texts |= {f"{follow.id}.paraphrase-{n}": text for n, text in enumerate(follow.criterion.paraphrases)}
    return texts


def _symbolic(follow: FollowUp) -> FollowUp:
    own = follow.criterion
    if own is not None:
        own = Criterion(
            own.id,
            symbolic(own.statement),
            own.points,
            True,
            symbolic(own.missing),
            tuple(map(symbolic, own.paraphrases)),
        )
    return FollowUp(follow.id, follow.when, symbolic(follow.ask), symbolic(follow.answer), own)


def _hash(prompt: str, estimate: Estimate) -> str:
    """Hash of what grading depends on. Which numbers can be drawn is no part of it: those drawn are kept."""
    graded = {
        "prompt": prompt,
        "steps": [[s.id, s.value, s.unit, s.points, s.within] for s in estimate.steps],
        "slips": {s.id: s.value for s in estimate.slips},
    }
    canonical = json.dumps(graded, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
