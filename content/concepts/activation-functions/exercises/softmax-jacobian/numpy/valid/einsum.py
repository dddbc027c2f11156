"""Log-sum-exp for the probabilities, einsum and a written diagonal for the rest."""

import numpy as np


def softmax(z):
    top = np.amax(z, -1)
    lse = top + np.log(np.exp(z - top[:, None]).sum(-1))
    return np.exp(z - lse[:, None])


def softmax_jacobian(z):
    p = softmax(z)
    jac = -np.einsum("ij,ik->ijk", p, p)
    index = np.arange(z.shape[1])
    jac[:, index, index] += p
    return jac


def softmax_backward(z, upstream):
    p = softmax(z)
    return p * upstream - np.einsum("nc,nc,nd->nd", p, upstream, p, optimize=True)
