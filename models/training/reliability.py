"""Reliability of each class probability on held-out real windows: the table for the card and its pictures."""
from __future__ import annotations

from pathlib import Path

import numpy as np

from dataset import HEADS, Series, Spec, Windows, real_windows

BINS = 10
FEWEST = 30  # windows of a bin below which its own design effect is noise
SETS = ("test_time", "test_symbol", "test_both")
Z = 1.959964


NOTE = ("windows of one symbol share no bar, nor do their forward bars; symbols of the same dates move together, so an interval is Wilson's of "
        "n / design effect windows, that of each bin counted over calendar half-years")


def thinned(series: list[Series], spec: Spec) -> Windows:
    """All held-out real windows of which no two of a symbol share a bar, nor two forward stretches."""
    parts = [real_windows(series, spec, name, spec.window) for name in SETS]
    return Windows(*[np.concatenate([getattr(p, f) for p in parts]) for f in ("logp", "future", "group", "block")])


def wilson(hits: int, windows: int, design_effect: float = 1.0) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927) that rests on as many windows as n / design effect independent ones tell (Kish 1965, 8.2)."""
    if windows == 0:
        return 0.0, 1.0
    share, n, z2 = hits / windows, windows / design_effect, Z * Z
    mid, half = share + z2 / (2 * n), Z * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return float(max((mid - half) / (1 + z2 / n), 0.0)), float(min((mid + half) / (1 + z2 / n), 1.0))


def design_effect(residuals: np.ndarray, block: np.ndarray) -> float:
    """How much less n windows tell than n independent ones, since those of one time move together: the sum over blocks of time of the squared
    sum of residuals, over the residuals' sum of squares (Kish 1965, 8.2); 1 where there is nothing to tell apart."""
    alone = float((residuals**2).sum())
    together = np.bincount(np.unique(block, return_inverse=True)[1], residuals)
    return float((together**2).sum()) / alone if alone > 0 else 1.0


def design_effects(at: np.ndarray, true: np.ndarray, block: np.ndarray) -> list[float]:
    """Of each bin: its own, or that of the class over all bins (residuals from each bin's own rate) where that is greater, or 1. Of fewer than
    FEWEST windows only the class's is told."""
    residuals, told = np.zeros(len(true)), np.zeros(len(true), bool)
    own = [1.0] * BINS
    for b in range(BINS):
        here = at == b
        if here.sum() < FEWEST:
            continue
        residuals[here], told[here] = true[here] - true[here].mean(), True
        own[b] = design_effect(residuals[here], block[here])
    whole = design_effect(residuals[told], block[told]) if told.any() else 1.0
    return [max(1.0, whole, each) for each in own]


def bins(p: np.ndarray, true: np.ndarray, block: np.ndarray) -> list[dict[str, float | int | None]]:
    """Ten bins of equal width, the last one closed; mean and rate are null in an empty bin. `block` is the time that windows share."""
    at = np.minimum((p * BINS).astype(int), BINS - 1)
    effects = design_effects(at, true, block)
    rows = []
    for b in range(BINS):
        here = at == b
        n, hits = int(here.sum()), int(true[here].sum())
        effect = round(effects[b], 2)
        low, high = wilson(hits, n, effect)
        rows.append({"from": round(b / BINS, 1), "to": round((b + 1) / BINS, 1), "n": n,
                     "meanProbability": round(float(p[here].mean()), 4) if n else None,
                     "hitRate": round(hits / n, 4) if n else None, "low": round(low, 4), "high": round(high, 4),
                     "designEffect": effect})
    return rows


def table(probs: list[np.ndarray], y: np.ndarray, block: np.ndarray) -> dict[str, dict[str, list[dict]]]:
    """head -> class -> bins, for probabilities [k, classes] a head, labels [k, heads] and blocks of time [k]."""
    return {head: {name: bins(probs[j][:, c], y[:, j] == c, block) for c, name in enumerate(classes)}
            for j, (head, classes) in enumerate(HEADS.items())}


def draw(heads: dict[str, dict[str, list[dict]]], folder: Path) -> list[Path]:
    """One PNG a head: hit rate against mean probability with its interval, a panel a class."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for head, classes in heads.items():
        figure, axes = plt.subplots(1, len(classes), figsize=(2.3 * len(classes), 2.6), sharey=True, layout="constrained")
        for axis, (name, rows) in zip(axes, classes.items()):
            _panel(axis, name, [r for r in rows if r["n"] > 0])
        axes[0].set_ylabel("hit rate")
        file = folder / f"reliability-{head}.png"
        figure.savefig(file, dpi=90, metadata={"Software": None})
        plt.close(figure)
        files.append(file)
    return files


def _panel(axis, name: str, rows: list[dict]) -> None:
    x, y = np.array([r["meanProbability"] for r in rows]), np.array([r["hitRate"] for r in rows])
    low, high = (np.array([r[k] for r in rows]) for k in ("low", "high"))
    axis.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axis.errorbar(x, y, [np.maximum(y - low, 0), np.maximum(high - y, 0)], fmt="o-", markersize=3, linewidth=1, color="#1f5fa8", capsize=2)
    for r in rows:
        axis.annotate(str(r["n"]), (r["meanProbability"], r["low"]), fontsize=6, ha="center", va="top", xytext=(0, -2),
                      textcoords="offset points", color="0.4")
    axis.set(title=name.replace("_", " "), xlim=(-0.07, 1.07), ylim=(-0.09, 1.04), xlabel="probability")
    axis.title.set_fontsize(9)
    axis.tick_params(labelsize=7)
