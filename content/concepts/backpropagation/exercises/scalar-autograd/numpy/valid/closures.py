"""Each result carries a function that pushes its gradient back; nodes are counted by their users (Kahn's order)."""

import numpy as np


class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self.children = children
        self.push = lambda: None

    def _make(self, data, children, push):
        out = Value(data, children)
        out.push = lambda: push(out.grad)
        return out

    def __add__(self, other):
        if not isinstance(other, Value):
            other = Value(other)

        def push(g):
            self.grad += g
            other.grad += g

        return self._make(self.data + other.data, (self, other), push)

    def __sub__(self, other):
        if not isinstance(other, Value):
            other = Value(other)

        def push(g):
            self.grad += g
            other.grad -= g

        return self._make(self.data - other.data, (self, other), push)

    def __mul__(self, other):
        if not isinstance(other, Value):
            other = Value(other)

        def push(g):
            self.grad += g * other.data
            other.grad += g * self.data

        return self._make(self.data * other.data, (self, other), push)

    def __truediv__(self, other):
        if not isinstance(other, Value):
            other = Value(other)

        def push(g):
            self.grad += g / other.data
            other.grad -= g * self.data / other.data**2

        return self._make(self.data / other.data, (self, other), push)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other):
        return Value(other) - self

    def __rtruediv__(self, other):
        return Value(other) / self

    def __neg__(self):
        return 0 - self

    def __pow__(self, p):
        def push(g):
            self.grad += g * p * self.data ** float(p - 1)

        return self._make(self.data**p, (self,), push)

    def exp(self):
        e = np.exp(self.data)

        def push(g):
            self.grad += g * e

        return self._make(e, (self,), push)

    def log(self):
        def push(g):
            self.grad += g / self.data

        return self._make(np.log(self.data), (self,), push)

    def tanh(self):
        def push(g):
            self.grad += g / np.cosh(self.data) ** 2

        return self._make(np.tanh(self.data), (self,), push)

    def relu(self):
        def push(g):
            self.grad += g * (self.data > 0)

        return self._make(self.data if self.data > 0 else 0.0, (self,), push)

    def backward(self):
        users = {self: 0}
        todo = [self]
        while todo:
            for child in todo.pop().children:
                if child not in users:
                    users[child] = 0
                    todo.append(child)
                users[child] += 1
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            node.push()
            for child in node.children:
                users[child] -= 1
                if users[child] == 0:
                    ready.append(child)
