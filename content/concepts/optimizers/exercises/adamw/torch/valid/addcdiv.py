"""With the in-place operations that PyTorch's own loop uses."""

import torch


class AdamW:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01):
        self.lr, (self.beta1, self.beta2), self.eps = lr, betas, eps
        self.weight_decay = weight_decay
        self.state = {}

    def step(self, params, grads):
        with torch.no_grad():
            for i, p in enumerate(params):
                s = self.state.setdefault(i, {"step": 0, "avg": torch.zeros_like(p), "sq": torch.zeros_like(p)})
                s["step"] += 1
                s["avg"].lerp_(grads[i], 1 - self.beta1)
                s["sq"].mul_(self.beta2).addcmul_(grads[i], grads[i].conj(), value=1 - self.beta2)
                denominator = (s["sq"].sqrt() / (1 - self.beta2 ** s["step"]) ** 0.5).add_(self.eps)
                p.add_(p, alpha=-self.lr * self.weight_decay)
                p.addcdiv_(s["avg"], denominator, value=-self.lr / (1 - self.beta1 ** s["step"]))
        return params
