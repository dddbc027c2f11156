import numpy as np


def batch_gradient_descent(x, y, w, b, learning_rate, epochs, tolerance=0.0):
    """(w, b, costs) for x (n, d), y (n,), start w (d,) and b; costs has one entry for each epoch."""
    costs = []
    for _ in range(epochs):
        residual = x @ w + b - y  # (n,)
        costs.append(0.5 * (residual**2).mean())
        dw = x.T @ residual / len(y)
        db = residual.mean()
        if np.sqrt((dw**2).sum() + db**2) <= tolerance:
            break
        w = w - learning_rate * dw
        b = b - learning_rate * db
    return w, b, costs
