import torch


def gru_cell(x, h, w, u, b):
    """One step: inputs `x` (n, d) and states `h` (n, m), parameters by gate. Returns the new states (n, m)."""
    r = torch.sigmoid(x @ w["reset"] + h @ u["reset"] + b["reset"])
    z = torch.sigmoid(x @ w["update"] + h @ u["update"] + b["update"])
    g = torch.tanh(x @ w["candidate"] + r * (h @ u["candidate"]) + b["candidate"])
    return (1 - z) * g + z * h


def gru_forward(x, h_0, w, u, b):
    """The states (n, T, m) of sequences `x` (n, T, d) that begin in the states `h_0` (n, m)."""
    h, states = h_0, []
    for t in range(x.shape[1]):
        h = gru_cell(x[:, t], h, w, u, b)
        states.append(h)
    return torch.stack(states, dim=1)
