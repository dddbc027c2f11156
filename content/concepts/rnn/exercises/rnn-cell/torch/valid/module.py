"""As a module with linear layers whose weights are the arguments."""

import torch
import torch.nn.functional as fn
from torch import nn


class _Rnn(nn.Module):
    def forward(self, x, h, w_x, w_h, b):
        out = torch.empty(0, x.shape[0], h.shape[1], dtype=x.dtype)
        for x_t in x.transpose(0, 1):
            h = rnn_cell(x_t, h, w_x, w_h, b)
            out = torch.cat([out, h[None]])
        return out.permute(1, 0, 2)


def rnn_cell(x, h, w_x, w_h, b):
    return fn.tanh(fn.linear(x, w_x.t(), b) + fn.linear(h, w_h.t()))


def rnn_forward(x, h_0, w_x, w_h, b):
    return _Rnn()(x, h_0, w_x, w_h, b)
