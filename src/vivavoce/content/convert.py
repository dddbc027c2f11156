"""File models to domain values. What refers to nothing is left out and reported, so that the domain is consistent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vivavoce.content.schema import ConceptFile, CriterionFile, DisputedFile, FollowUpFile, QuestionFile
from vivavoce.domain.concept import Claim, Concept, Source
from vivavoce.domain.dispute import Dispute
from vivavoce.domain.figure import Figure
from vivavoce.domain.ids import ItemId, LabRef
from vivavoce.domain.question import (
    ALL_MET,
    Binding,
    Criterion,
    FollowUp,
    Misconception,
    Question,
    Sample,
    Status,
)

Dangling = Callable[[tuple[Any, ...], str, str, Iterable[str]], None]
"""Called with the place of a reference, what kind of thing it names, the name, and the names that exist."""


def to_concept(
    concept_id: str, file: ConceptFile, lesson: str, figures: Mapping[str, Figure], pack: str, dangling: Dangling
) -> Concept:
    """The concept; claims lose sources that the concept does not list."""
    claims = {}
    for key, claim in file.claims.items():
        kept = known(claim.sources, file.sources, ("claims", key, "sources"), "source", dangling)
        claims[key] = Claim(claim.says, kept, lab_ref(claim.lab, concept_id, key))
    return Concept(
        id=concept_id,
        title=file.title,
        area=file.area,
        level=file.level.value,
        summary=file.summary,
        prerequisites=tuple(dict.fromkeys(file.prerequisites)),
        lesson=lesson,
        claims=claims,
        sources={key: Source(s.title, s.url, s.at) for key, s in file.sources.items()},
        figures=dict(figures),
        pack=pack,
        draft=file.status is Status.DRAFT,
    )


def to_disputes(concept_id: str, file: DisputedFile, sources: Iterable[str], dangling: Dangling) -> tuple[Dispute, ...]:
    """The disputed sentences of a concept."""
    existing = tuple(sources)
    return tuple(
        Dispute(
            id=key,
            concept=concept_id,
            says=d.says,
            said_by=d.said_by,
            ruling=d.ruling,
            instead=d.instead,
            interview=d.interview,
            lab=lab_ref(d.lab, concept_id, key),
            sources_for=known(d.supports, existing, ("disputed", key, "supports"), "source", dangling),
            sources_against=known(d.opposes, existing, ("disputed", key, "opposes"), "source", dangling),
        )
        for key, d in file.disputed.items()
    )


def lab_ref(text: str | None, concept: str, claim: str) -> LabRef | None:
    """What a `lab:` names; a claim of the same name where it names none. Whether it exists is for lint to say."""
    return LabRef.parse(text, concept, claim) if text else None


def to_question(
    item: ItemId,
    file: QuestionFile,
    sources: Iterable[str],
    figures: Mapping[str, Figure],
    pack: str,
    dangling: Dangling,
) -> Question:
    """The question with its hash."""
    figure = "".join(known((file.figure,) if file.figure else (), figures, ("figure",), "figure", dangling))
    rubric, held = file.rubric, file.misconceptions
    criteria = tuple(_criterion(key, c) for key, c in rubric.items())
    misconceptions = tuple(
        Misconception(
            id=key,
            statement=m.statement,
            correction=m.correction,
            contradicts=known(m.contradicts, rubric, ("misconceptions", key, "contradicts"), "criterion", dangling),
            samples=m.samples,
            lab=lab_ref(m.lab, item.concept, key),
        )
        for key, m in held.items()
    )
    samples = tuple(
        Sample(
            answer=s.answer,
            voice=s.voice,
            meets=known(s.meets, rubric, ("samples", n, "meets"), "criterion", dangling),
            partly=known(s.partly, rubric, ("samples", n, "partly"), "criterion", dangling),
            contradicts=known(s.contradicts, rubric, ("samples", n, "contradicts"), "criterion", dangling),
            holds=known(s.holds, held, ("samples", n, "holds"), "misconception", dangling),
        )
        for n, s in enumerate(file.samples)
    )
    return Question(
        id=item,
        kind=file.kind,
        level=file.level,
        minutes=file.minutes,
        prompt=file.prompt,
        why=file.why,
        criteria=criteria,
        misconceptions=misconceptions,
        model_answer=file.model_answer,
        short_answer=file.short_answer,
        follow_ups=follow_ups(file.follow_ups, rubric, dangling),
        likelihood={str(role): chance for role, chance in file.likelihood.items()},
        sources=known(file.sources, tuple(sources), ("sources",), "source", dangling),
        samples=samples,
        status=file.status,
        graded_hash=graded_hash(file.prompt, criteria, misconceptions),
        pack=pack,
        figure=figure,
    )


def graded_hash(prompt: str, criteria: tuple[Criterion, ...], misconceptions: tuple[Misconception, ...]) -> str:
    """Hash of what grading depends on: prompt, rubric and misconceptions, not their order, `missing` or corrections."""
    graded = {
        "prompt": prompt,
        "rubric": {
            c.id: {
                "statement": c.statement,
                "points": c.points,
                "must_have": c.must_have,
                "paraphrases": c.paraphrases,
                "parts": dict(c.parts),
                "bindings": [[b.about, b.right, b.wrong] for b in c.bindings],
                "forms": c.forms,
            }
            for c in criteria
        },
        "misconceptions": {m.id: [m.statement, m.contradicts, m.samples] for m in misconceptions},
    }
    canonical = json.dumps(graded, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _criterion(key: str, file: CriterionFile) -> Criterion:
    return Criterion(
        id=key,
        statement=file.criterion,
        points=file.points,
        must_have=file.must_have,
        missing=file.missing,
        paraphrases=file.paraphrases,
        parts=dict(file.parts),
        bindings=tuple(Binding(b.about, b.right, b.wrong) for b in file.bindings),
        forms=file.forms,
    )


def follow_ups(files: Iterable[FollowUpFile], rubric: Iterable[str], dangling: Dangling) -> tuple[FollowUp, ...]:
    """Ids are `when-n`, n counted per trigger: a further follow-up at the end renames none before it."""
    criteria = tuple(rubric)
    found: list[FollowUp] = []
    counts: dict[str, int] = {}
    for n, follow in enumerate(files):
        if follow.when != ALL_MET and follow.when not in criteria:
            dangling(("follow_ups", n, "when"), "criterion", follow.when, [*criteria, ALL_MET])
            continue
        counts[follow.when] = counts.get(follow.when, 0) + 1
        own = None
        if follow.when == ALL_MET and follow.criterion:
            own = Criterion(ALL_MET, follow.criterion, 1, True, follow.ask, follow.paraphrases)
        found.append(FollowUp(f"{follow.when}-{counts[follow.when]}", follow.when, follow.ask, follow.answer, own))
    return tuple(found)


def known(
    names: Iterable[str], existing: Iterable[str], at: tuple[Any, ...], kind: str, dangling: Dangling
) -> tuple[str, ...]:
    """The names that exist; the others are handed to `dangling`."""
    there = set(existing)
    kept = []
    for n, name in enumerate(dict.fromkeys(names)):
        if name in there:
            kept.append(name)
        else:
            dangling((*at, n), kind, name, existing)
    return tuple(kept)
