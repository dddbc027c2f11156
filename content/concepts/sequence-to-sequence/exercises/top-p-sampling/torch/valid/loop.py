"""Row by row with plain Python for the draw."""

import torch


def top_p_sampling(logits, p, u):
    out = torch.zeros(logits.shape, dtype=torch.float64)
    tokens = []
    for i in range(logits.shape[0]):
        w = torch.softmax(logits[i].double(), 0)
        total = 0.0
        for j in torch.argsort(w, descending=True).tolist():
            out[i, j] = w[j]
            total += w[j].item()
            if total >= p:
                break
        out[i] /= out[i].sum()
        running = 0.0
        token = None
        for j, q in enumerate(out[i].tolist()):
            running += q
            if q > 0:
                token = j
                if running > u[i].item():
                    break
        tokens.append(token)
    return out.to(logits.dtype), torch.tensor(tokens)
