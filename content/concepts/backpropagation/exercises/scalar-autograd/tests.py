"""Oracles: the same formulas differentiated in forward mode; closed forms for deep graphs."""

import math

from vivavoce.engines.judge.trial import Remote


class Node:
    """A submission's value: operators become calls of its methods."""

    def __init__(self, t, remote):
        self.t, self.remote = t, remote

    def ask(self, name, *args):
        sent = [a.remote if isinstance(a, Node) else a for a in args]
        got = self.remote.call(name, *sent)
        if not hasattr(got, "type_name"):
            self.t.fail(f"{name} returned {got!r}; wanted a Value", returned=got)
        return Node(self.t, Remote(self.t, got, "Value"))

    def __add__(self, other):
        return self.ask("__add__", other)

    def __radd__(self, other):
        return self.ask("__radd__", other)

    def __sub__(self, other):
        return self.ask("__sub__", other)

    def __rsub__(self, other):
        return self.ask("__rsub__", other)

    def __mul__(self, other):
        return self.ask("__mul__", other)

    def __rmul__(self, other):
        return self.ask("__rmul__", other)

    def __truediv__(self, other):
        return self.ask("__truediv__", other)

    def __rtruediv__(self, other):
        return self.ask("__rtruediv__", other)

    def __pow__(self, power):
        return self.ask("__pow__", power)

    def __neg__(self):
        return self.ask("__neg__")

    def exp(self):
        return self.ask("exp")

    def log(self):
        return self.ask("log")

    def tanh(self):
        return self.ask("tanh")

    def relu(self):
        return self.ask("relu")

    def backward(self):
        self.remote.call("backward")

    @property
    def data(self):
        return self.remote.get("data")

    @property
    def grad(self):
        return self.remote.get("grad")

    @grad.setter
    def grad(self, value):
        self.remote.set("grad", value)


class Dual:
    """Forward-mode differentiation with one tangent for each leaf: an independent way to the same derivatives."""

    def __init__(self, data, tangent):
        self.data, self.tangent = data, tangent

    def unary(self, data, slope):
        return Dual(data, [slope * v for v in self.tangent])

    def binary(self, other, f):
        other = other if isinstance(other, Dual) else Dual(float(other), [0.0] * len(self.tangent))
        data, left, right = f(self.data, other.data)
        return Dual(data, [left * u + right * v for u, v in zip(self.tangent, other.tangent, strict=True)])

    def __add__(self, other):
        return self.binary(other, lambda a, b: (a + b, 1.0, 1.0))

    __radd__ = __add__

    def __mul__(self, other):
        return self.binary(other, lambda a, b: (a * b, b, a))

    __rmul__ = __mul__

    def __sub__(self, other):
        return self.binary(other, lambda a, b: (a - b, 1.0, -1.0))

    def __rsub__(self, other):
        return self.binary(other, lambda a, b: (b - a, -1.0, 1.0))

    def __truediv__(self, other):
        return self.binary(other, lambda a, b: (a / b, 1 / b, -a / b**2))

    def __rtruediv__(self, other):
        return self.binary(other, lambda a, b: (b / a, -b / a**2, 1 / a))

    def __pow__(self, power):
        return self.unary(self.data**power, power * self.data ** (power - 1) if power else 0.0)

    def __neg__(self):
        return self.unary(-self.data, -1.0)

    def exp(self):
        return self.unary(math.exp(self.data), math.exp(self.data))

    def log(self):
        return self.unary(math.log(self.data), 1 / self.data)

    def tanh(self):
        return self.unary(math.tanh(self.data), 1 / math.cosh(self.data) ** 2)

    def relu(self):
        return self.unary(max(self.data, 0.0), float(self.data > 0))


def leaf(t, data):
    return Node(t, t.new("Value", float(data)))


def ask(t, formula, *numbers):
    """Value and derivatives of a formula of leaves."""
    leaves = [leaf(t, v) for v in numbers]
    out = formula(*leaves)
    size = len(numbers)
    want = formula(*(Dual(float(v), [float(i == k) for i in range(size)]) for k, v in enumerate(numbers)))
    t.close(out.data, want.data, what="data")
    t.check(all(v.grad == 0 for v in leaves), "`grad` of an input is not 0.0 before backward()")
    out.backward()
    for k, v in enumerate(leaves):
        t.close(v.grad, want.tangent[k], scale=1.0, what=f"grad of input {k + 1}")
        t.close(v.data, numbers[k], what=f"data of input {k + 1} after backward()")
    t.close(out.grad, 1.0, what="grad of the output")


def number(t, low=0.5, high=2.0):
    """Away from 0 and from 1, of either sign."""
    return float(t.rng.uniform(low, high) * t.rng.choice([-1, 1]))


def example_product_and_square(t):
    """a * b + a ** 2, as in the statement."""
    ask(t, lambda a, b: a * b + a**2, 2.0, -3.0)


