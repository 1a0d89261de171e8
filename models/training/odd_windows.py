"""Windows that no market makes, for measuring novelty: each case is `count` windows of closes [count, 64]."""
from __future__ import annotations

import numpy as np
from numpy.random import Generator

BARS = 64
TENFOLD = (10.0, 0.1)
LEVELS = (2, 7)  # from, until (exclusive)


def _constant(real: np.ndarray, rng: Generator) -> np.ndarray:
    return np.repeat(np.exp(rng.uniform(0.0, 6.0, (len(real), 1))), BARS, 1)


def _sawtooth(real: np.ndarray, rng: Generator) -> np.ndarray:
    """Two prices in turn; every second case drifts a little under the teeth."""
    size, turn = rng.uniform(0.001, 0.1, (len(real), 1)), rng.integers(0, 2, (len(real), 1))
    drift = np.cumsum(rng.normal(0.0, 0.05, real.shape), 1) * size * (np.arange(len(real)) % 2)[:, None]
    return 100.0 * np.exp(drift) * (1.0 + size * ((np.arange(BARS) + turn) % 2))


def _stale(real: np.ndarray, rng: Generator) -> np.ndarray:
    """A quote that stands until the next: 2 to 6 stretches of one price each."""
    rows = []
    for close in real:
        cuts = np.sort(rng.choice(np.arange(1, BARS), rng.integers(*LEVELS) - 1, replace=False))
        starts = np.concatenate([[0], cuts])
        rows.append(close[starts][np.searchsorted(cuts, np.arange(BARS), side="right")])
    return np.array(rows)


def _levels(real: np.ndarray, rng: Generator) -> np.ndarray:
    """A real course rounded to 2 to 6 levels."""
    steps = rng.integers(*LEVELS, (len(real), 1)) - 1
    low, high = real.min(1, keepdims=True), real.max(1, keepdims=True)
    return 100.0 + np.round((real - low) / (high - low) * steps)


def _tenfold(most: int):
    def plant(real: np.ndarray, rng: Generator) -> np.ndarray:
        out = real.copy()
        for close in out:
            at = rng.choice(BARS, rng.integers(1, most + 1), replace=False)
            close[at] *= rng.choice(TENFOLD, len(at))
        return out
    return plant


def _last_tenfold(real: np.ndarray, rng: Generator) -> np.ndarray:
    out = real.copy()
    out[:, -1] *= rng.choice(TENFOLD, len(real))
    return out


def _white(real: np.ndarray, rng: Generator) -> np.ndarray:
    return 100.0 + rng.normal(0.0, 1.0, real.shape)


def _shuffled(real: np.ndarray, rng: Generator) -> np.ndarray:
    return rng.permuted(real, axis=1)


REQUIRED = {"constant": _constant, "sawtooth": _sawtooth, "stale": _stale, "levels": _levels, "tenfold": _tenfold(1),
            "tenfold_1_to_3": _tenfold(3), "white_noise": _white, "shuffled": _shuffled}
FURTHER = {"tenfold_last_bar": _last_tenfold}


def odd_windows(real: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """Every case, made from real closes [count, 64] where it needs some."""
    cases = {**REQUIRED, **FURTHER}
    return {name: make(real, np.random.default_rng((seed, i))) for i, (name, make) in enumerate(cases.items())}
