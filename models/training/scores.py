"""Scores of class probabilities with block-bootstrap intervals (DEFINITIONS 7)."""
from __future__ import annotations

import numpy as np

METRICS = ("accuracy", "macro_f1", "log_loss", "brier", "ece")
BINS = 15
Interval = list[float]  # value, low, high: 95 %


def softmax(z: np.ndarray) -> np.ndarray:
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def fit_temperature(logits: np.ndarray, y: np.ndarray, w: np.ndarray) -> float:
    """The divisor of the logits with the least log-loss under the weights w, from a grid of 180 in [0.5, 3]."""
    grid = np.exp(np.linspace(np.log(0.5), np.log(3.0), 180))
    cost = [-(w * np.log(softmax(logits / t)[np.arange(len(y)), y] + 1e-12)).sum() for t in grid]
    return float(grid[int(np.argmin(cost))])


def macro_f1(pred: np.ndarray, y: np.ndarray, classes: int) -> float:
    """Mean F1 over the classes that occur in the truth."""
    table = np.bincount(y * classes + pred, minlength=classes * classes).reshape(classes, classes)
    truth = table.sum(1)
    f1 = 2 * np.diag(table) / np.maximum(truth + table.sum(0), 1)
    return float(f1[truth > 0].mean())


def ece(conf: np.ndarray, hit: np.ndarray) -> float:
    """Top-label expected calibration error over BINS bins of equal width."""
    b = np.minimum((conf * BINS).astype(int), BINS - 1)
    gap = np.bincount(b, conf, BINS) - np.bincount(b, hit.astype(float), BINS)
    return float(np.abs(gap).sum() / len(conf))


def ece_if_perfect(p: np.ndarray, draws: int = 100, seed: int = 6) -> float:
    """The mean ECE that perfectly calibrated forecasts with these probabilities show at this number of windows."""
    rng, conf = np.random.default_rng(seed), p.max(1)
    return round(float(np.mean([ece(conf, rng.random(len(conf)) < conf) for _ in range(draws)])), 4)


def score(p: np.ndarray, y: np.ndarray) -> dict[str, float]:
    pred, rows = p.argmax(1), np.arange(len(y))
    return {"accuracy": float((pred == y).mean()), "macro_f1": macro_f1(pred, y, p.shape[1]),
            "log_loss": float(-np.log(np.clip(p[rows, y], 1e-12, 1)).mean()),
            "brier": float(((p - np.eye(p.shape[1])[y]) ** 2).sum(1).mean()), "ece": ece(p.max(1), pred == y)}


def with_interval(p: np.ndarray, y: np.ndarray, block: np.ndarray, n: int = 400, seed: int = 3) -> dict[str, Interval]:
    """Every score as [value, low, high], resampling whole blocks."""
    rng = np.random.default_rng(seed)
    ids, inv = np.unique(block, return_inverse=True)
    members = np.split(np.argsort(inv, kind="stable"), np.cumsum(np.bincount(inv))[:-1])
    draws = []
    for _ in range(n):
        pick = rng.integers(0, len(ids), len(ids))
        rows = pick if len(ids) == len(y) else np.concatenate([members[j] for j in pick])
        draws.append(list(score(p[rows], y[rows]).values()))
    lo, hi = np.percentile(draws, [2.5, 97.5], axis=0)
    return {m: [round(v, 4), round(float(a), 4), round(float(b), 4)] for (m, v), a, b in zip(score(p, y).items(), lo, hi)}


def gain(p: np.ndarray, q: np.ndarray, y: np.ndarray, block: np.ndarray, n: int = 1000, seed: int = 4) -> Interval:
    """Mean log-loss of q minus that of p in nats (positive: p is better), resampling whole blocks."""
    rows = np.arange(len(y))
    d = np.log(np.clip(p[rows, y], 1e-12, 1)) - np.log(np.clip(q[rows, y], 1e-12, 1))
    _, inv = np.unique(block, return_inverse=True)
    s, c = np.bincount(inv, d), np.bincount(inv)
    pick = np.random.default_rng(seed).integers(0, len(s), (n, len(s)))
    m = s[pick].sum(1) / c[pick].sum(1)
    return [round(float(d.mean()), 4), *np.round(np.percentile(m, [2.5, 97.5]), 4).tolist()]