def test_each_operator(t):
    """Each operator between two values."""
    for f in (lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / b):
        ask(t, f, number(t), number(t))
    ask(t, lambda a: -a, number(t))


def test_plain_numbers_on_either_side(t):
    """Plain numbers, ints and floats, left and right of each operator."""
    for c in (3, 2.5):
        for f in (
            lambda a, c=c: a + c,
            lambda a, c=c: c + a,
            lambda a, c=c: a - c,
            lambda a, c=c: c - a,
            lambda a, c=c: a * c,
            lambda a, c=c: c * a,
            lambda a, c=c: a / c,
            lambda a, c=c: c / a,
        ):
            ask(t, lambda a, f=f: f(a) * 1.5, number(t))


def test_powers(t):
    """Positive, negative, fractional and zero exponents."""
    for p in (2, 3, -1, -2, 1, 0):
        ask(t, lambda a, p=p: a**p, number(t))
    for p in (0.5, -1.5, 2.7):
        ask(t, lambda a, p=p: a**p, t.rng.uniform(0.5, 2))
    ask(t, lambda a: a**2 + 3 * a, 0.0)


def test_functions(t):
    """exp, log, tanh and relu."""
    ask(t, lambda a: a.exp(), number(t))
    ask(t, lambda a: a.log(), t.rng.uniform(1.5, 3))
    ask(t, lambda a: a.tanh(), number(t))
    for v in (t.rng.uniform(1.5, 3), -t.rng.uniform(0.5, 2), 0.0):
        ask(t, lambda a: 2 * a.relu() + a, v)


def test_chains(t):
    """Functions of functions."""
    ask(t, lambda a, b: ((a * b).tanh().exp() + a).log() * b, t.rng.uniform(1, 2), number(t))
    ask(t, lambda a, b, c: ((a - b) / (c**2 + 1)).relu() - (-a) / b, 3.0 + t.rng.random(), number(t), number(t))


def test_used_twice(t):
    """The same value on both sides of an operator."""
    for f in (lambda a: a + a, lambda a: a * a, lambda a: a / a, lambda a: a - a, lambda a: a * a * a + a):
        ask(t, f, number(t))


def test_paths_of_different_length(t):
    """A value that reaches the output by a short path and by long ones."""

    def formula(a, b):
        c = a * b
        d = c.tanh()
        e = d * 2 + c
        f = e * e + d
        return f * c + a + e / d

    def other_way_round(a, b):
        c = a * b
        d = c.tanh()
        e = c + 2 * d
        f = d + e * e
        return e / d + a + c * f

    for _ in range(3):
        ask(t, formula, number(t), number(t))
        ask(t, other_way_round, number(t), number(t))


def test_gradients_of_intermediate_values(t):
    """Values in the middle have gradients too, and bystanders none."""
    x, y = number(t), number(t)
    a, b = leaf(t, x), leaf(t, y)
    c = a * b
    bystander = c * 5
    d = c**2
    out = d * a
    out.backward()
    t.close([d.grad, c.grad, a.grad, b.grad], [x, 2 * x**2 * y, 3 * x**2 * y**2, 2 * x**3 * y], what="d, c, a, b: grad")
    t.close(bystander.grad, 0.0, what="grad of a value that the output does not use")


def test_two_outputs_add(t):
    """Two outputs of the same leaves add their gradients; setting grad to 0.0 begins anew."""
    x, y = number(t), number(t)
    a, b = leaf(t, x), leaf(t, y)
    (a * b + a).backward()
    (a**2 / b).backward()
    t.close([a.grad, b.grad], [y + 1 + 2 * x / y, x - x**2 / y**2], what="grad after two outputs")
    a.grad = 0.0
    b.grad = 0.0
    (a * b * 3).backward()
    t.close([a.grad, b.grad], [3 * y, 3 * x], what="grad after setting it to 0.0")


def test_deep_graph(t):
    """A chain of 300 operations."""
    x = 1 + t.rng.random()
    a = leaf(t, x)
    out = a
    for n in range(300):
        out = out + a if n % 3 else out * 0.99
    slope = 1.0
    for n in range(300):
        slope = slope + 1 if n % 3 else slope * 0.99
    out.backward()
    t.close(a.grad, slope, rtol=1e-9, what="grad of the input")
    t.close(out.data, x * slope, rtol=1e-9, what="data")


def test_exponentially_many_paths(t):
    """Twenty-five stages, each of which triples the number of paths from input to output."""
    a = leaf(t, number(t))
    out = a
    for _ in range(25):
        out = (out + out) * 0.5 + out * 0.25
    out.backward()
    t.close(a.grad, 1.25**25, rtol=1e-9, what="grad of the input")


def test_equal_numbers_are_different_values(t):
    """Several values with the same number keep their gradients apart."""
    x = number(t)
    a, b, c = leaf(t, x), leaf(t, x), leaf(t, x)
    (a * b + c * 2 + b).backward()
    t.close([a.grad, b.grad, c.grad], [x, x + 1, 2.0], what="grad of three values with equal data")
