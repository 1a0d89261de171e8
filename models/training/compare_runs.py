"""Does a run beat the shipped weights on selection data by more than noise? Paired, each with temperatures refitted alike.

python compare_runs.py --old embed-shipped --new embed-run --out compare.json
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from dataset import HEADS, Spec, labels
from labels import HORIZON
from labels_compare import plain
from labels_heads import Table, load
from labels_metrics import ece, mean_interval, resamples, row_loss, softmax, temperature
from labels_skill import half_year

SETS = ("sim_test", "valid", "held", "held2", "held4")


def truth(t: Table) -> np.ndarray:
    """[k, 3] labels of the three heads, by the card's formulas."""
    return labels(t["logp"], t["future"][:, :HORIZON], Spec())


def ece_difference(new: np.ndarray, old: np.ndarray, y: np.ndarray, block: np.ndarray) -> list[float]:
    """ECE of new minus ECE of old with a paired 95 % interval."""
    cols = [(p.max(1), p.argmax(1) == y) for p in (new, old)]
    draws = [ece(cols[0][0][r], cols[0][1][r]) - ece(cols[1][0][r], cols[1][1][r]) for r in resamples(block, 300, 8)]
    return [ece(*cols[0]) - ece(*cols[1]), *np.percentile(draws, [2.5, 97.5]).tolist()]


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--old", type=Path, required=True)
    a.add_argument("--new", type=Path, required=True)
    a.add_argument("--out", type=Path, default=Path("compare.json"))
    c = a.parse_args()
    runs = {"old": load(c.old), "new": load(c.new)}
    if any(not np.array_equal(runs["old"][n]["logp"], runs["new"][n]["logp"]) for n in SETS):
        raise SystemExit("the two folders hold different windows: embed both with the same code and data")
    result: dict = {"temperatures": {}}
    for j, head in enumerate(HEADS):
        temps = {k: temperature([s[n][head].astype(float) for n in ("sim_cal", "valid")], [truth(s[n])[:, j] for n in ("sim_cal", "valid")]) for k, s in runs.items()}
        result["temperatures"][head] = temps
        for n in SETS:
            t = runs["old"][n]
            y, block = truth(t)[:, j], half_year(t["time"]) if n != "sim_test" else np.arange(len(t["logp"]))
            p = {k: softmax(runs[k][n][head] / temps[k]) for k in runs}
            loss = {k: row_loss(p[k], y) for k in runs}
            hit = {k: (p[k].argmax(1) == y).astype(float) for k in runs}
            row = {"n": len(y), "old_log_loss": mean_interval(loss["old"], block), "new_log_loss": mean_interval(loss["new"], block),
                   "log_loss_gain": mean_interval(loss["old"] - loss["new"], block), "accuracy_gain": mean_interval(hit["new"] - hit["old"], block),
                   "new_ece": ece(p["new"].max(1), p["new"].argmax(1) == y), "ece_difference": ece_difference(p["new"], p["old"], y, block)}
            result.setdefault(head, {})[n] = row
            print(head, n, json.dumps(plain(row)), flush=True)
    c.out.write_text(json.dumps(plain(result), indent=1))


if __name__ == "__main__":
    main()
