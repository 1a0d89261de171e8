"""Posteriors over the product's four regimes from frozen features: linear and small-MLP heads for every label family."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import nn

from labels import formula_later, group_matrix, next_regime
from labels_metrics import softmax, temperature

Table = dict[str, np.ndarray]
Head = Callable[[np.ndarray], np.ndarray]  # features [k, d] -> logits [k, c]
EMBARGO_END = np.datetime64("2012-08-01", "s").astype(np.int64)  # bar t of the first 2012-2014 window that starts 80 bars after training


def load(folder: Path) -> dict[str, Table]:
    """The sets written by labels_embed.py; windows of 2012-2014 too close to the training years are left out."""
    out = {f.stem: dict(np.load(f)) for f in sorted(folder.glob("*.npz"))}
    keep = out["valid"]["time"] >= EMBARGO_END
    out["valid"] = {k: v[keep] for k, v in out["valid"].items()}
    return out


def linear_head(x: np.ndarray, y: np.ndarray) -> Head:
    m = make_pipeline(StandardScaler(), LogisticRegression(C=0.03, max_iter=1000)).fit(x, y)
    return m.decision_function


def mlp_head(x: np.ndarray, y: np.ndarray, classes: int, seed: int = 31, epochs: int = 15) -> Head:
    """768-128-c, GELU, dropout 0.3, AdamW with a cosine schedule."""
    torch.manual_seed(seed)
    mean, sd = x.mean(0), x.std(0) + 1e-6
    z, t = torch.from_numpy((x - mean) / sd), torch.from_numpy(y)
    net = nn.Sequential(nn.Linear(x.shape[1], 128), nn.GELU(), nn.Dropout(0.3), nn.Linear(128, classes))
    opt = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.1)
    steps = epochs * (len(z) // 256)
    sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, steps)
    order = torch.cat([torch.randperm(len(z)) for _ in range(epochs + 1)])
    for i in range(steps):
        rows = order[i * 256 : (i + 1) * 256]
        loss = nn.functional.cross_entropy(net(z[rows]), t[rows])
        opt.zero_grad()
        loss.backward()
        opt.step()
        sched.step()
    net.eval()
    return lambda f: net(torch.from_numpy((f - mean) / sd)).detach().numpy().astype(float)


@dataclass
class Family:
    """A label family: its logits on any set, and how they become regimes."""

    name: str
    logits: Callable[[Table], np.ndarray]
    groups: np.ndarray
    temp: float = 1.0
    prior: np.ndarray | float = 1.0  # factors on the regimes

    def classes(self, t: Table) -> np.ndarray:
        """[k, c] calibrated probabilities of the family's own classes."""
        return softmax(self.logits(t) / self.temp)

    def regimes(self, t: Table) -> np.ndarray:
        """[k, 4] probabilities of REGIMES."""
        p = self.classes(t) @ self.groups * self.prior
        return p / p.sum(1, keepdims=True)


def process(t: Table) -> np.ndarray:
    return t["group"].astype(int)


def following(t: Table) -> np.ndarray:
    return next_regime(t["logp"], t["future"])


def later(t: Table) -> np.ndarray:
    return formula_later(t["logp"], t["future"])


def balanced(f: Family) -> Family:
    """The same family under equal prior weight of the four regimes (the simulator's is 2:1:3:1)."""
    return Family(f.name + ", equal regimes", f.logits, f.groups, f.temp, f.groups.sum(0).mean() / f.groups.sum(0))


def frozen_families(sets: dict[str, Table]) -> list[Family]:
    """(a) as shipped; (b) and (c) as heads on frozen features. (b) sees simulation alone, (c) also real windows before 2012."""
    fit, cal, real = sets["sim_fit"], sets["sim_cal"], sets["fit"]
    out = [Family("a formula", lambda t: t["regime"].astype(float), np.eye(4))]
    both = np.concatenate([fit["features"], real["features"]])
    target, soon = (np.concatenate([of(fit), of(real)]) for of in (following, later))
    made = [("b process, linear", linear_head(fit["features"], process(fit)), group_matrix()),
            ("b process, MLP", mlp_head(fit["features"], process(fit), 7), group_matrix()),
            ("c next bars, linear", linear_head(both, target), np.eye(4)),
            ("c next bars, MLP", mlp_head(both, target, 4), np.eye(4)),
            ("d formula 4 bars on, linear", linear_head(both, soon), np.eye(4)),
            ("d formula 4 bars on, MLP", mlp_head(both, soon, 4), np.eye(4))]
    for name, head, groups in made:
        f = Family(name, lambda t, head=head: head(t["features"]), groups)
        of = {"b": process, "c": following, "d": later}[name[0]]
        on = [(cal, of)] if name[0] == "b" else [(cal, of), (sets["valid"], of)]
        f.temp = temperature([f.logits(t) for t, _ in on], [y(t) for t, y in on])
        out.append(f)
    return [*out, balanced(out[2])]


def trained_families(sets: dict[str, Table]) -> list[Family]:
    """The heads of a run that was trained on all families (`embed` of its ema-all.pt)."""
    from labels import formula_regime

    cal, valid = sets["sim_cal"], sets["valid"]
    made = [("a formula, trained on", "regime", np.eye(4), [(cal, lambda t: formula_regime(t["logp"])), (valid, lambda t: formula_regime(t["logp"]))]),
            ("b process, trained", "process", group_matrix(), [(cal, process)]),
            ("c next bars, trained", "next", np.eye(4), [(cal, following), (valid, following)])]
    out = []
    for name, key, groups, on in made:
        f = Family(name, lambda t, key=key: t[key].astype(float), groups)
        f.temp = temperature([f.logits(t) for t, _ in on], [y(t) for t, y in on])
        out.append(f)
    return out
