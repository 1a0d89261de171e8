"""Scores with block-bootstrap intervals for the label comparison."""
from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar

Interval = list[float]  # value, lower, upper (95 %)


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def temperature(logits: list[np.ndarray], y: list[np.ndarray]) -> float:
    """One temperature for several sets of equal weight, by log-loss."""
    def cost(log_t: float) -> float:
        return sum(float(row_loss(softmax(z / np.exp(log_t)), t).mean()) for z, t in zip(logits, y))
    return float(np.exp(minimize_scalar(cost, bounds=(-1.5, 1.5), method="bounded").x))


def row_loss(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """[k, c] probabilities, [k] classes -> [k] nats."""
    return -np.log(np.clip(p[np.arange(len(y)), y], 1e-12, 1.0))


def binary_loss(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    q = np.clip(p, 1e-6, 1 - 1e-6)
    return -np.where(y, np.log(q), np.log(1 - q))


def ece(conf: np.ndarray, hit: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error of the top label, equal-width bins (as in the card)."""
    b = np.minimum((conf * bins).astype(int), bins - 1)
    return float(np.abs(np.bincount(b, conf, bins) - np.bincount(b, hit.astype(float), bins)).sum() / len(conf))


def resamples(block: np.ndarray, n: int, seed: int) -> list[np.ndarray]:
    """n row samples that take whole blocks with replacement."""
    rng = np.random.default_rng(seed)
    ids, inv = np.unique(block, return_inverse=True)
    if len(ids) == len(block):
        return [rng.integers(0, len(block), len(block)) for _ in range(n)]
    members = np.split(np.argsort(inv, kind="stable"), np.cumsum(np.bincount(inv))[:-1])
    return [np.concatenate([members[j] for j in rng.integers(0, len(ids), len(ids))]) for _ in range(n)]


def mean_interval(d: np.ndarray, block: np.ndarray, n: int = 2000, seed: int = 5) -> Interval:
    """Mean of d with its 95 % interval over blocks."""
    _, inv = np.unique(block, return_inverse=True)
    s, c = np.bincount(inv, d), np.bincount(inv)
    pick = np.random.default_rng(seed).integers(0, len(s), (n, len(s)))
    return [float(d.mean()), *np.percentile(s[pick].sum(1) / c[pick].sum(1), [2.5, 97.5]).tolist()]


def ratio_skill(model: np.ndarray, base: np.ndarray, block: np.ndarray, n: int = 2000, seed: int = 6) -> Interval:
    """1 - sum(model) / sum(base) of row losses, with its 95 % interval over blocks."""
    _, inv = np.unique(block, return_inverse=True)
    a, b = np.bincount(inv, model), np.bincount(inv, base)
    pick = np.random.default_rng(seed).integers(0, len(a), (n, len(a)))
    return [float(1 - a.sum() / b.sum()), *np.percentile(1 - a[pick].sum(1) / b[pick].sum(1), [2.5, 97.5]).tolist()]


def ece_interval(p: np.ndarray, y: np.ndarray, block: np.ndarray, n: int = 300, seed: int = 7) -> Interval:
    conf, hit = p.max(1), p.argmax(1) == y
    return [ece(conf, hit), *np.percentile([ece(conf[r], hit[r]) for r in resamples(block, n, seed)], [2.5, 97.5]).tolist()]


def auc(score: np.ndarray, y: np.ndarray) -> float:
    """Area under the ROC curve; ties count half."""
    _, inv, counts = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inv]
    pos = int(y.sum())
    return float((rank[y].sum() - pos * (pos + 1) / 2) / (pos * (len(y) - pos)))


def capacity(p: np.ndarray) -> np.ndarray:
    """Signal confidence C (DEFINITIONS 5) of a reading held with probability p."""
    e = np.clip(1 - p, 1e-12, 0.5)
    return 1 + e * np.log2(e) + (1 - e) * np.log2(1 - e)
