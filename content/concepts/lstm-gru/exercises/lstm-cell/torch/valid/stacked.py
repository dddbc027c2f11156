"""The four matrices side by side, one product for all gates."""

import torch

ORDER = ["input", "forget", "candidate", "output"]


def lstm_cell(x, h, c, w, u, b):
    w, u, b = (torch.cat([p[g] for g in ORDER], dim=-1) for p in (w, u, b))
    i, f, g, o = (x @ w + h @ u + b).chunk(4, dim=1)
    c = torch.addcmul(f.sigmoid() * c, i.sigmoid(), g.tanh())
    return o.sigmoid() * c.tanh(), c


def lstm_forward(x, h_0, c_0, w, u, b):
    state, rows = (h_0, c_0), []
    for x_t in x.unbind(1):
        state = lstm_cell(x_t, *state, w, u, b)
        rows.append(state[0].unsqueeze(1))
    return torch.cat(rows, 1)
