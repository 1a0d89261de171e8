"""The label families compared in LABELS.md, and the outcome of a decision (DEFINITIONS 6).

(a) the formula of the window, (b) the family of process that generated it, (c) the character of the next bars,
(d) what the formula of (a) will say four bars on.
Every family speaks through the product's four regimes, in the order of `REGIMES`.
"""
from __future__ import annotations

import numpy as np

from dataset import regime_scores
from simulate import PROCESSES

REGIMES: tuple[str, ...] = ("trending", "mean_reverting", "volatile", "quiet")
GROUP: dict[str, str] = {"gbm": "quiet", "ou": "mean_reverting", "garch": "volatile", "stoch_vol": "volatile", "jump": "volatile",
                         "markov": "trending", "momentum": "trending"}
HORIZON, COST = 16, 0.001


def formula_regime(logp: np.ndarray) -> np.ndarray:
    """(a) [k, n] log closes -> [k] index into REGIMES: the largest z-score against a Gaussian random walk."""
    return regime_scores(logp).argmax(1)


def group_matrix() -> np.ndarray:
    """[7, 4]: family of process -> regime. A regime's probability is the sum of its families'."""
    return np.array([[float(GROUP[p] == r) for r in REGIMES] for p in PROCESSES])


def family_regime(process: np.ndarray) -> np.ndarray:
    """(b) index into PROCESSES -> index into REGIMES."""
    return group_matrix().argmax(1)[process]


def next_regime(logp: np.ndarray, future: np.ndarray, h: int = HORIZON) -> np.ndarray:
    """(c) character of the h bars after the window, in units of the window's RMS return.

    RMS ratio >= 1.2 volatile, < 0.7 quiet; between them |sum r| / (RMS of the h returns * sqrt(h)) >= 0.8 (its mean
    for a random walk) trending, else mean_reverting.
    """
    r = np.diff(logp, axis=1)
    f = np.diff(np.concatenate([logp[:, -1:], future[:, :h]], 1), axis=1)
    rms = np.sqrt((f**2).mean(1)) + 1e-12
    ratio = rms / (np.sqrt((r**2).mean(1)) + 1e-12)
    trend = np.abs(f.sum(1)) / (rms * np.sqrt(h))
    return np.select([ratio >= 1.2, ratio < 0.7, trend >= 0.8], [2, 3, 0], 1)


def formula_later(logp: np.ndarray, future: np.ndarray, bars: int = 4) -> np.ndarray:
    """(d) the formula's regime of the window that ends `bars` bars later: honest about readings that will not last."""
    return formula_regime(np.concatenate([logp[:, bars:], future[:, :bars]], 1))


def gross_return(future: np.ndarray, h: int = HORIZON) -> np.ndarray:
    """Return of a long position on closes alone: entry at the close of t+1, exit at the close of t+1+h. [k, h+1] -> [k]."""
    return np.exp(future[:, h] - future[:, 0]) - 1.0


def wins(gross: np.ndarray, side: np.ndarray, cost: float = COST) -> np.ndarray:
    """True where a position of side +1 or -1 wins: its gross return exceeds the round-trip cost (flat is not a win)."""
    return gross * side > cost


def trend_score(x: np.ndarray) -> np.ndarray:
    """DEFINITIONS 3: clip(pi/2 * mean over i < j of s_i x_j - x_i s_j, -1, 1) of scaled windows [k, n]."""
    s = np.sqrt(np.clip(1.0 - x * x, 0.0, None))
    n = x.shape[1]
    later_x = x[:, ::-1].cumsum(1)[:, ::-1] - x
    later_s = s[:, ::-1].cumsum(1)[:, ::-1] - s
    return np.clip(np.pi / 2 * (s * later_x - x * later_s).sum(1) / (n * (n - 1) / 2), -1.0, 1.0)


def policy(regime: np.ndarray, trend: np.ndarray, last: np.ndarray) -> np.ndarray:
    """DEFINITIONS 6, numeric judge: +1 long, -1 short, 0 hold (without the direction veto)."""
    follow = np.where(trend >= 0.3, 1, np.where(trend <= -0.3, -1, 0))
    fade = np.where(last <= -0.6, 1, np.where(last >= 0.6, -1, 0))
    return np.where(regime == 0, follow, np.where(regime == 1, fade, 0))
