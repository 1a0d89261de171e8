"""Projection and novelty from the numbers of reference.json; electron/engine/vision/convnext does the same."""
from __future__ import annotations

import base64
from dataclasses import dataclass

import numpy as np

PERCENTS = np.linspace(0.0, 100.0, 1001)
FLAG = 99.0


def encode(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()


def decode(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4")


@dataclass
class Projection:
    mean: np.ndarray    # [768] float32
    matrix: np.ndarray  # [length, 768] float32, orthonormal rows, largest variance first

    def __call__(self, embedding: np.ndarray) -> np.ndarray:
        """[k, 768] -> [k, length] float32."""
        return ((embedding.astype(np.float64) - self.mean) @ self.matrix.astype(np.float64).T).astype(np.float32)


def fit_projection(embedding: np.ndarray, length: int) -> tuple[Projection, np.ndarray]:
    """Principal components of [k, 768] and the standard deviations along them. Signs: the largest weight of a row is positive."""
    centre = embedding.astype(np.float64).mean(0)
    values, vectors = np.linalg.eigh(np.cov((embedding - centre).T))
    rows = vectors[:, ::-1][:, :length].T
    rows = rows * np.sign(rows[np.arange(length), np.abs(rows).argmax(1)])[:, None]
    projection = Projection(centre.astype(np.float32), rows.astype(np.float32))
    return projection, projection(embedding).astype(np.float64).std(0)


def scales(deviations: np.ndarray, components: int, power: float) -> np.ndarray:
    """What the first components are divided by: s_1 (s_i / s_1)^power of their standard deviations s; power 1 = Mahalanobis."""
    return deviations[0] * (deviations[:components] / deviations[0]) ** power


def distance(projected: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Distance from the mean of the training windows: sqrt(sum (z_i / scale_i)^2) over the components that have a scale."""
    z = projected[:, : len(scale)].astype(np.float64)
    return np.sqrt(((z / scale) ** 2).sum(1))


def distinct_closes(x: np.ndarray) -> np.ndarray:
    return np.array([len(np.unique(row)) for row in x])


def largest_step(x: np.ndarray) -> np.ndarray:
    """Largest absolute step over the median one; infinite where the median is 0."""
    steps = np.abs(np.diff(x, axis=1))
    middle = np.median(steps, axis=1)
    return np.divide(steps.max(1), middle, out=np.full(len(x), np.inf), where=middle > 0)


def percentile(distances: np.ndarray, quantiles: np.ndarray) -> np.ndarray:
    """Share of training windows that lie nearer, in percent."""
    return np.interp(distances, quantiles, PERCENTS, right=100.0)
