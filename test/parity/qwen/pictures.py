"""Pictures that a formula makes, so that both sides have the same without a file."""

import numpy as np
from PIL import Image


def gradient(width: int, height: int) -> Image.Image:
    """Red grows to the right, green downwards; blue is a checkerboard of 8 pixels that fades along the diagonal."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    red = x * 255 // (width - 1)
    green = y * 255 // (height - 1)
    blue = np.where((x // 8 + y // 8) % 2 == 0, (x + y) * 255 // (width + height - 2), 40)
    return Image.fromarray(np.stack([red, green, blue], axis=-1).astype(np.uint8), "RGB")
