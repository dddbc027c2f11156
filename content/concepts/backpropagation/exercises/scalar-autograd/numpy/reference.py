import math


class Value:
    """A float that remembers how it was computed; `grad` is the derivative of an output with respect to it."""

    def __init__(self, data, _operands=(), _slopes=()):
        self.data = float(data)
        self.grad = 0.0
        self._operands = _operands
        self._slopes = _slopes  # the derivative of this value with respect to each operand

    def __add__(self, other):
        """self + other, with a Value or a plain number."""
        other = _value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def __radd__(self, other):
        """other + self."""
        return self + other

    def __mul__(self, other):
        """self * other."""
        other = _value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def __rmul__(self, other):
        """other * self."""
        return self * other

    def __pow__(self, power):
        """self ** power, for a plain number."""
        slope = power * self.data ** (power - 1) if power != 0 else 0.0
        return Value(self.data**power, (self,), (slope,))

    def __neg__(self):
        """-self."""
        return self * -1.0

    def __sub__(self, other):
        """self - other."""
        return self + (-_value(other))

    def __rsub__(self, other):
        """other - self."""
        return -self + other

    def __truediv__(self, other):
        """self / other."""
        return self * _value(other) ** -1

    def __rtruediv__(self, other):
        """other / self."""
        return self**-1 * other

    def exp(self):
        """e to the power of self."""
        result = math.exp(self.data)
        return Value(result, (self,), (result,))

    def log(self):
        """The natural logarithm."""
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def tanh(self):
        """The hyperbolic tangent."""
        result = math.tanh(self.data)
        return Value(result, (self,), (1 - result**2,))

    def relu(self):
        """The positive part."""
        return Value(max(self.data, 0.0), (self,), (1.0 if self.data > 0 else 0.0,))

    def backward(self):
        """Add the derivative of this value to `grad` of everything that it was computed from."""
        order = _ordered(self)
        self.grad = 1.0
        for node in reversed(order):
            for operand, slope in zip(node._operands, node._slopes, strict=True):
                operand.grad += slope * node.grad


def _value(x):
    return x if isinstance(x, Value) else Value(x)


def _ordered(output):
    """Everything below `output`, operands before results."""
    order, seen, stack = [], set(), [(output, False)]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            stack.extend((operand, False) for operand in node._operands)
    return order
