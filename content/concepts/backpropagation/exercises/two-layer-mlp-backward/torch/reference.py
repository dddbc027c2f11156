import torch


def loss_and_gradients(x, labels, w1, b1, w2, b2):
    """Loss of a ReLU network with softmax cross-entropy, and its gradients by name.

    x (n, d), labels (n,), w1 (d, h), b1 (h,), w2 (h, c), b2 (c,); gradients of "x", "w1", "b1", "w2", "b2".
    """
    n = x.shape[0]
    rows = torch.arange(n)
    z = x @ w1 + b1  # (n, h)
    a = torch.relu(z)
    s = a @ w2 + b2  # (n, c)
    log_p = torch.log_softmax(s, dim=1)
    loss = -log_p[rows, labels].mean()

    ds = log_p.exp()
    ds[rows, labels] -= 1
    ds = ds / n
    da = ds @ w2.T
    dz = da * (z > 0)
    gradients = {
        "x": dz @ w1.T,
        "w1": x.T @ dz,
        "b1": dz.sum(dim=0),
        "w2": a.T @ ds,
        "b2": ds.sum(dim=0),
    }
    return loss, gradients
