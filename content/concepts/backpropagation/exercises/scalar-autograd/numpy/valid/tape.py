"""Every value takes a number when it is made; backward goes through the numbers downwards (a heap as the queue)."""

import heapq
import itertools
import math

COUNTER = itertools.count()


def lift(x):
    return x if isinstance(x, Value) else Value(x)


class Value:
    __slots__ = ("data", "grad", "number", "parents")

    def __init__(self, data, parents=None):
        self.data = data
        self.grad = 0
        self.number = next(COUNTER)
        self.parents = parents or []

    def __repr__(self):
        return f"Value({self.data}, grad={self.grad})"

    def __add__(self, o):
        return Value(self.data + lift(o).data, [(self, 1), (lift(o), 1)])

    def __radd__(self, o):
        return lift(o) + self

    def __neg__(self):
        return Value(-self.data, [(self, -1)])

    def __sub__(self, o):
        return self + -lift(o)

    def __rsub__(self, o):
        return lift(o) - self

    def __mul__(self, o):
        o = lift(o)
        return Value(self.data * o.data, [(self, o.data), (o, self.data)])

    def __rmul__(self, o):
        return lift(o) * self

    def __truediv__(self, o):
        o = lift(o)
        return Value(self.data / o.data, [(self, 1 / o.data), (o, -self.data / o.data / o.data)])

    def __rtruediv__(self, o):
        return lift(o) / self

    def __pow__(self, n):
        return Value(self.data**n, [(self, n * self.data ** (n - 1) if n else 0)])

    def exp(self):
        return Value(math.exp(self.data), [(self, math.exp(self.data))])

    def log(self):
        return Value(math.log(self.data), [(self, 1 / self.data)])

    def tanh(self):
        t = 2 / (1 + math.exp(-2 * self.data)) - 1
        return Value(t, [(self, 1 - t * t)])

    def relu(self):
        return Value(max(0, self.data), [(self, int(self.data > 0))])

    def backward(self):
        self.grad = 1
        queue, queued = [(-self.number, self)], {self.number}
        while queue:
            _, node = heapq.heappop(queue)
            for parent, slope in node.parents:
                parent.grad += slope * node.grad
                if parent.number not in queued:
                    queued.add(parent.number)
                    heapq.heappush(queue, (-parent.number, parent))
