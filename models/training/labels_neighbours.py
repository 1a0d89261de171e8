"""Do the nearest earlier windows tell whether a long or a short wins? Point in time, held-out symbols ask."""
from __future__ import annotations

import numpy as np

from labels import wins
from labels_heads import Table
from labels_metrics import auc, mean_interval, ratio_skill
from labels_skill import FIRST, gain, half_year, prices

KS = (10, 50)


def stack(tables: list[Table], key: str) -> np.ndarray:
    return np.concatenate([t[key] for t in tables])


def rates(queries: np.ndarray, q_time: np.ndarray, memory: np.ndarray, known: np.ndarray, win: np.ndarray, seed: int,
          shuffled: bool) -> tuple[np.ndarray, np.ndarray]:
    """[q, ks, sides] share of wins among the k nearest settled windows (or among k random settled ones), and [q, sides] of all."""
    rng, norm = np.random.default_rng(seed), (memory**2).sum(1)
    order = np.argsort(known, kind="stable")
    total = np.cumsum(win[order], 0)
    at = np.searchsorted(known[order], q_time, side="right")
    base = total[at - 1] / at[:, None]
    out = np.empty((len(queries), len(KS), win.shape[1]))
    for i in range(0, len(queries), 256):
        rows = slice(i, i + 256)
        shape = (len(q_time[rows]), len(memory))
        d = rng.random(shape, dtype=np.float32) if shuffled else norm[None] - 2 * queries[rows] @ memory.T
        d[known[None] > q_time[rows, None]] = np.inf
        near = np.argpartition(d, max(KS), 1)[:, : max(KS)]
        near = np.take_along_axis(near, np.argsort(np.take_along_axis(d, near, 1), 1), 1)
        for j, k in enumerate(KS):
            out[rows, j] = win[near[:, :k]].mean(1)
    return out, base


def neighbours(query: Table, memory: list[Table], space: str, seed: int = 41) -> dict[str, dict]:
    """`space` is a key of the tables. Skill over the base rate known at the time, of raw shrunk rates and of a refitted rate."""
    m, known = stack(memory, space).astype(np.float32), stack(memory, "known")
    gross = np.concatenate([prices(t)[2] for t in memory])
    win = np.column_stack([wins(gross, np.ones(len(gross))), wins(gross, -np.ones(len(gross)))]).astype(float)
    late = np.nonzero(query["time"] >= FIRST)[0]
    t, k_out, g = query["time"][late], query["known"][late], prices(query)[2][late]
    truth = np.column_stack([wins(g, np.ones(len(g))), wins(g, -np.ones(len(g)))])
    out: dict[str, dict] = {}
    for kind in ("nearest", "shuffled"):
        rate, base = rates(query[space][late].astype(np.float32), t, m, known, win, seed, kind == "shuffled")
        for j, k in enumerate(KS):
            for s, side in enumerate(("long", "short")):
                y, b, r = truth[:, s], base[:, s], rate[:, j, s]
                p = (k * r + k * b) / (2 * k)
                block = half_year(t)
                out[f"{kind} {k} {side}"] = {
                    "n": len(y), "base_rate": float(y.mean()), "auc": auc(r, y),
                    "brier_skill_shrunk": ratio_skill((p - y) ** 2, (b - y) ** 2, block),
                    "hit_above_base": mean_interval((y - b) * np.sign(r - b), block),
                    "refitted": gain(np.asarray(b)[:, None], r, y, t, k_out)}
    return out
