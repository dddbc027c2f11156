"""Weight decay as a factor, in a comprehension; the penalty from norms."""

import numpy as np


def _penalised(p):
    return len(p.shape) > 1


def l2_penalty(params, lam):
    return 0.5 * lam * np.sum([np.linalg.norm(p.ravel()) ** 2 for p in params.values() if _penalised(p)])


def sgd_step_l2(params, grads, lr, lam):
    return {k: (1 - lr * lam * _penalised(p)) * p - lr * grads[k] for k, p in params.items()}
