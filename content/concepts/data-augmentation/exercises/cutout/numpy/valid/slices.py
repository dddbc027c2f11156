"""Image by image with clipped slices."""


def cutout(images, centres, size, fill=0.0):
    result = images.copy()
    half = size // 2
    for image, (y, x) in zip(result, centres.tolist(), strict=True):
        top, left = y - half, x - half
        image[:, max(top, 0) : max(top + size, 0), max(left, 0) : max(left + size, 0)] = fill
    return result
