"""Q110."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from vivavoce.content.diagnostic import Diagnostic
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.markup import formulas, prose
from vivavoce.domain.concept import Concept
from vivavoce.domain.question import Question

_COMMAND = re.compile(r"\\([a-zA-Z]+|.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^}]*)\}")
_EATEN = re.compile("[\a\b\v\f\x1b\r]|\t(?=[a-z])")
_DOLLAR = re.compile(r"\$(?![0-9])")
"""`$5` is money."""


class Formulas(Rule):
    r"""A formula does not parse: dollars, braces, `\left` and `\right` or environments do not pair up.

    *Why:* the page shows such a formula as raw text. Also found: a control character where a double-quoted YAML text
    ate a backslash (`"\frac"` holds a form feed); write formulas in single quotes or below `>`.

    *Example:* `$\frac{1}{2$`.
    """

    code = "Q110"
    title = "formulas"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for concept, file in context.each_concept():
            for n, problem in _problems(concept.lesson):
                yield Diagnostic(file.path, file.body + n, self.code, problem, _remedy(problem))
            for keys, text in _concept_texts(concept):
                yield from (self.found(file, keys, problem, _remedy(problem)) for _, problem in _problems(text))
        for question, file in context.each_question():
            for keys, text in _question_texts(question):
                yield from (self.found(file, keys, problem, _remedy(problem)) for _, problem in _problems(text))


def _remedy(problem: str) -> str:
    if "backslash was eaten" in problem:
        return "Write the text in single quotes or below a `>`; in double quotes a backslash is special."
    return "Write \\$ for a dollar sign, or complete the formula." if "$" in problem else "Complete the formula."


def _concept_texts(concept: Concept) -> Iterator[tuple[list[Any], str]]:
    yield ["summary"], concept.summary
    for key, claim in concept.claims.items():
        yield ["claims", key, "says"], claim.says


def _question_texts(question: Question) -> Iterator[tuple[list[Any], str]]:
    for name in ("prompt", "why", "model_answer", "short_answer"):
        yield [name], getattr(question, name)
    for criterion in question.criteria:
        yield ["rubric", criterion.id, "criterion"], criterion.statement
        yield ["rubric", criterion.id, "missing"], criterion.missing
    for held in question.misconceptions:
        yield ["misconceptions", held.id, "statement"], held.statement
        yield ["misconceptions", held.id, "correction"], held.correction
    for n, follow in enumerate(question.follow_ups):
        yield ["follow_ups", n, "ask"], follow.ask
        yield ["follow_ups", n, "answer"], follow.answer


def _problems(text: str) -> Iterator[tuple[int, str]]:
    """Line within the text (from 0) and what is wrong."""
    eaten = _EATEN.search(text)
    if eaten:
        yield text.count("\n", 0, eaten.start()), f"a control character ({eaten[0]!r}) where a backslash was eaten"
        return
    if "$" not in text:
        return
    for line, formula in formulas(text):
        problem = _formula_problem(formula)
        if problem:
            shown = " ".join(formula.split())
            yield line, f"{problem} in the formula {shown if len(shown) <= 60 else shown[:57] + '...'}"
    for line, words in prose(text):
        if _DOLLAR.search(words):
            yield line, "a $ that begins or ends no formula"


def _formula_problem(formula: str) -> str:
    opened, lefts = 0, 0
    environments: list[str] = []
    for match in _ENVIRONMENT.finditer(formula):
        if match[1] == "begin":
            environments.append(match[2])
        elif not environments or environments.pop() != match[2]:
            return f"\\end{{{match[2]}}} without its \\begin"
    if environments:
        return f"\\begin{{{environments[-1]}}} without its \\end"
    for token in re.findall(r"\\[a-zA-Z]+|\\.|[{}]", formula, re.DOTALL):
        opened += (token == "{") - (token == "}")  # noqa: S105 - a brace, no password
        lefts += (token == r"\left") - (token == r"\right")  # noqa: S105
        if opened < 0 or lefts < 0:
            return "a closing brace without its opening" if opened < 0 else r"\right without its \left"
    if opened:
        return "an opening brace without its closing"
    if lefts:
        return r"\left without its \right"
    return "a backslash at the end" if formula.rstrip().endswith("\\") and not formula.rstrip().endswith("\\\\") else ""
