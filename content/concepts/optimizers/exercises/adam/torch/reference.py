import torch


class Adam:
    def __init__(self, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
        """The state of each parameter begins at the first step."""
        self.lr, self.betas, self.eps = lr, betas, eps
        self.t = 0
        self.m, self.v = [], []

    @torch.no_grad()
    def step(self, params, grads):
        """The new parameters, a list of tensors, after one step from `params` along `grads`, lists of tensors."""
        beta1, beta2 = self.betas
        if self.t == 0:
            self.m = [torch.zeros_like(p) for p in params]
            self.v = [torch.zeros_like(p) for p in params]
        self.t += 1
        for p, g, m, v in zip(params, grads, self.m, self.v, strict=True):
            m.mul_(beta1).add_(g, alpha=1 - beta1)
            v.mul_(beta2).addcmul_(g, g, value=1 - beta2)
            m_hat = m / (1 - beta1**self.t)
            v_hat = v / (1 - beta2**self.t)
            p.sub_(self.lr * m_hat / (v_hat.sqrt() + self.eps))
        return params
