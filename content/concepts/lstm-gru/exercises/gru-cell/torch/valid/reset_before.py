"""The reset gate before the product; lerp for the mixture."""

import torch


def gru_cell(x, h, w, u, b):
    r, z = (torch.addmm(b[k], x, w[k]).add(h @ u[k]).sigmoid() for k in ("reset", "update"))
    g = torch.addmm(b["candidate"], x, w["candidate"]) + (r * h) @ u["candidate"]
    return torch.lerp(g.tanh(), h, z)


def gru_forward(x, h_0, w, u, b):
    rows, h = [], h_0
    for x_t in torch.unbind(x, dim=1):
        h = gru_cell(x_t, h, w, u, b)
        rows.append(h[:, None])
    return torch.cat(rows, dim=1)
