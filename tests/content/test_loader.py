"""From folders to the domain, with every diagnostic."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from vivavoce.content.bank import load_bank
from vivavoce.content.files import MAX_BYTES
from vivavoce.domain.concept import Claim, Concept, Source
from vivavoce.domain.ids import ItemId, LabRef
from vivavoce.domain.question import Binding, Criterion, FollowUp, Kind, Level, Misconception, Question, Sample, Status

Writer = Callable[..., Path]
Text = Callable[..., str]

CONCEPT = "concepts/dropout/concept.md"
QUESTION = "concepts/dropout/questions/why-scale.yaml"


def printed(folder: Path) -> list[str]:
    return [d.render(folder, width=1000) for d in load_bank([folder]).diagnostics]


def test_a_concept_is_read_whole(write_pack: Writer) -> None:
    folder = write_pack(
        {
            CONCEPT: """---
title: Dropout
area: regularization
level: intermediate
summary: Units are dropped at random.
prerequisites: [backpropagation, backpropagation]
claims:
  scale:
    says: Scaling keeps the expectation.
    sources: [srivastava-2014]
    lab: keep_rate
sources:
  srivastava-2014: {title: Dropout, url: "https://jmlr.org/x", at: section 10}
---

## Scaling

It costs $p$ [claim: scale].

"""
        }
    )
    loaded = load_bank([folder])
    assert loaded.bank.concepts["dropout"] == Concept(
        id="dropout",
        title="Dropout",
        area="regularization",
        level="intermediate",
        summary="Units are dropped at random.",
        prerequisites=("backpropagation",),
        lesson="## Scaling\n\nIt costs $p$ [claim: scale].",
        claims={
            "scale": Claim(
                "Scaling keeps the expectation.", ("srivastava-2014",), LabRef(ItemId("dropout", "keep-rate"), "scale")
            )
        },
        sources={"srivastava-2014": Source("Dropout", "https://jmlr.org/x", "section 10")},
        pack="pack",
    )
    file = loaded.files["dropout"]
    assert file.path.read_text().splitlines()[file.body - 1] == "## Scaling"
    assert file.line("claims", "scale", "lab") == 11


def test_a_question_is_read_whole(write_pack: Writer, concept: Text) -> None:
    folder = write_pack(
        {
            CONCEPT: concept(sources={"s": {"title": "T", "url": "https://x.org", "at": "p. 1"}}),
            QUESTION: """kind: compare
level: advanced
minutes: 2.5
status: draft
prompt: >
  Why are the kept
  units scaled?
why: It shows who has done it.
rubric:
  scale:
    points: 2
    must_have: true
    criterion: The expectation is kept.
    missing: What of the size?
    paraphrases: [mean stays, same mean]
    parts: {factor: the factor, reason: the reason}
    forms: ["1/p"]
    bindings:
      - {about: [kept], right: [scaled], wrong: [dropped]}
  rate: {points: 1, criterion: The rate is fixed., missing: And the rate?}
misconceptions:
  no-need: {statement: Not needed., correction: It is., contradicts: [scale], samples: [skip it]}
model_answer: The mean is kept.
short_answer: The mean.
follow_ups:
  - {when: scale, ask: By how much?, answer: One over p.}
  - {when: scale, ask: And with a half?, answer: Two.}
  - {when: all-met, ask: At test time?, answer: Nothing., criterion: Nothing is left to do., paraphrases: [none]}
likelihood: {ml-engineer: 0.5}
sources: [s]
samples:
  - {voice: half, answer: By p., partly: [scale], meets: [rate], contradicts: [], holds: [no-need]}
