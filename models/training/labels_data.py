"""Windows for the label comparison: simulated ones with their process, real ones with their dates.

Selection data only: training symbols up to 2014 and held-out symbols before 2015. Nothing of 2015 or later is read.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dataset import Series, TRAIN_END, VALID_END
from labels import HORIZON
from simulate import simulate

WINDOW = 64
ANCIENT = np.datetime64("1900-01-01", "s")


@dataclass
class Cut:
    """k windows. Times are seconds since 1970 of bar t and of the bar that settles a decision at t (0 for simulations)."""

    logp: np.ndarray    # [k, 64]
    future: np.ndarray  # [k, 17]
    group: np.ndarray   # symbol, or index of the process as text
    time: np.ndarray
    known: np.ndarray

    def __len__(self) -> int:
        return len(self.logp)

    def take(self, rows: np.ndarray) -> "Cut":
        return Cut(*(getattr(self, f)[rows] for f in ("logp", "future", "group", "time", "known")))

    @property
    def block(self) -> np.ndarray:
        """Calendar quarter of t, shared by all symbols: the unit of the bootstrap."""
        return self.time.astype("datetime64[s]").astype("datetime64[M]").astype(int) // 3


def simulated(k: int, seed: int) -> Cut:
    """k simulated windows; `group` holds the index of the generating process."""
    path, ids = simulate(k, WINDOW + HORIZON + 1, np.random.default_rng(seed))
    zero = np.zeros(k, np.int64)
    return Cut(path[:, :WINDOW], path[:, WINDOW:], ids.astype(str), zero, zero)


def cut(series: list[Series], held_out: bool, lo: np.datetime64, hi: np.datetime64, stride: int, step: int = 1) -> Cut:
    """Windows of 64 closes and 17 more, wholly inside [lo, hi). Rounded penny prices and stale series are left out as in training."""
    cols: list[list] = [[] for _ in range(5)]
    need = WINDOW + HORIZON + 1
    for s in series:
        if s.held_out != held_out or s.kind not in ("stock", "index", "commodity"):
            continue
        keep = (s.dates >= lo) & (s.dates < hi)
        close, dates = s.close[keep], s.dates[keep].astype("datetime64[s]").astype(np.int64)
        for a in range(0, len(close) - (need - 1) * step, stride):
            idx = a + step * np.arange(need)
            seg = np.log(close[idx])
            if (s.kind == "stock" and close[idx].min() < 1.0) or (np.diff(seg[:WINDOW]) == 0).mean() > 0.3:
                continue
            row = (seg[:WINDOW], seg[WINDOW:], s.name, dates[idx[WINDOW - 1]], dates[idx[-1]])
            for c, v in zip(cols, row):
                c.append(v)
    return Cut(*(np.array(c) for c in cols))


def real_sets(series: list[Series]) -> dict[str, Cut]:
    """fit: training symbols before 2012; valid: the same 2012-2014; held: symbols never trained on, before 2015 (held2, held4: every
    second, every fourth close)."""
    return {"fit": cut(series, False, ANCIENT, TRAIN_END, 8), "valid": cut(series, False, TRAIN_END, VALID_END, 4),
            "held": cut(series, True, ANCIENT, VALID_END, 8), "held2": cut(series, True, ANCIENT, VALID_END, 24, 2),
            "held4": cut(series, True, ANCIENT, VALID_END, 24, 4)}


def shifted(series: list[Series], anchors: int, seed: int) -> dict[str, Cut]:
    """The same windows of selection data ending 0 to 4 bars earlier, and with small disturbances of the prices.

    noise10: each log close moved by a Gaussian of a tenth of the window's RMS return; cents: prices rounded to 0.1 %.
    """
    rng = np.random.default_rng(seed)
    every = [cut(series, False, TRAIN_END, VALID_END, 1), cut(series, True, ANCIENT, VALID_END, 1)]
    pools = []
    for c in every:
        rows = np.arange(4, len(c))
        rows = rows[(c.group[rows] == c.group[rows - 4]) & (c.time[rows] - c.time[rows - 4] <= 12 * 86_400)]
        pools.append(rng.choice(rows, anchors // 2, replace=False))
    out = {}
    for k in range(5):
        parts = [c.take(r - k) for c, r in zip(every, pools)]
        out[f"shift{k}"] = Cut(*(np.concatenate([getattr(p, f) for p in parts]) for f in ("logp", "future", "group", "time", "known")))
    base = out["shift0"]
    rms = np.sqrt((np.diff(base.logp, axis=1) ** 2).mean(1, keepdims=True))
    noisy = base.logp + 0.1 * rms * rng.standard_normal(base.logp.shape)
    coarse = np.log(np.round(np.exp(base.logp - base.logp[:, :1]), 3)) + base.logp[:, :1]
    for name, logp in (("noise10", noisy), ("cents", coarse)):
        out[name] = Cut(logp, base.future, base.group, base.time, base.known)
    return out
