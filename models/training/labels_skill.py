"""Skill of P(correct) and of neighbours on held-out real data, out of time.

P(correct) is a logistic fit on decisions already settled when a half-year begins, used through that half-year, and judged
against the same fit without the number under test. Intervals resample half-years (all symbols together).
"""
from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression

from labels import gross_return, policy, trend_score, wins
from labels_heads import Table
from labels_metrics import Interval, auc, binary_loss, capacity, mean_interval, ratio_skill

GATE = 0.78
FIRST = np.datetime64("1998-01-01", "s").astype(np.int64)


def half_year(time: np.ndarray) -> np.ndarray:
    return time.astype("datetime64[s]").astype("datetime64[M]").astype(int) // 6


def logit(p: np.ndarray) -> np.ndarray:
    q = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(q / (1 - q))


def walk_forward(x: np.ndarray, y: np.ndarray, t: np.ndarray, known: np.ndarray, least: int = 50) -> np.ndarray:
    """Out-of-time probabilities [k] of y; NaN before FIRST and where fewer than `least` rows were settled."""
    out, block = np.full(len(y), np.nan), half_year(t)
    for b in np.unique(block[t >= FIRST]):
        now = block == b
        past = known <= t[now].min()
        if past.sum() < least or len(np.unique(y[past])) < 2:
            continue
        mean, sd = x[past].mean(0), x[past].std(0) + 1e-9
        fit = LogisticRegression(C=1.0).fit((x[past] - mean) / sd, y[past])
        out[now] = fit.predict_proba((x[now] - mean) / sd)[:, 1]
    return out


def gain(x: np.ndarray, extra: np.ndarray, y: np.ndarray, t: np.ndarray, known: np.ndarray) -> dict[str, Interval | float | int]:
    """What `extra` adds to the base columns `x` (which may have none but a constant), out of time."""
    base, full = walk_forward(x, y, t, known), walk_forward(np.column_stack([x, extra]), y, t, known)
    ok = ~np.isnan(full) & ~np.isnan(base)
    if ok.sum() < 100:
        return {"n": int(ok.sum())}
    b, f, win, block = base[ok], full[ok], y[ok], half_year(t[ok])
    return {"n": int(ok.sum()), "base_rate": float(win.mean()), "brier_skill": ratio_skill((f - win) ** 2, (b - win) ** 2, block),
            "log_loss_gain": mean_interval(binary_loss(b, win) - binary_loss(f, win), block), "spread": float(f.std())}


def prices(t: Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(trend_score, last x, gross return of a long) of each window."""
    close = np.exp(t["logp"] - t["logp"][:, :1])
    lo, hi = close.min(1, keepdims=True), close.max(1, keepdims=True)
    x = 2 * (close - lo) / np.maximum(hi - lo, 1e-12) - 1
    return trend_score(x), x[:, -1], gross_return(t["future"])


def decisions(t: Table, regimes: np.ndarray) -> dict[str, dict]:
    """The numeric policy with this family's posterior, without and with the gate C >= 0.78."""
    trend, last, gross = prices(t)
    side, top, block = policy(regimes.argmax(1), trend, last), regimes.max(1), half_year(t["time"])
    out = {}
    for name, gated in (("no gate", np.ones(len(top), bool)), ("C >= 0.78", capacity(top) >= GATE)):
        on = (side != 0) & gated
        row: dict = {"decisions": int(on.sum()), "share_of_windows": float(on.mean())}
        if on.sum() >= 100:
            s, win = side[on], wins(gross[on], side[on])
            same = np.where(s > 0, wins(gross, np.ones(len(gross))).mean(), wins(gross, -np.ones(len(gross))).mean())
            row |= {"long_share": float((s > 0).mean()), "hit_rate": mean_interval(win.astype(float), block[on]),
                    "base_rate_of_the_action": float(same.mean()), "hit_minus_base": mean_interval(win - same, block[on]),
                    "net_return_bp": mean_interval((gross[on] * s - 0.001) * 1e4, block[on]),
                    "p_correct": gain((s > 0)[:, None].astype(float), logit(top[on]), win, t["time"][on], t["known"][on]),
                    "auc": auc(top[on], win)}
        out[name] = row
    return out


def common_sets(t: Table, regimes: np.ndarray) -> dict[str, dict]:
    """The same decisions for every family: follow each trend, fade each extreme; does the family's probability tell which win?"""
    trend, last, gross = prices(t)
    cases = {"follow |trend_score| >= 0.3": (np.where(np.abs(trend) >= 0.3, np.sign(trend), 0), 0, np.abs(trend)),
             "fade |last x| >= 0.6": (np.where(np.abs(last) >= 0.6, -np.sign(last), 0), 1, np.abs(last))}
    out = {}
    for name, (side, k, size) in cases.items():
        on = side != 0
        win = wins(gross[on], side[on])
        base = np.column_stack([side[on] > 0, size[on]]).astype(float)
        out[name] = gain(base, logit(regimes[on, k]), win, t["time"][on], t["known"][on]) | {"auc": auc(regimes[on, k], win)}
        posterior = logit(np.delete(regimes[on], 3, 1))
        cross = posterior * (side[on] > 0)[:, None]
        out[name]["whole posterior"] = gain(base, np.column_stack([posterior, cross]), win, t["time"][on], t["known"][on])
    return out