""",
        }
    )
    question = load_bank([folder]).bank.question("dropout/why-scale")
    scale = Criterion(
        id="scale",
        statement="The expectation is kept.",
        points=2,
        must_have=True,
        missing="What of the size?",
        paraphrases=("mean stays", "same mean"),
        parts={"factor": "the factor", "reason": "the reason"},
        bindings=(Binding(("kept",), ("scaled",), ("dropped",)),),
        forms=("1/p",),
    )
    deeper = Criterion("all-met", "Nothing is left to do.", 1, True, "At test time?", ("none",))
    assert question == Question(
        id=ItemId("dropout", "why-scale"),
        kind=Kind.COMPARE,
        level=Level.ADVANCED,
        minutes=2.5,
        prompt="Why are the kept units scaled?",
        why="It shows who has done it.",
        criteria=(scale, Criterion("rate", "The rate is fixed.", 1, False, "And the rate?")),
        misconceptions=(Misconception("no-need", "Not needed.", "It is.", ("scale",), ("skip it",)),),
        model_answer="The mean is kept.",
        short_answer="The mean.",
        follow_ups=(
            FollowUp("scale-1", "scale", "By how much?", "One over p."),
            FollowUp("scale-2", "scale", "And with a half?", "Two."),
            FollowUp("all-met-1", "all-met", "At test time?", "Nothing.", deeper),
        ),
        likelihood={"ml-engineer": 0.5},
        sources=("s",),
        samples=(Sample("By p.", "half", ("rate",), ("scale",), (), ("no-need",)),),
        status=Status.DRAFT,
        graded_hash=question.graded_hash,
        pack="pack",
    )


def test_every_problem_of_every_file_is_reported_and_the_rest_loads(
    write_pack: Writer, concept: Text, question: Text
) -> None:
    folder = write_pack(
        {
            CONCEPT: concept(),
            QUESTION: question(),
            "concepts/dropout/questions/bad.yaml": question(kind="explane", minutes=0),
            "concepts/dropout/questions/worse.yaml": "kind: [",
            "concepts/attention/concept.md": concept(area="Training"),
        }
    )
    loaded = load_bank([folder])
    assert list(loaded.bank.concepts) == ["dropout"]
    assert [str(item) for item in loaded.bank.questions] == ["dropout/why-scale"]
    assert [(d.path.name, d.line, d.code) for d in loaded.diagnostics] == [
        ("concept.md", 3, "C001"),
        ("bad.yaml", 1, "C001"),
        ("bad.yaml", 3, "C001"),
        ("worse.yaml", 1, "F001"),
    ]


def test_questions_of_a_concept_that_cannot_be_read_are_still_checked(write_pack: Writer, question: Text) -> None:
    folder = write_pack({CONCEPT: "no front matter", QUESTION: question(minutes="soon")})
    assert {d.code for d in load_bank([folder]).diagnostics} == {"F001", "C001"}


def test_a_reference_to_nothing_is_left_out_and_reported(write_pack: Writer, concept: Text, question: Text) -> None:
    samples = [{"voice": "plain", "answer": "The mean.", "meets": ["scal", "scale"]}]
    follow_ups = [{"when": "scael", "ask": "?", "answer": "!"}]
    folder = write_pack({CONCEPT: concept(), QUESTION: question(samples=samples, follow_ups=follow_ups)})
    loaded = load_bank([folder])
    read = loaded.bank.question("dropout/why-scale")
    assert read.samples[0].meets == ("scale",)
    assert read.follow_ups == ()
    assert [(d.code, d.remedy) for d in loaded.diagnostics] == [("C007", 'Did you mean "scale"?')] * 2


@pytest.mark.parametrize("size", [MAX_BYTES + 1, 50_000_000])
def test_a_file_over_the_limit_is_not_read(
    write_pack: Writer, concept: Text, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_pack({CONCEPT: concept(), QUESTION: ""})
    with (folder / QUESTION).open("wb") as file:
        file.truncate(size)
    loaded = load_bank([folder])
    assert [d.code for d in loaded.diagnostics] == ["F005"]
    assert loaded.bank.questions == {}


def test_a_file_at_the_limit_is_read(write_pack: Writer, concept: Text, question: Text) -> None:
    text = question()
    folder = write_pack({CONCEPT: concept(), QUESTION: text + "#" * (MAX_BYTES - len(text) - 1) + "\n"})
    assert printed(folder) == []


@pytest.mark.parametrize("what", ["file", "folder", "concept"])
def test_a_link_out_of_the_pack_is_not_followed(
    write_pack: Writer, concept: Text, question: Text, tmp_path: Path, what: str
) -> None:
    folder = write_pack({CONCEPT: concept(), QUESTION: question()})
    outside = write_pack({CONCEPT: concept("Secret."), QUESTION: question()}, name="outside")
    link, target = {
        "file": (folder / "concepts/dropout/questions/stolen.yaml", outside / QUESTION),
        "folder": (folder / "concepts/attention/questions", outside / "concepts/dropout/questions"),
        "concept": (folder / "concepts/stolen", outside / "concepts/dropout"),
    }[what]
    if what == "folder":
        (folder / "concepts/attention").mkdir()
        (folder / "concepts/attention/concept.md").write_text(concept())
    link.symlink_to(target)
    loaded = load_bank([folder])
    assert {d.code for d in loaded.diagnostics} == {"F006"}
    assert "Secret." not in str(loaded.bank.concepts)
    assert [str(item) for item in loaded.bank.questions] == ["dropout/why-scale"]


def test_a_link_within_the_pack_and_a_linked_pack_are_followed(
    write_pack: Writer, concept: Text, question: Text, tmp_path: Path
) -> None:
    folder = write_pack({CONCEPT: concept(), QUESTION: question()})
    (folder / "concepts/dropout/questions/again.yaml").symlink_to(folder / QUESTION)
    (tmp_path / "link").symlink_to(folder)
    loaded = load_bank([tmp_path / "link"])
    assert loaded.diagnostics == ()
    assert len(loaded.bank.questions) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
@pytest.mark.timeout(10)
def test_a_named_pipe_does_not_block(write_pack: Writer, concept: Text) -> None:
    folder = write_pack({CONCEPT: concept(), "concepts/dropout/questions/x.yaml": ""})
    (folder / "concepts/dropout/questions/x.yaml").unlink()
    os.mkfifo(folder / "concepts/dropout/questions/x.yaml")
    assert [d.code for d in load_bank([folder]).diagnostics] == ["F003"]


def test_a_missing_folder_is_one_clear_message(tmp_path: Path) -> None:
    loaded = load_bank([tmp_path / "nowhere"])
    assert [d.render(tmp_path, width=200) for d in loaded.diagnostics] == [
        "nowhere/concepts: F003 the folder concepts/ is missing. Make it, or correct the path.",
        "nowhere/pack.yaml: F003 pack.yaml is missing. Add it (`viva content new` makes one).",
    ]
    assert loaded.bank.concepts == {}


def test_windows_line_ends_and_a_byte_order_mark_are_read(write_pack: Writer, concept: Text, question: Text) -> None:
    windows = ("\ufeff" + concept("One.\n\nTwo.")).replace("\n", "\r\n")
    folder = write_pack({CONCEPT: windows, QUESTION: ("\ufeff" + question()).replace("\n", "\r\n")})
    loaded = load_bank([folder])
    assert loaded.diagnostics == ()
    assert loaded.bank.concept("dropout").lesson == "One.\n\nTwo."


def test_hidden_files_and_editor_backups_are_ignored(write_pack: Writer, concept: Text, question: Text) -> None:
    folder = write_pack(
        {
            CONCEPT: concept(),
            QUESTION: question(),
            "concepts/dropout/questions/.why.yaml.swp": b"\x00\xff",
            "concepts/dropout/questions/why-scale.yaml~": "kind: [",
            "concepts/.DS_Store": b"\x00",
        }
    )
    assert printed(folder) == []
