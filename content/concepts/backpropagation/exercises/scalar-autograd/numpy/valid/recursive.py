"""Closures that add to the operands, an order by a recursive depth-first search, and slopes read at the end."""

import math


class Value:
    def __init__(self, data, children=()):
        self.data = data
        self.grad = 0.0
        self._prev = children
        self._back = lambda: None

    def __add__(self, o):
        o = o if isinstance(o, Value) else Value(o)
        out = Value(self.data + o.data, (self, o))

        def back():
            self.grad += out.grad
            o.grad += out.grad

        out._back = back
        return out

    __radd__ = __add__

    def __mul__(self, o):
        o = o if isinstance(o, Value) else Value(o)
        out = Value(self.data * o.data, (self, o))

        def back():
            self.grad += o.data * out.grad
            o.grad += self.data * out.grad

        out._back = back
        return out

    __rmul__ = __mul__

    def __pow__(self, p):
        out = Value(self.data**p, (self,))

        def back():
            if p != 0:
                self.grad += p * self.data ** (p - 1) * out.grad

        out._back = back
        return out

    def __neg__(self):
        return self * -1

    def __sub__(self, o):
        return self + (-o)

    def __rsub__(self, o):
        return (-self) + o

    def __truediv__(self, o):
        return self * (o**-1 if isinstance(o, Value) else 1.0 / o)

    def __rtruediv__(self, o):
        return o * self**-1

    def exp(self):
        out = Value(math.exp(self.data), (self,))

        def back():
            self.grad += out.data * out.grad

        out._back = back
        return out

    def log(self):
        out = Value(math.log(self.data), (self,))

        def back():
            self.grad += out.grad / self.data

        out._back = back
        return out

    def tanh(self):
        out = Value(math.tanh(self.data), (self,))

        def back():
            self.grad += (1 - out.data**2) * out.grad

        out._back = back
        return out

    def relu(self):
        out = Value(self.data if self.data > 0 else 0.0, (self,))

        def back():
            self.grad += (out.data > 0) * out.grad

        out._back = back
        return out

    def backward(self):
        topo, seen = [], set()

        def visit(v):
            if v in seen:
                return
            seen.add(v)
            for c in v._prev:
                visit(c)
            topo.append(v)

        visit(self)
        self.grad = 1.0
        for n in reversed(topo):
            n._back()
