"""Element by element with the math module."""

import math

import numpy as np


def one(v):
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))


def sigmoid(x):
    return np.array([one(v) for v in x.ravel().tolist()]).reshape(x.shape)


def sigmoid_derivative(x):
    return np.array([one(v) * one(-v) for v in x.ravel().tolist()]).reshape(x.shape)
