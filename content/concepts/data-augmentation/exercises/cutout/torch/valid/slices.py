"""Image by image with clipped slices."""


def cutout(images, centres, size, fill=0.0):
    result = images.clone()
    for i, (y, x) in enumerate(centres.tolist()):
        top, left = y - size // 2, x - size // 2
        result[i, :, max(top, 0) : max(top + size, 0), max(left, 0) : max(left + size, 0)] = fill
    return result
