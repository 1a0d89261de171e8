"""Scaling of a window and its three-channel picture: the definition of the network's input.

Every function takes numpy arrays or torch tensors and gives back the same kind; torch is needed only for tensors.
"""
from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from torch import Tensor
Array = TypeVar("Array", np.ndarray, "Tensor")

SIZE = 224
HEAT_TEXT = {
    "raster": "price (row, top = high) x time (column): 2*max(0, 1-|level_i - x_j|*(n-1)/8)-1, level_i = 1-2i/(n-1)",
    "recur": "|x_i - x_j| - 1", "sdf": "clamp(2*(x_j - level_i), -1, 1), level_i = 1-2i/(n-1)",
    "absret": "clamp(2*(d_i + d_j) - 1, -1, 1), d_0 = 0, d_i = |x_i - x_(i-1)|", "zero": "zeros"}
PLAIN_TEXT = "x = 2*(close-min)/(max-min)-1 on raw closes; a flat window gives zeros"
LOG_TEXT = "x = 2*(log close - min)/(max-min)-1 on log closes; a flat window gives zeros"


def _library(x: Array) -> ModuleType:
    if isinstance(x, np.ndarray):
        return np
    import torch
    return torch


def scale(close: np.ndarray) -> np.ndarray:
    """Min-max scale closes [k, n] to [-1, 1] (a flat window becomes zeros), float32."""
    lo, hi = close.min(1, keepdims=True), close.max(1, keepdims=True)
    span = hi - lo
    return np.where(span > 0, 2.0 * (close - lo) / np.where(span > 0, span, 1.0) - 1.0, 0.0).astype(np.float32)


def scale_logs(close: np.ndarray) -> np.ndarray:
    """`scale` of the logarithms of closes [k, n]."""
    return scale(np.log(close))


def network_input(card: dict) -> Callable[[np.ndarray], np.ndarray]:
    """Closes [k, n] -> scaled windows as the network of this card reads them. Raises ValueError where the card asks for another scaling."""
    text = card["preprocessing"]["scale"]
    if text not in (PLAIN_TEXT, LOG_TEXT):
        raise ValueError(f"unknown scaling: {text}")
    return scale_logs if text == LOG_TEXT else scale


def heat_map(x: Array, heat: str) -> Array:
    """The blue channel [k, n, n] of scaled windows [k, n]; `heat` is a key of HEAT_TEXT."""
    xp, n = _library(x), x.shape[1]
    rows, columns = x[:, :, None], x[:, None, :]
    level = (1.0 - 2.0 * xp.arange(n, dtype=x.dtype) / (n - 1))[None, :, None]  # top row = window high
    if heat == "raster":      # soft occupancy, 2 grid cells wide
        return 2.0 * (1.0 - abs(level - columns) * ((n - 1) / 8.0)).clip(0.0, None) - 1.0
    if heat == "sdf":         # signed distance of the price line from each level
        return ((columns - level) * 2.0).clip(-1.0, 1.0)
    if heat == "recur":
        return abs(rows - columns) - 1.0
    if heat == "absret":      # size of the moves at both times
        d = xp.zeros_like(x)
        d[:, 1:] = abs(x[:, 1:] - x[:, :-1])
        return (2.0 * (d[:, :, None] + d[:, None, :]) - 1.0).clip(-1.0, 1.0)
    return xp.zeros_like(rows * columns)


def fields(x: Array, heat: str) -> Array:
    """Scaled windows [k, n] -> [k, 3, n, n] fields in [-1, 1]: R = GASF, G = GADF, B = heat map."""
    xp = _library(x)
    s = xp.sqrt((1.0 - x * x).clip(0.0, None))
    gasf = x[:, :, None] * x[:, None, :] - s[:, :, None] * s[:, None, :]
    gadf = s[:, :, None] * x[:, None, :] - x[:, :, None] * s[:, None, :]
    return xp.stack([gasf, gadf, heat_map(x, heat)], 1)


def upsample224(f: Array, size: int = SIZE) -> Array:
    """Nearest: out[i, j] = f[floor(i*n/size), floor(j*n/size)] in integer arithmetic."""
    at = (_library(f).arange(size) * f.shape[-1]) // size
    return f[..., at, :][..., at]
