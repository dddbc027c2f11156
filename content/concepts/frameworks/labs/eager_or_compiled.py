"""What does compiling a model change: its speed, its outputs, or the program itself?

One residual network in PyTorch is run eagerly, operation by operation from Python, and as a graph that was recorded
from one run and optimised (`torch.jit.trace` and `freeze`; they need no compiler on the machine, which `torch.compile`
does). We compare the outputs, the processor time of a forward pass (the least of nine tries, taken in turns), and what
became of an `if` in the Python code that depends on the input.

What would change the outcome: the size of the layers. A graph saves what Python and the dispatcher cost for each
operation, which is most of the time where operations are tiny and next to nothing where they are large. `torch.compile`
also fuses operations, and it does not lose the `if`: it splits the graph there, or checks what it assumed.
"""

import re
import time
import warnings

import torch
from torch import nn

ARMS = {
    "eager": "operation by operation, from Python",
    "graph": "recorded from one run and optimised",
}
MEASURES = {
    "time": {"says": "processor time of a forward pass", "unit": "s", "log": True, "timing": True, "better": "lower"},
    "difference": {"says": "largest difference from the eager outputs, relative", "log": True, "better": "lower"},
    "branch": {"says": "takes the other branch for the other kind of input", "yes_no": True, "better": "higher"},
}
CONDITIONS = ["tiny layers", "large layers"]
AXIS = "work per operation"
PARAMETERS = {
    "layers": {"says": "residual layers", "default": 12, "low": 2, "high": 24},
    "large": {"says": "units of a large layer", "default": 512, "low": 16, "high": 512},
}
CLAIMS = {
    "faster": {
        "says": "Compiling makes a model faster: as a recorded and optimised graph it is at least 1.25 times as fast.",
        "test": "time: graph < eager / 1.25",
    },
    "same-outputs": {
        "says": "On inputs like the recorded one the graph gives the eager outputs, within a hundred-thousandth.",
        "test": "difference: graph < 0.00001",
    },
    "same-program": {
        "says": "A recorded graph is the same program: it still takes either branch of an if, in most runs.",
        "test": "branch: graph > 0.5",
        "check": "branch: eager > 0.5",
    },
}
SOURCES = ["pytorch-2024", "pytorch-trace"]
BUDGET_S = 15


class Net(nn.Module):
    """x + relu(W x), layer after layer, with one decision in Python."""

    def __init__(self, layers, width):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))

    def forward(self, x):
        if x.mean() > 0:  # Python decides; a recording sees one of the branches only
            x = -x
        for layer in self.layers:
            x = x + layer(x).relu()
        return x


def measure(seed, layers, large):
    """Both arms on the same weights and inputs."""
    return {
        "tiny layers": compare(seed, layers, width=16, examples=8),
        "large layers": compare(seed, layers, width=large, examples=128),
    }


def illustrate(seed, layers, large):
    """The recorded graph of a network with two layers: where the `if` was, nothing is left."""
    torch.manual_seed(seed)
    graph = recorded(Net(2, 4).eval(), -torch.rand(1, 4))
    text = re.sub(r"(, scope: \S+)? # \S+", "", str(graph.graph))  # without the places in the files
    return [{"kind": "text", "title": "The graph of two layers, as it was recorded", "text": text}]


def compare(seed, layers, width, examples):
    """Outputs, times and branches of the network as it is and of its graph."""
    torch.manual_seed(seed)
    net = Net(layers, width).eval()
    negative = -torch.rand(examples, width)  # recorded with inputs that leave the `if` alone
    positive = torch.rand(examples, width)  # and then run with inputs that do not
    graph = recorded(net, negative)
    times = least_times({"eager": net, "graph": graph}, negative)
    with torch.no_grad():
        expected, other = net(negative), straight(net, -positive)
        return {
            arm: {
                "time": times[arm],
                "difference": (run(negative) - expected).abs().max() / expected.abs().max() + 1e-12,
                "branch": float(torch.allclose(run(positive), other, rtol=1e-3, atol=1e-3)),
            }
            for arm, run in (("eager", net), ("graph", graph))
        }


def straight(net, x):
    """What the layers give, without the `if`."""
    for layer in net.layers:
        x = x + layer(x).relu()
    return x


def recorded(net, x):
    """The graph of one run, optimised."""
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")  # that it is older than torch.compile, and that the `if` will be lost
        return torch.jit.freeze(torch.jit.trace(net, x))


def least_times(runs, x):
    """Processor seconds of one pass of each: the least of nine tries, in turns so that disturbances hit both."""
    times = dict.fromkeys(runs, float("inf"))
    with torch.no_grad():
        for run in runs.values():  # the first runs of a graph still optimise it
            for _ in range(4):
                run(x)
        repeats = 20 if x.numel() < 1000 else 2
        for _ in range(9):
            for name, run in runs.items():
                start = time.process_time()
                for _ in range(repeats):
                    run(x)
                times[name] = min(times[name], (time.process_time() - start) / repeats)
    return times
