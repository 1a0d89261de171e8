"""Window lengths without a network: the exact formula's policy, and trees on the 13 features, on selection data.

python labels_windows.py --root SITE_PACKAGES --out windows.json
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from dataset import SITE_PACKAGES, Series, TRAIN_END, VALID_END, load_real, scale
from features import product_features
from labels import HORIZON, formula_regime, gross_return, next_regime, policy, trend_score, wins
from labels_metrics import mean_interval, row_loss
from labels_skill import half_year

LENGTHS = (32, 64, 128, 256)
LONGEST = max(LENGTHS)


def cut(series: list[Series], held_out: bool, lo: np.datetime64, hi: np.datetime64, stride: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log closes [k, 256 + 17] that end at the same bars whatever the length, and the time of bar t."""
    rows, times, need = [], [], LONGEST + HORIZON + 1
    for s in series:
        if s.held_out != held_out or s.kind not in ("stock", "index", "commodity"):
            continue
        keep = (s.dates >= lo) & (s.dates < hi)
        close, dates = s.close[keep], s.dates[keep].astype("datetime64[s]").astype(np.int64)
        for a in range(0, len(close) - need + 1, stride):
            seg = close[a : a + need]
            if not (s.kind == "stock" and seg.min() < 1.0) and (np.diff(seg) == 0).mean() <= 0.3:
                rows.append(np.log(seg))
                times.append(dates[a + LONGEST - 1])
    return np.array(rows), np.array(times), np.array(rows)[:, LONGEST:]


def measure(n: int, fit: tuple[np.ndarray, ...], held: tuple[np.ndarray, ...]) -> dict:
    """Hit rate of the exact formula's decisions over the base rate; gain of trees for the character of the next bars."""
    past = {k: w[0][:, LONGEST - n : LONGEST] for k, w in (("fit", fit), ("held", held))}
    lp, block, gross = past["held"], half_year(held[1]), gross_return(held[2])
    x = scale(np.exp(lp - lp[:, :1])).astype(float)
    side = policy(formula_regime(lp), trend_score(x), x[:, -1])
    on = side != 0
    base = np.where(side[on] > 0, wins(gross, np.ones(len(gross))).mean(), wins(gross, -np.ones(len(gross))).mean())
    y = {"fit": next_regime(past["fit"], fit[2]), "held": next_regime(lp, held[2])}
    trees = HistGradientBoostingClassifier(max_iter=80, learning_rate=0.06, max_leaf_nodes=9, early_stopping=True, random_state=0)
    trees.fit(product_features(np.exp(past["fit"])), y["fit"])
    share = np.bincount(y["fit"], minlength=4) / len(y["fit"])
    p = trees.predict_proba(product_features(np.exp(lp)))
    return {"windows": len(lp), "decisions": int(on.sum()), "hit_minus_base": mean_interval(wins(gross[on], side[on]) - base, block[on]),
            "next_bars_gain_over_training_shares": mean_interval(-np.log(share[y["held"]]) - row_loss(p, y["held"]), block)}


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--root", type=Path, default=SITE_PACKAGES, help="folder of the price packages")
    a.add_argument("--out", type=Path, default=Path("windows.json"))
    c = a.parse_args()
    series, begin = load_real(c.root), np.datetime64("1900-01-01", "s")
    fit, held = cut(series, False, begin, TRAIN_END, 8), cut(series, True, begin, VALID_END, 8)
    result = {str(n): measure(n, fit, held) for n in LENGTHS}
    c.out.write_text(json.dumps(result, indent=1))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
