"""What the network is compared with: class prior, logistic regression and boosted trees on the product's 13 features
and on 13 descriptors more, and a 1-D CNN on the closes.

All are fitted on the network's own training distribution: half simulated, half real windows before 2012.
"""
from __future__ import annotations

import json
from pathlib import Path
from typing import Callable

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from dataset import HEADS, Series, Spec, Windows, labels, real_windows, scale, sim_windows
from features import all_features, product_features
from picture import scale_logs
from scores import fit_temperature, softmax

FIT_SEED, FIT_WINDOWS = 11, 20_000
Probs = list[np.ndarray]  # one [k, classes] array a head
Model = Callable[[str, Windows], Probs]  # name of the set, its windows



def _trees() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(max_iter=120, learning_rate=0.08, max_leaf_nodes=15, early_stopping=True, random_state=0)


def _logistic() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=400))


CLASSIFIERS = {
    "logistic": (product_features, _logistic),
    "logistic_26": (all_features, _logistic),
    "boosted_trees": (product_features, _trees),
    "boosted_trees_26": (all_features, _trees),
}


def fit_sets(series: list[Series], spec: Spec) -> dict[str, Windows]:
    """Equal numbers of simulated and real training windows (1-, 2- and 3-bar steps)."""
    rng = np.random.default_rng(FIT_SEED)
    sim = sim_windows(FIT_WINDOWS, spec, rng)
    real = real_windows(series, spec, "train", 1, (1, 2, 3))
    return {"sim": sim, "real": real.take(rng.permutation(len(real))[:FIT_WINDOWS])}


def shares(w: Windows, spec: Spec) -> Probs:
    y = labels(w.logp, w.future, spec)
    return [np.bincount(y[:, j], minlength=len(c)) / len(y) for j, c in enumerate(HEADS.values())]


def class_prior(fit: dict[str, Windows], spec: Spec) -> Model:
    """Class shares of the training windows of the same kind: simulated for simulated, real for real."""
    own = {kind: shares(w, spec) for kind, w in fit.items()}
    return lambda name, w: [np.tile(s, (len(w), 1)) for s in own["sim" if name == "sim" else "real"]]


def on_features(name: str, fit: dict[str, Windows], spec: Spec) -> Model:
    features, make = CLASSIFIERS[name]
    x = np.concatenate([features(w.close) for w in fit.values()])
    y = np.concatenate([labels(w.logp, w.future, spec) for w in fit.values()])
    fitted = [make().fit(x, y[:, j]) for j in range(len(HEADS))]
    return lambda _, w: [m.predict_proba(features(w.close)) for m in fitted]


def cnn_1d(folder: Path, calibration: list[Windows], spec: Spec) -> Model:
    """The 1-D CNN that `train.py --arch cnn1d` left in `folder`, temperature-scaled like the network (needs torch). It reads what it was trained on, closes or log closes."""
    import torch

    from model import Cnn1d

    net = Cnn1d().eval()
    shown = scale_logs if json.loads((folder / "run.json").read_text())["args"].get("of_logs") == "True" else scale
    net.load_state_dict(torch.load(folder / "ema.pt", weights_only=True))

    def logits(w: Windows) -> Probs:
        with torch.no_grad():
            return [z.numpy() for z in net(torch.from_numpy(shown(w.close)))[: len(HEADS)]]

    temperatures = temperatures_of(logits, calibration, spec)
    return lambda _, w: [softmax(z / t) for z, t in zip(logits(w), temperatures)]


def calibration_sets(series: list[Series], spec: Spec) -> list[Windows]:
    """Where temperatures are fitted: simulated, and the training symbols 2012-2014."""
    return [sim_windows(3000, spec, np.random.default_rng(101)), real_windows(series, spec, "valid", 4)]


def temperatures_of(logits: Callable[[Windows], Probs], sets: list[Windows], spec: Spec) -> list[float]:
    """One a head; every set weighs the same."""
    z = [np.concatenate(parts) for parts in zip(*[logits(w) for w in sets])]
    y = np.concatenate([labels(w.logp, w.future, spec) for w in sets])
    weight = np.concatenate([np.full(len(w), 1 / len(w)) for w in sets])
    return [fit_temperature(z[j], y[:, j], weight) for j in range(len(HEADS))]
