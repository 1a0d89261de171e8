"""Could the comparison see a skill if there were one? The same tests on outcomes with a planted edge.

python labels_planted.py --embed embed-shipped --out planted.json
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from labels import HORIZON, gross_return, wins
from labels_compare import plain
from labels_heads import Table, load
from labels_metrics import softmax
from labels_neighbours import neighbours
from labels_skill import gain, logit, prices

EDGES = (0.0, 0.02, 0.05, 0.1)


def plant(t: Table, up: np.ndarray, seed: int) -> Table:
    """The same windows with outcomes drawn anew: a long gains 2 % with probability `up` [k], else it loses 2 %."""
    future = np.zeros_like(t["future"])
    drawn = np.random.default_rng(seed).random(len(up)) < up
    future[:, HORIZON] = np.where(drawn, np.log(1.02), np.log(0.98))
    return t | {"future": future}


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--embed", type=Path, required=True)
    a.add_argument("--out", type=Path, default=Path("planted.json"))
    c = a.parse_args()
    sets = load(c.embed)
    names = ("fit", "valid", "held")
    mean = np.concatenate([sets[n]["features"] for n in names]).mean(0)
    _, _, axes = np.linalg.svd((sets["fit"]["features"] - mean)[::5], full_matrices=False)
    result: dict = {}
    for edge in EDGES:
        held = sets["held"]
        p = softmax(held["regime"])
        trend = prices(held)[0]
        on, side = np.abs(trend) >= 0.3, np.sign(trend)
        told = np.where(p[:, 0] > np.median(p[on, 0]), 1, -1) * side  # a likelier trend goes on, an unlikely one turns
        win = wins(gross_return(plant(held, 0.5 + edge * told, 51)["future"]), side)
        known = gain((side[on] > 0)[:, None].astype(float), logit(p[on, 0]), win[on], held["time"][on], held["known"][on])
        made = {n: plant(sets[n], 0.5 + edge * np.sign((sets[n]["features"] - mean) @ axes[0]), 52 + i) for i, n in enumerate(names)}
        near = neighbours(made["held"], [made[n] for n in names], "features")
        result[str(edge)] = {"P(correct)": known, "neighbours": {k: near[k] for k in ("nearest 10 long", "nearest 50 long", "shuffled 50 long")}}
        row = result[str(edge)]
        print(edge, plain(known["log_loss_gain"]), {k: plain([v["brier_skill_shrunk"], v["refitted"]["log_loss_gain"]]) for k, v in row["neighbours"].items()}, flush=True)
    c.out.write_text(json.dumps(plain(result), indent=1))


if __name__ == "__main__":
    main()
