import torch


def cutout(images, centres, size, fill=0.0):
    """A copy of `images` (n, c, h, w) with `fill` in a square of `size` about the `centres` (n, 2)."""
    height, width = images.shape[2:]
    first = centres - size // 2  # (n, 2): the first row and column of each square
    from_row = torch.arange(height) - first[:, :1]  # (n, h)
    from_column = torch.arange(width) - first[:, 1:]  # (n, w)
    rows = (from_row >= 0) & (from_row < size)
    columns = (from_column >= 0) & (from_column < size)
    square = rows[:, None, :, None] & columns[:, None, None, :]  # (n, 1, h, w)
    return images.masked_fill(square, fill)
