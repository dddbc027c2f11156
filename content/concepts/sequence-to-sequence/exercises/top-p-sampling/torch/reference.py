import torch


def top_p_sampling(logits, p, u):
    """Probabilities (n, c) over each row's nucleus, and a token for each row by the uniforms `u` (n,)."""
    full = torch.softmax(logits, dim=1)
    ranked, order = full.sort(dim=1, descending=True)
    before = ranked.cumsum(dim=1) - ranked  # held by the likelier tokens
    keep = before < p
    keep[:, 0] = True
    nucleus = torch.zeros_like(full).scatter(1, order, ranked * keep)
    nucleus = nucleus / nucleus.sum(dim=1, keepdim=True)
    cumulative = nucleus.cumsum(dim=1)
    cumulative = cumulative / cumulative[:, -1:]  # the last is 1, whatever rounding did
    return nucleus, (cumulative <= u[:, None]).sum(dim=1)
