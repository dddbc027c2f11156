"""Q121."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from math import prod
from typing import Any

from vivavoce.content.diagnostic import Diagnostic, listed
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.reading import ContentFile
from vivavoce.domain.errors import ExpressionError
from vivavoce.domain.estimate import MOST_DRAWS, Estimate, all_draws, marked_names, numbers_text
from vivavoce.domain.expression import RESERVED, evaluate, names_in
from vivavoce.domain.quantity import Number
from vivavoce.domain.question import Question

FEWEST = 8
"""Draws below which one soon knows the answers by heart."""
LOOKED_AT = 4_000
"""Draws that are computed; of more, this many spread evenly."""

_PLACES = {"prompt": ["prompt"], "why": ["why"], "model_answer": ["model_answer"], "short_answer": ["short_answer"]}


class Draws(Rule):
    """An estimate cannot be computed for every draw, or its numbers, steps, slips and texts do not fit together.

    *Why:* each attempt draws other numbers, and nobody looks at all of them. So all are computed (of very many, four
    thousand): every step is finite and above 0, and no slip comes as near to the result as `within` allows, or a
    mistake would count as right. Names in expressions and in `[[marks]]` exist, every number is asked about and
    used, there are at least eight draws, and the answers say the result.

    *Example:* the slip `k*k*c_in*c_out` of a result `(k*k*c_in + 1)*c_out` with `within: 0.05`: they differ by less
    than a percent. Write `within: 0.0005`.
    """

    code = "Q121"
    title = "draws of an estimate"

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        for question, estimate, file in context.each_estimate():
            wrong = [*self._names(estimate, file), *self._texts(question, estimate, file)]
            yield from wrong
            if not wrong:
                yield from self._computed(estimate, file)

    def _names(self, estimate: Estimate, file: ContentFile) -> Iterator[Diagnostic]:
        known = set(estimate.numbers)
        for name in sorted(RESERVED & known):
            remedy = "Call the number something else."
            yield self.found(file, ["numbers", name], f'"{name}" means something in expressions', remedy)
        used: set[str] = set()
        yield from self._expression(estimate.only_when, known, used, file, ["only_when"])
        for step in estimate.steps:
            yield from self._expression(step.value, known, used, file, ["steps", step.id, "value"])
            if step.name in known or step.name in RESERVED:
                message = f'the step "{step.id}" has the name of a number, another step or a function'
                yield self.found(file, ["steps", step.id], message, "Give it another id.")
            known.add(step.name)
        for name in estimate.numbers:
            if name not in used | RESERVED:
                message = f'the number "{name}" is used in no step'
                yield self.found(file, ["numbers", name], message, "Use it or remove it.")
        for step in estimate.steps[:-1]:
            if step.name not in used:
                message = f'the step "{step.id}" is used by no later one'
                yield self.found(file, ["steps", step.id], message, "Use it on the way to the result, or remove it.")
        for slip in estimate.slips:
            yield from self._expression(slip.value, known, used, file, ["slips", slip.id, "value"])

    def _expression(
        self, text: str, known: set[str], used: set[str], file: ContentFile, place: Sequence[Any]
    ) -> Iterator[Diagnostic]:
        """What is wrong with `text`; adds the names in it to `used`."""
        if not text:
            return
        try:
            names = names_in(text)
        except ExpressionError as error:
            yield self.found(file, place, str(error), "Correct the expression.")
            return
        used |= names
        missing = sorted(names - known)
        if missing:
            message = f'"{missing[0]}" is neither a number nor an earlier step'
            yield self.found(file, place, message, f"There are: {', '.join(sorted(known))}.")

    def _texts(self, question: Question, estimate: Estimate, file: ContentFile) -> Iterator[Diagnostic]:
        known = {*estimate.numbers, *(step.name for step in estimate.steps)}
        for key, text in estimate.texts.items():
            place = _place(key, question)
            try:
                missing = sorted(marked_names(text) - known)
            except ExpressionError as error:
                yield self.found(file, place, f"a mark cannot be read: {error}", "Write a name or an expression in it.")
                continue
            if missing:
                message = f"[[{missing[0]}]] is neither a number nor a step"
                yield self.found(file, place, message, f"There are: {', '.join(sorted(known))}.")
        try:
            silent = sorted(set(estimate.numbers) - marked_names(estimate.texts["prompt"]))
        except ExpressionError:
            return
        if silent:
            message = f"the prompt does not say {listed(silent)}"
            yield self.found(file, ["prompt"], message, f"Put it in: [[{silent[0]}]].")
        for key in ("model_answer", "short_answer"):
            if estimate.result.name not in marked_names(estimate.texts[key]):
                message = f"{key} does not say the result"
                yield self.found(file, [key], message, f"Put it in: [[{estimate.result.name}]].")

    def _computed(self, estimate: Estimate, file: ContentFile) -> Iterator[Diagnostic]:
        combinations = prod(len(values) for values in estimate.numbers.values())
        if combinations > MOST_DRAWS:
            message = f"the numbers have {combinations:,} combinations"
            yield self.found(file, ["numbers"], message, f"At most {MOST_DRAWS:,}: list fewer values.")
            return
        try:
            draws = list(all_draws(estimate))
        except ExpressionError as error:
            yield self.found(file, ["only_when"], f"cannot be computed: {error}", "Correct it.")
            return
        if len(draws) < FEWEST:
            message = f"only {len(draws)} draw{'' if len(draws) == 1 else 's'}"
            yield self.found(file, ["numbers"], message, f"List values for at least {FEWEST}.")
        told: set[tuple[Any, ...]] = set()
        for numbers in islice(draws, 0, None, -(-len(draws) // LOOKED_AT)):
            for place, message, remedy in _wrong_with(estimate, numbers):
                if place not in told:
                    told.add(place)
                    yield self.found(file, place, f"{message} (with {numbers_text(numbers)})", remedy)


def _wrong_with(estimate: Estimate, numbers: dict[str, Number]) -> Iterator[tuple[tuple[Any, ...], str, str]]:
    """Place, message and remedy of what goes wrong with one draw."""
    remedy = "Leave such draws out with `only_when`, or list other numbers."
    try:
        values = estimate.values(numbers)
    except ExpressionError as error:
        yield ("steps",), f"cannot be computed: {error}", remedy
        return
    result = estimate.result
    right = float(values[result.name])
    for step in estimate.steps:
        if values[step.name] <= 0:
            yield ("steps", step.id), f'the step "{step.id}" is {values[step.name]:g}', remedy
    for slip in estimate.slips:
        place = ("slips", slip.id)
        try:
            wrong = float(evaluate(slip.value, values))
        except ExpressionError as error:
            yield place, f"cannot be computed: {error}", remedy
            continue
        if wrong <= 0:
            yield place, f'the slip "{slip.id}" is {wrong:g}', remedy
        elif abs(wrong - right) <= result.within * right:
            message = f'the slip "{slip.id}" is {wrong:,.6g}, the result {right:,.6g}: that would count as right'
            yield place, message, f"{remedy[:-1]}; or make `within` of the result smaller."


def _place(key: str, question: Question) -> list[Any]:
    """Where a text of an estimate stands in its file."""
    if key in _PLACES:
        return _PLACES[key]
    owner, _, part = key.rpartition(".")
    if part == "says":
        return ["steps", owner, "says"]
    if part in ("slip", "instead"):
        return ["slips", owner, "says" if part == "slip" else part]
    order = [follow.id for follow in question.follow_ups]
    return ["follow_ups", order.index(owner), part]
