"""The inputs' part for all steps at once, then addmm."""

import torch


def rnn_cell(x, h, w_x, w_h, b):
    return torch.addmm(torch.addmm(b, x, w_x), h, w_h).tanh()


def rnn_forward(x, h_0, w_x, w_h, b):
    drive = torch.matmul(x, w_x) + b
    states, h = [], h_0
    for part in drive.unbind(dim=1):
        h = torch.tanh(torch.addmm(part, h, w_h))
        states.append(h.unsqueeze(1))
    return torch.cat(states, dim=1)
