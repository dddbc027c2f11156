"""Has an LSTM no gradient problems?

A cell reads fifty random inputs, and backpropagation tells how strongly its last state (of an LSTM: the hidden and the
cell state together) depends on its first. The size is the Frobenius norm of that Jacobian divided by the root of its
width, which is one where the gradient passes unchanged. The LSTM is as PyTorch initialises it, or its forget gates are
opened by a bias, or its recurrent weights are large, as they may become in training. A plain RNN with the same
recurrent weights (and no gates to open) stands beside it. Nothing is trained: these are gradients at initialisation.

What would change the outcome: the lag, and the bias of the forget gate. A gate of 0.9 keeps a half for seven steps, and
a gate of 0.99 for seventy. Training moves the gates, so a trained LSTM may do better or worse than it began.
"""

import torch
from torch import nn

ARMS = {"lstm": "LSTM", "rnn": "plain RNN with tanh"}
MEASURES = {"gradient": {"says": "size of the gradient after the lag (1 is unchanged)", "log": True}}
CONDITIONS = ["default", "open forget gates", "large weights"]
AXIS = "initialisation"
PARAMETERS = {
    "lag": {"says": "steps back in time", "unit": "steps", "default": 50, "low": 2, "high": 200},
    "forget_bias": {"says": "bias of open forget gates", "default": 4.0, "low": 0.0, "high": 8.0},
    "factor": {"says": "factor of large recurrent weights", "default": 8.0, "low": 1.0, "high": 16.0},
}
CLAIMS = {
    "no-problems": {
        "says": "LSTMs have no gradient problems: over 50 steps the initial gradient stays within a factor of 10 of 1.",
        "test": "gradient: lstm == 1 */ 10",
    },
    "can-explode": {
        "says": "Recurrent weights of eight times the usual size make an LSTM's gradient explode: by 1000 or more over"
        " 50 steps.",
        "test": "gradient: lstm > 1000",
        "conditions": ["large weights"],
    },
    "vanishes-slower": {
        "says": "An LSTM's gradient vanishes more slowly: untrained, after 50 steps, it is at least 10 times that of a"
        " plain RNN.",
        "test": "gradient: lstm > rnn * 10",
        "conditions": ["default", "open forget gates"],
    },
    "explodes-less": {
        "says": "With equally large weights, an untrained LSTM's gradient is 1000 times smaller than an RNN's.",
        "test": "gradient: lstm < rnn / 1000",
        "conditions": ["large weights"],
    },
}
SOURCES = ["gbc-gated", "jozefowicz-2015", "sutskever-2014"]
BUDGET_S = 10

INPUTS, WIDTH = 8, 32


def measure(seed, lag, forget_bias, factor):
    """Size of the gradient after the whole lag."""
    return {
        condition: {
            arm: {"gradient": gradient(cell(seed, condition, arm, forget_bias, factor), seed, lag)} for arm in ARMS
        }
        for condition in CONDITIONS
    }


def illustrate(seed, lag, forget_bias, factor):
    """Size of the gradient against the lag."""
    x, lines = [step for step in range(1, lag + 1) if step == 1 or step % 5 == 0], {}
    for condition in CONDITIONS:
        net = cell(seed, condition, "lstm", forget_bias, factor)
        lines[condition] = [gradient(net, seed, step) for step in x]
    net = cell(seed, "default", "rnn", forget_bias, factor)
    lines["plain RNN, default"] = [gradient(net, seed, step) for step in x]
    labels = {
        "title": "Gradient of an LSTM against time lag",
        "x_label": "lag (steps)",
        "y_label": "size of the gradient",
    }
    return [{"kind": "curves", **labels, "x": x, "lines": lines, "log_y": True}]


def cell(seed, condition, arm, forget_bias, factor):
    torch.manual_seed(seed)
    net = (nn.LSTM if arm == "lstm" else nn.RNN)(INPUTS, WIDTH)
    with torch.no_grad():
        if condition == "open forget gates" and arm == "lstm":
            net.bias_ih_l0[WIDTH : 2 * WIDTH] = forget_bias  # PyTorch's order: input, forget, candidate, output
        if condition == "large weights":
            net.weight_hh_l0 *= factor
    return net


def gradient(net, seed, lag):
    """Size of the Jacobian of the last state with respect to the first.

    All rows of a batch read the same sequence; row i asks for the gradient of the i-th number of the last state.
    """
    torch.manual_seed(seed)
    is_lstm = isinstance(net, nn.LSTM)
    rows = 2 * WIDTH if is_lstm else WIDTH
    x = torch.randn(20 + lag, 1, INPUTS).expand(-1, rows, -1)
    start = net(x[:20])[1]  # twenty steps to leave the zero state
    first = tuple(s.detach().requires_grad_() for s in start) if is_lstm else (start.detach().requires_grad_(),)
    last = net(x[20:], first if is_lstm else first[0])[1]
    last = torch.cat(last, dim=2)[0] if is_lstm else last[0]  # (rows, rows)
    jacobian = torch.autograd.grad(last.diagonal().sum(), first)
    return torch.cat(jacobian, dim=2).norm().item() / rows**0.5
