import torch
import torch.nn.functional as F


def skip_gram_negative_sampling(centre_vectors, context_vectors, centres, contexts, negatives):
    """Loss of n pairs with k `negatives` each, and its gradients with respect to both tables (v, d)."""
    a_table = centre_vectors.detach().clone().requires_grad_()
    b_table = context_vectors.detach().clone().requires_grad_()
    a = a_table[centres]  # (n, d)
    seen = (a * b_table[contexts]).sum(dim=1)
    sampled = torch.einsum("nd,nkd->nk", a, b_table[negatives])
    loss = -(F.logsigmoid(seen) + F.logsigmoid(-sampled).sum(dim=1)).mean()
    centre_gradient, context_gradient = torch.autograd.grad(loss, (a_table, b_table))
    return loss.detach(), centre_gradient, context_gradient
