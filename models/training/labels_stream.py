"""Endless training batches for several label families at once."""
from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from dataset import Spec, Windows, labels, scale
from labels import next_regime
from simulate import simulate

COLUMNS: tuple[str, ...] = ("regime", "direction", "volatility", "process", "next")


class FamilyStream:
    """Simulated and real windows in equal share; labels [k, 5] in the order of COLUMNS, -1 where there is none.

    Chunk `k` depends on (seed, k) alone, so a resumed run goes on with the batches that it would have seen. Half of the
    simulated paths are turned upside down (no family of process changes its name by that). `of_logs` scales log closes.
    """

    def __init__(self, spec: Spec, real: Windows, real_share: float, seed: int, of_logs: bool = False, chunk: int = 4096) -> None:
        self.spec, self.real, self.share, self.chunk = spec, real, real_share, chunk
        self.seed, self.k, self.of_logs = seed, 0, of_logs
        self.buf: tuple[Tensor, Tensor] | None = None

    def state(self) -> int:
        return self.k

    def _fill(self) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng((self.seed, self.k, 5))
        self.k += 1
        nr, n = int(self.chunk * self.share), self.spec.window
        path, process = simulate(self.chunk - nr, n + self.spec.horizon, rng)
        path = path * np.where(rng.random((len(path), 1)) < 0.5, -1.0, 1.0)
        i = rng.integers(0, len(self.real), nr)
        lp = np.concatenate([path[:, :n], self.real.logp[i]])
        fu = np.concatenate([path[:, n:], self.real.future[i]])
        family = np.concatenate([process, np.full(nr, -1)])
        y = np.column_stack([labels(lp, fu, self.spec), family, next_regime(lp, fu, self.spec.horizon)])
        p = rng.permutation(len(lp))
        level = lp - lp[:, :1]
        x = scale(level if self.of_logs else np.exp(level))
        return torch.from_numpy(x[p]), torch.from_numpy(y[p].astype(np.int64))

    def batch(self, size: int) -> tuple[Tensor, Tensor]:
        if self.buf is None or len(self.buf[0]) < size:
            self.buf = self._fill()
        x, y = self.buf[0][:size], self.buf[1][:size]
        self.buf = (self.buf[0][size:], self.buf[1][size:])
        return x, y
