"""Halves every time."""


def train(epochs):
    return [0.5**epoch for epoch in range(epochs)]
