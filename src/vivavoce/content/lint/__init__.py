"""What makes content good, one rule per file. `check` runs them all."""

from __future__ import annotations

from dataclasses import replace

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import GraderLike, LintContext, Rule
from vivavoce.content.lint.c001_schema import Schema
from vivavoce.content.lint.c002_same_name import SameName
from vivavoce.content.lint.c003_prerequisites import Prerequisites
from vivavoce.content.lint.c004_moved import Moved
from vivavoce.content.lint.c005_evidence import Evidence
from vivavoce.content.lint.c006_lesson import Lesson
from vivavoce.content.lint.c007_dangling import Dangling
from vivavoce.content.lint.c008_spread import Spread
from vivavoce.content.lint.c009_figure import FigureNumbers
from vivavoce.content.lint.c010_layout import FigureLayout
from vivavoce.content.lint.c011_figure_place import FigurePlace
from vivavoce.content.lint.c012_spelling import Spelling
from vivavoce.content.lint.c013_long_sentence import LongSentence
from vivavoce.content.lint.c014_second_reader import SecondReader
from vivavoce.content.lint.e201_reference import Reference
from vivavoce.content.lint.e202_starter import Starter
from vivavoce.content.lint.e203_mistake import PlantedMistake
from vivavoce.content.lint.e204_seeds import Seeds
from vivavoce.content.lint.e205_replacement import Replacement
from vivavoce.content.lint.e206_python import NotPython
from vivavoce.content.lint.e207_valid import ValidFails
from vivavoce.content.lint.e208_limits import NearLimit
from vivavoce.content.lint.e209_structure import ExerciseStructure
from vivavoce.content.lint.e210_symptom import Symptom
from vivavoce.content.lint.f001_not_yaml import NotYaml
from vivavoce.content.lint.f002_key_twice import KeyTwice
from vivavoce.content.lint.f003_missing_file import MissingFile
from vivavoce.content.lint.f004_not_utf8 import NotUtf8
from vivavoce.content.lint.f005_too_large import TooLarge
from vivavoce.content.lint.f006_leaves_the_pack import LeavesThePack
from vivavoce.content.lint.f007_does_not_belong import DoesNotBelong
from vivavoce.content.lint.f008_no_id import NoId
from vivavoce.content.lint.l301_lab import LabUnreadable
from vivavoce.content.lint.l302_runs import LabRuns
from vivavoce.content.lint.l303_outcome import OutcomeChanged
from vivavoce.content.lint.l304_deterministic import LabDeterministic
from vivavoce.content.lint.l305_recorded import RecordedResult
from vivavoce.content.lint.l306_length import LabLength
from vivavoce.content.lint.l307_evidence import LabEvidence
from vivavoce.content.lint.q101_structure import Structure
from vivavoce.content.lint.q102_undecided import Undecided
from vivavoce.content.lint.q103_disagree import Disagree
from vivavoce.content.lint.q104_model_answer import ModelAnswer
from vivavoce.content.lint.q105_paraphrases import Paraphrases
from vivavoce.content.lint.q106_duplicates import Duplicates
from vivavoce.content.lint.q107_voices import Voices
from vivavoce.content.lint.q108_parts import Parts
from vivavoce.content.lint.q109_bindings import Bindings
from vivavoce.content.lint.q110_formulas import Formulas
from vivavoce.content.lint.q111_placeholder import Placeholder
from vivavoce.content.lint.q112_likelihood import Likelihood
from vivavoce.content.lint.q113_labels import Labels
from vivavoce.content.lint.q114_given_away import GivenAway
from vivavoce.content.lint.q120_same_meaning import SameMeaning
from vivavoce.content.lint.q121_draws import Draws
from vivavoce.content.lint.q122_graded import GradedEstimate
from vivavoce.domain.question import Status

RULES: tuple[Rule, ...] = (
    NotYaml(),
    KeyTwice(),
    MissingFile(),
    NotUtf8(),
    TooLarge(),
    LeavesThePack(),
    DoesNotBelong(),
    NoId(),
    Schema(),
    SameName(),
    Prerequisites(),
    Moved(),
    Evidence(),
    Lesson(),
    Dangling(),
    Spread(),
    FigureNumbers(),
    FigureLayout(),
    FigurePlace(),
    Spelling(),
    LongSentence(),
    SecondReader(),
    Structure(),
    Undecided(),
    Disagree(),
    ModelAnswer(),
    Paraphrases(),
    Duplicates(),
    Voices(),
    Parts(),
    Bindings(),
    Formulas(),
    Placeholder(),
    Likelihood(),
    Labels(),
    GivenAway(),
    SameMeaning(),
    Draws(),
    GradedEstimate(),
    Reference(),
    Starter(),
    PlantedMistake(),
    Seeds(),
    Replacement(),
    NotPython(),
    ValidFails(),
    NearLimit(),
    ExerciseStructure(),
    Symptom(),
    LabUnreadable(),
    LabRuns(),
    OutcomeChanged(),
    LabDeterministic(),
    RecordedResult(),
    LabLength(),
    LabEvidence(),
)


def check(context: LintContext, rules: tuple[Rule, ...] = RULES) -> tuple[Diagnostic, ...]:
    """Everything that is wrong, by file and line.

    What is wrong with a draft, and still loads, is a warning: with a question of that status, or with a concept that
    has no ready question yet.
    """
    drafts = {file.path for lab, file in context.each_lab() if lab.status is Status.DRAFT}
    drafts |= {file.path for question, file in context.each_question() if question.status is Status.DRAFT}
    ready = {q.id.concept for q in context.bank.questions.values() if q.status is Status.READY}
    drafts |= {file.path for concept, file in context.each_concept() if concept.id not in ready}
    at_loading = set(context.loaded.diagnostics)
    found = set()
    for rule in rules:
        for diagnostic in rule.check(context):
            if diagnostic.path in drafts and diagnostic not in at_loading:
                diagnostic = replace(diagnostic, severity=Severity.WARNING)
            found.add(diagnostic)
    return tuple(sorted(found))


__all__ = ["RULES", "Diagnostic", "GraderLike", "LintContext", "Rule", "Severity", "check"]
