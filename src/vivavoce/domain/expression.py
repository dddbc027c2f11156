"""Arithmetic that content files write as text: `0.1 + 1.8*exp(-x/8)`, `(k*k*c_in + 1)*c_out`.

A text is checked against a list of what it may hold before anything is computed: numbers, names, `+ - * / // % **`,
parentheses and a few functions. Whole numbers stay whole and exact under everything but `/` and functions of real
numbers. Length, nesting and size are bounded, so that no text of a pack can take long or fill the memory.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from vivavoce.domain.errors import ExpressionError

Number = int | float

MAX_CHARS = 400
MAX_DEPTH = 40
"""Parentheses, calls and signs inside one another."""
MAX_BITS = 1024
"""Of a whole number: as large as a float can be."""

_TOKENS = re.compile(
    r"\s+|[A-Za-z_][A-Za-z0-9_]*|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?![A-Za-z0-9_.])|\*\*|//|[-+*/%(),]"
)
_CONSTANTS: Mapping[str, float] = {"pi": math.pi, "e": math.e}
_BINARY: Mapping[type[ast.operator], tuple[str, Callable[[Number, Number], Number]]] = {
    ast.Add: ("+", operator.add),
    ast.Sub: ("-", operator.sub),
    ast.Mult: ("*", operator.mul),
    ast.Div: ("/", operator.truediv),
    ast.FloorDiv: ("//", operator.floordiv),
    ast.Mod: ("%", operator.mod),
    ast.Pow: ("**", operator.pow),
}


def _step(x: Number) -> int:
    return 1 if x >= 0 else 0


_FUNCTIONS: Mapping[str, tuple[Callable[..., Number], int]] = {
    "exp": (math.exp, 1),
    "log": (math.log, 1),
    "log2": (math.log2, 1),
    "sqrt": (math.sqrt, 1),
    "tanh": (math.tanh, 1),
    "sin": (math.sin, 1),
    "cos": (math.cos, 1),
    "abs": (abs, 1),
    "ceil": (math.ceil, 1),
    "floor": (math.floor, 1),
    "round": (round, 1),
    "step": (_step, 1),
    "max": (max, 2),
    "min": (min, 2),
}
"""Name to function and the number of its arguments; `max` and `min` take more. `round` takes halves to even numbers,
`step` is 1 from 0 on."""

RESERVED = frozenset((*_FUNCTIONS, *_CONSTANTS))
"""Names that mean something already and cannot be given."""


def evaluate(text: str, names: Mapping[str, Number]) -> Number:
    """The value of an expression, always finite. Raises `ExpressionError` with what was found and what is allowed."""
    taken = sorted(RESERVED.intersection(names))
    if taken:
        raise ExpressionError(f'"{taken[0]}" is a name of its own in expressions; call the number something else')
    return _value(_parsed(text), names, text)


def names_in(text: str) -> frozenset[str]:
    """The names that an expression needs to be given. Raises `ExpressionError` for a text that is no expression."""
    called = {id(node.func) for node in ast.walk(_parsed(text)) if isinstance(node, ast.Call)}
    return frozenset(
        node.id
        for node in ast.walk(_parsed(text))
        if isinstance(node, ast.Name) and id(node) not in called and node.id not in _CONSTANTS
    )


@lru_cache(maxsize=512)
def _parsed(text: str) -> ast.expr:
    """The tree of a text, holding nothing that `_value` does not know."""
    if not text.strip():
        raise ExpressionError("the expression is empty")
    if len(text) > MAX_CHARS:
        raise ExpressionError(f"the expression has {len(text)} characters; at most {MAX_CHARS} are read")
    at = 0
    while at < len(text):
        token = _TOKENS.match(text, at)
        if token is None:
            raise ExpressionError(f'found "{_from(text, at)}" in "{text}"; {_hint(text, at)}')
        at = token.end()
    # Checked before parsing: what is nested too deeply is refused here and not by running out of stack.
    if _nesting(text) > MAX_DEPTH:
        raise ExpressionError(f"more than {MAX_DEPTH} parentheses or signs inside one another")
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        why = error.msg if isinstance(error, SyntaxError) else str(error)
        raise ExpressionError(f'"{text}" is no expression ({why})') from error
    _check(tree, text)
    return tree


def _check(node: ast.expr, text: str) -> None:
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            _finite(value, text)
        case ast.Name():
            if node.id in _FUNCTIONS:
                raise ExpressionError(f'the function {node.id} in "{text}" needs parentheses: {node.id}(...)')
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=inner):
            _check(inner, text)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            _check(left, text)
            _check(right, text)
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            if name not in _FUNCTIONS:
                raise ExpressionError(
                    f'unknown function "{name}" in "{text}"; there are {", ".join(sorted(_FUNCTIONS))}'
                )
            _, count = _FUNCTIONS[name]
            if len(arguments) != count and not (count > 1 and len(arguments) > count):
                wanted = f"{count} or more" if count > 1 else str(count)
                raise ExpressionError(f'{name} in "{text}" takes {wanted} numbers, found {len(arguments)}')
            for argument in arguments:
                _check(argument, text)
        case _:
            found = ast.unparse(node)
            raise ExpressionError(f'found "{found}" in "{text}"; {_ALLOWED}')


def _value(node: ast.expr, names: Mapping[str, Number], text: str) -> Number:
    match node:
        case ast.Constant(value=int() | float() as value):
            return value
        case ast.Name(id=name):
            if name in _CONSTANTS:
                return _CONSTANTS[name]
            if name not in names:
                known = ", ".join(sorted({*names, *_CONSTANTS}))
                raise ExpressionError(f'unknown name "{name}" in "{text}"; there are {known}')
            return names[name]
        case ast.UnaryOp(op=op, operand=inner):
            value = _value(inner, names, text)
            return -value if isinstance(op, ast.USub) else value
        case ast.BinOp(left=left, op=op, right=right):
            sign, operation = _BINARY[type(op)]
            a, b = _value(left, names, text), _value(right, names, text)
            return _applied(sign, lambda: _power(a, b) if sign == "**" else operation(a, b), (a, b), text)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            function, _ = _FUNCTIONS[name]
            values = [_value(argument, names, text) for argument in arguments]
            return _applied(name, lambda: function(*values), values, text)
    raise AssertionError(ast.dump(node))  # `_check` let nothing else through


def _applied(name: str, apply: Callable[[], Number], values: list[Number] | tuple[Number, ...], text: str) -> Number:
    try:
        return _finite(apply(), text)
    except (ArithmeticError, ValueError) as error:
        given = ", ".join(f"{value:g}" for value in values)
        raise ExpressionError(f'{name} of {given} in "{text}": {error}') from error


def _power(base: Number, exponent: Number) -> Number:
    if isinstance(base, int) and isinstance(exponent, int) and exponent > 0:
        # Estimated first: the exact number could fill the memory.
        if abs(base) > 1 and (abs(base).bit_length() - 1) * exponent > MAX_BITS:
            raise OverflowError("the result is too large")
    elif base < 0 and exponent != int(exponent):
        raise ValueError("a negative number has no such power among the real numbers")
    power: Number = operator.pow(base, exponent)
    return power


def _finite(value: Number, text: str) -> Number:
    if isinstance(value, int):
        if value.bit_length() > MAX_BITS:
            raise ExpressionError(f'a number in "{text}" has more than {MAX_BITS} bits')
    elif not math.isfinite(value):
        raise ExpressionError(f'"{text}" gives a number that is not finite')
    return value


def _nesting(text: str) -> int:
    """How deep the tree can get by parentheses, and by signs and powers in a row."""
    open_now = deepest = row = longest = 0
    for piece in _TOKENS.findall(text):
        if piece.isspace():
            continue
        open_now += (piece == "(") - (piece == ")")
        row = row + 1 if piece in ("+", "-", "**") else 0
        deepest, longest = max(deepest, open_now), max(longest, row)
    return deepest + longest


def _from(text: str, at: int) -> str:
    return text[at : at + 12].split()[0]


def _hint(text: str, at: int) -> str:
    if text[at] == "^":
        return "a power is written **"
    if text[at].isdigit() or text[at] == ".":
        return "a product is written with *, a number like 0.25 or 1e-3"
    return _ALLOWED


_ALLOWED = f"allowed are numbers, names, + - * / // % **, parentheses, pi, e and {', '.join(sorted(_FUNCTIONS))}"
