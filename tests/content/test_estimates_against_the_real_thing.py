"""The results of estimates whose numbers are drawn, against layers of PyTorch and loops that count one by one."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from itertools import islice

import numpy as np
import pytest

from vivavoce.content.bank import Bank, load_bank
from vivavoce.domain.estimate import Estimate, all_draws
from vivavoce.domain.quantity import Number
from vivavoce.plugins import core_pack

LOOKED_AT = 12
"""Draws of each question, spread evenly."""

Given = dict[str, Number]


def counted(module: object) -> int:
    return sum(p.numel() for p in module.parameters())  # type: ignore[attr-defined]


def convolution(g: Given) -> float:
    torch = pytest.importorskip("torch")
    return counted(torch.nn.Conv2d(int(g["c_in"]), int(g["c_out"]), int(g["k"]), bias=True))


def output_side(g: Given) -> float:
    """By putting the window down wherever it fits."""
    row = int(g["n"] + 2 * g["p"])
    return sum(1 for left in range(0, row, int(g["s"])) if left + g["k"] <= row)


def window(g: Given) -> float:
    """By following every input that one unit depends on, back through the stack."""
    k, seen = int(g["k"]), {0}
    for _ in range(int(g["b"])):
        seen = {place + move for place in seen for move in range(k)}
    seen = {2 * place + move for place in seen for move in range(2)}
    for _ in range(int(g["a"])):
        seen = {place + move for place in seen for move in range(k)}
    return max(seen) - min(seen) + 1


def multiply_adds(g: Given) -> float:
    """Of one row of the output, counted value by value; all rows cost the same."""
    total = 0
    for _ in range(int(g["n"]) * int(g["c_out"])):
        total += int(g["k"]) ** 2 * int(g["c_in"])
    return total * g["n"]


def feature_maps(g: Given) -> float:
    kind = f"f{int(g['q'])}"
    return float(np.broadcast_to(np.zeros((), kind), (int(g["b"]), int(g["c"]), int(g["n"]), int(g["n"]))).nbytes)


def encoder_block(g: Given) -> float:
    torch = pytest.importorskip("torch")
    with torch.device("meta"):
        block = torch.nn.TransformerEncoderLayer(int(g["d"]), nhead=8, dim_feedforward=int(g["f"] * g["d"]))
    return counted(block)


def scores(g: Given) -> float:
    shape = (int(g["b"]), int(g["h"]), int(g["t"]), int(g["t"]))
    return float(np.broadcast_to(np.float16(0), shape).nbytes)


def attention_layer(g: Given) -> float:
    """Six matrix products, each by its three sizes, with eight heads."""
    t, d, heads = int(g["t"]), int(g["d"]), 8
    projections = sum(2 * t * d * d for _ in ("query", "key", "value", "output"))
    each_head = 2 * t * (d // heads) * t + 2 * t * t * (d // heads)
    return projections + sum(each_head for _ in range(heads))


def two_bidirectional_gru_layers(g: Given) -> float:
    torch = pytest.importorskip("torch")
    with torch.device("meta"):
        gru = torch.nn.GRU(int(g["d"]), int(g["h"]), num_layers=2, bidirectional=True)
    # PyTorch keeps two biases for each of the three blocks; the question has one.
    layers, directions = 2, 2
    return counted(gru) - layers * directions * 3 * int(g["h"])


def states(g: Given) -> float:
    return float(np.broadcast_to(np.float32(0), (int(g["t"]), int(g["b"]), int(g["h"]))).nbytes)


def adam(g: Given) -> float:
    """By training a small model for one step and weighing what is kept for each of its parameters."""
    torch = pytest.importorskip("torch")
    model = torch.nn.Linear(7, 5)
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.ones(1, 7)).sum().backward()
    optimizer.step()
    kept = 0
    for p in model.parameters():
        averages = (optimizer.state[p]["exp_avg"], optimizer.state[p]["exp_avg_sq"])
        kept += sum(t.numel() * t.element_size() for t in (p, p.grad, *averages))
    return kept / counted(model) * g["m"] * 1e6


def updates(g: Given) -> float:
    done = 0
    for _ in range(int(g["m"])):
        done += sum(1 for _ in range(0, int(g["n"]), int(g["b"])))
    return done


def he(g: Given) -> float:
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    weight = torch.empty(8, int(g["c_in"]), int(g["k"]), int(g["k"]))
    fan_in, _ = torch.nn.init._calculate_fan_in_and_fan_out(weight)
    return float(torch.nn.init.calculate_gain("relu") / math.sqrt(fan_in))


def checkpoint(g: Given) -> float:
    torch = pytest.importorskip("torch")
    conv = torch.nn.Conv2d(int(g["c_in"]), int(g["c_out"]), int(g["k"]), bias=False)
    layers = torch.nn.Sequential(conv, torch.nn.BatchNorm2d(int(g["c_out"])))
    return sum(t.numel() for name, t in layers.state_dict().items() if not name.endswith("num_batches_tracked"))


def kept_units(g: Given) -> float:
    """From the distribution itself, term by term."""
    n, stay = int(g["n"]), 1 - g["p"]
    numbers = np.arange(n + 1)
    logs = [math.lgamma(n + 1) - math.lgamma(x + 1) - math.lgamma(n - x + 1) for x in numbers]
    chances = np.exp(np.array(logs) + numbers * math.log(stay) + (n - numbers) * math.log(g["p"]))
    mean = float((chances * numbers).sum())
    return float(np.sqrt((chances * (numbers - mean) ** 2).sum()))


def first_loss(g: Given) -> float:
    torch = pytest.importorskip("torch")
    return float(torch.nn.functional.cross_entropy(torch.zeros(3, int(g["k"])), torch.tensor([0, 1, 2])))


def through_sigmoids(g: Given) -> float:
    """By backpropagation, with every unit at the place where its slope is largest."""
    torch = pytest.importorskip("torch")
    factor = 1.0
    for _ in range(int(g["n"])):
        x = torch.zeros((), dtype=torch.float64, requires_grad=True)
        torch.sigmoid(g["w"] * x).backward()
        factor *= float(x.grad)
    return factor


def head(g: Given) -> float:
    torch = pytest.importorskip("torch")
    backbone = torch.nn.Linear(10, int(g["d"])).requires_grad_(False)
    layers = (torch.nn.Linear(int(g["d"]), int(g["h"])), torch.nn.ReLU(), torch.nn.Linear(int(g["h"]), int(g["k"])))
    model = torch.nn.Sequential(backbone, *layers)
    return sum(p.numel() for p in model.parameters() if p.requires_grad)


def one_update(g: Given) -> float:
    """By the counter of PyTorch, in the middle of a network: the inputs need a gradient too."""
    torch = pytest.importorskip("torch")
    counting = pytest.importorskip("torch.utils.flop_counter")
    with torch.device("meta"):
        layer = torch.nn.Linear(int(g["n"]), int(g["m"]), bias=False)
        x = torch.zeros(int(g["b"]), int(g["n"]), requires_grad=True)
    with counting.FlopCounterMode(display=False) as counter:
        layer(x).sum().backward()
    return float(counter.get_total_flops())


ORACLES: dict[str, Callable[[Given], float]] = {
    "cnn/parameters-of-a-convolution": convolution,
    "cnn/output-side-of-a-convolution": output_side,
    "cnn/window-of-a-stack": window,
    "cnn/multiply-adds-of-a-convolution": multiply_adds,
    "cnn/memory-of-feature-maps": feature_maps,
    "transformer/parameters-of-a-block": encoder_block,
    "attention/memory-of-the-scores": scores,
    "attention/work-of-one-layer": attention_layer,
    "lstm-gru/parameters-of-two-layers": two_bidirectional_gru_layers,
    "rnn/memory-for-backpropagation-through-time": states,
    "optimizers/memory-of-adam": adam,
    "gradient-descent/updates-in-a-run": updates,
    "weight-initialization/spread-for-a-convolution": he,
    "batch-normalization/numbers-in-the-checkpoint": checkpoint,
    "dropout/how-many-units-stay": kept_units,
    "loss-functions/first-loss-of-a-classifier": first_loss,
    "activation-functions/gradient-through-sigmoids": through_sigmoids,
    "transfer-learning/what-is-left-to-train": head,
    "backpropagation/work-of-one-update": one_update,
}


@cache
def bank() -> Bank:
    return load_bank([core_pack()]).bank


def estimate_of(item: str) -> Estimate:
    found = bank().question(item).estimate
    assert found is not None
    return found


@pytest.mark.parametrize("item", ORACLES)
def test_the_result_is_what_the_real_thing_gives(item: str) -> None:
    estimate = estimate_of(item)
    draws = list(all_draws(estimate))
    for numbers in islice(draws, 0, None, max(1, len(draws) // LOOKED_AT)):
        result = estimate.values(numbers)[estimate.result.name]
        assert result == pytest.approx(ORACLES[item](numbers), rel=1e-5), numbers


def test_every_estimate_with_drawn_numbers_is_checked_here() -> None:
    drawn = {str(q.id) for q in bank().questions.values() if q.estimate is not None}
    assert drawn == set(ORACLES)


def test_the_multiply_adds_of_a_convolution_are_half_the_operations_that_pytorch_counts() -> None:
    torch = pytest.importorskip("torch")
    counting = pytest.importorskip("torch.utils.flop_counter")
    given = {"n": 14, "k": 3, "c_in": 32, "c_out": 64}
    with torch.device("meta"):
        conv = torch.nn.Conv2d(32, 64, 3, padding=1, bias=False)
        image = torch.zeros(1, 32, 14, 14)
    with counting.FlopCounterMode(display=False) as counter:
        conv(image)
    estimate = estimate_of("cnn/multiply-adds-of-a-convolution")
    assert 2 * estimate.values(given)["result"] == counter.get_total_flops()
