"""A mask and torch.where."""

import torch


def cutmix(images, labels, n_classes, lam, centre, permutation):
    h, w = images.shape[-2:]
    ratio = (1 - lam) ** 0.5
    bh, bw = int(ratio * h), int(ratio * w)
    rows = torch.arange(h) - (centre[0] - bh // 2)
    columns = torch.arange(w) - (centre[1] - bw // 2)
    box = ((rows >= 0) & (rows < bh))[:, None] & ((columns >= 0) & (columns < bw))
    share = box.to(images.dtype).mean()
    eye = torch.eye(n_classes, dtype=images.dtype)
    return torch.where(box, images[permutation], images), torch.lerp(eye[labels], eye[labels[permutation]], share)
