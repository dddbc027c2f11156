"""The references of the optimiser exercises, beside those of PyTorch: a second opinion on each formula."""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

EXERCISES = Path(__file__).parents[2] / "content" / "concepts" / "optimizers" / "exercises"
STEPS = 20
SHAPES = [(3, 4), (5,), ()]

# folder, class here, our options, class in torch.optim, its options
PAIRS: list[tuple[str, str, dict[str, Any], str, dict[str, Any]]] = [
    ("sgd", "SGD", {"lr": 0.07}, "SGD", {"lr": 0.07}),
    ("sgd", "SGD", {"lr": 0.07, "weight_decay": 0.3}, "SGD", {"lr": 0.07, "weight_decay": 0.3}),
    (
        "sgd",
        "SGD",
        {"lr": 0.07, "weight_decay": 0.3, "maximize": True},
        "SGD",
        {"lr": 0.07, "weight_decay": 0.3, "maximize": True},
    ),
    ("momentum", "Momentum", {"lr": 0.05}, "SGD", {"lr": 0.05, "momentum": 0.9}),
    (
        "momentum",
        "Momentum",
        {"lr": 0.05, "momentum": 0.7, "weight_decay": 0.2},
        "SGD",
        {"lr": 0.05, "momentum": 0.7, "weight_decay": 0.2},
    ),
    ("nesterov", "Nesterov", {"lr": 0.05, "momentum": 0.8}, "SGD", {"lr": 0.05, "momentum": 0.8, "nesterov": True}),
    ("adagrad", "Adagrad", {"lr": 0.2}, "Adagrad", {"lr": 0.2, "eps": 1e-8}),
    (
        "adagrad",
        "Adagrad",
        {"lr": 0.2, "eps": 0.1, "initial_accumulator": 0.4},
        "Adagrad",
        {"lr": 0.2, "eps": 0.1, "initial_accumulator_value": 0.4},
    ),
    ("rmsprop", "RMSprop", {}, "RMSprop", {}),
    (
        "rmsprop",
        "RMSprop",
        {"lr": 0.02, "alpha": 0.8, "eps": 0.1},
        "RMSprop",
        {"lr": 0.02, "alpha": 0.8, "eps": 0.1},
    ),
    ("adam", "Adam", {}, "Adam", {}),
    (
        "adam",
        "Adam",
        {"lr": 0.05, "betas": (0.7, 0.95), "eps": 0.1},
        "Adam",
        {"lr": 0.05, "betas": (0.7, 0.95), "eps": 0.1},
    ),
    ("adamw", "AdamW", {}, "AdamW", {}),
    (
        "adamw",
        "AdamW",
        {"lr": 0.05, "betas": (0.7, 0.95), "eps": 0.1, "weight_decay": 0.4},
        "AdamW",
        {"lr": 0.05, "betas": (0.7, 0.95), "eps": 0.1, "weight_decay": 0.4},
    ),
]


@pytest.mark.parametrize(
    ("folder", "name", "options", "torch_name", "torch_options"),
    PAIRS,
    ids=[f"{pair[0]}-{'-'.join(pair[2]) or 'defaults'}" for pair in PAIRS],
)
def test_reference_walks_the_path_of_pytorch(
    folder: str, name: str, options: dict[str, Any], torch_name: str, torch_options: dict[str, Any]
) -> None:
    ours = runpy.run_path(str(EXERCISES / folder / "numpy" / "reference.py"))[name](**options)
    rng = np.random.default_rng(20)
    params = [rng.normal(size=shape) for shape in SHAPES]
    pulls = [[rng.normal(size=shape) for shape in SHAPES] for _ in range(STEPS)]
    tensors = [torch.tensor(p, dtype=torch.float64, requires_grad=True) for p in params]
    theirs = getattr(torch.optim, torch_name)(tensors, **torch_options)

    for t, pull in enumerate(pulls):

        def gradient(point: Sequence[Any], pull: Sequence[Any] = pull) -> list[Any]:
            """A slope that depends on the place as well as on the step, so that a path that leaves comes not back."""
            return [np.tanh(p) + r for p, r in zip(point, pull, strict=True)]

        for tensor, g in zip(tensors, gradient([tensor.detach().numpy() for tensor in tensors]), strict=True):
            tensor.grad = torch.as_tensor(g, dtype=torch.float64)
        theirs.step()
        params = ours.step(params, gradient if folder == "nesterov" else gradient(params))
        for p, tensor in zip(params, tensors, strict=True):
            np.testing.assert_allclose(p, tensor.detach().numpy(), rtol=1e-10, atol=1e-10, err_msg=f"step {t + 1}")
