import torch


def triplet_loss(anchor, positive, negative, margin=0.2):
    """Mean hinge of squared distances of `anchor`, `positive`, `negative` (n, d), scaled to length 1."""
    a, p, n = _unit(anchor), _unit(positive), _unit(negative)
    to_positive = ((a - p) ** 2).sum(dim=1)
    to_negative = ((a - n) ** 2).sum(dim=1)
    return torch.relu(to_positive - to_negative + margin).mean()


def batch_hard_triplet_loss(embeddings, labels, margin=0.2):
    """The same for `embeddings` (n, d): each row with its farthest positive and nearest negative by `labels` (n,)."""
    x = _unit(embeddings)
    distances = ((x[:, None] - x[None]) ** 2).sum(dim=2)  # (n, n)
    same = labels[:, None] == labels[None]
    positives = same & ~torch.eye(len(x), dtype=torch.bool)
    farthest = distances.masked_fill(~positives, -torch.inf).amax(dim=1)
    nearest = distances.masked_fill(same, torch.inf).amin(dim=1)
    usable = positives.any(dim=1) & ~same.all(dim=1)
    if not usable.any():
        return embeddings.sum() * 0
    return torch.relu(farthest[usable] - nearest[usable] + margin).mean()


def _unit(x):
    return x / x.norm(dim=1, keepdim=True)
