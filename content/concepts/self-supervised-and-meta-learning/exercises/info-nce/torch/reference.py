import torch
import torch.nn.functional as F


def info_nce(queries, keys, temperature=0.1):
    """Mean cross-entropy of finding key i among all `keys` (m, d) for each of `queries` (n, d)."""
    q = F.normalize(queries, dim=1)
    k = F.normalize(keys, dim=1)
    logits = q @ k.T / temperature  # (n, m)
    labels = torch.arange(len(q))
    return F.cross_entropy(logits, labels)
