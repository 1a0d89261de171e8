"""Write reference.json beside the weights: the fixed projection of the 768-d feature for neighbour search, and what novelty
is measured against.

python reference.py --root SITE_PACKAGES --model ../convnext-tiny-gaf.onnx --out ../reference.json

Everything is fitted on training windows (trained symbols before 2012, and simulations). Percentiles come from training windows
of years that the fit left out, so that no window of the one overlaps a window of the other. Components and power are
chosen on odd windows made from those years and on the validation years; reference_report.py looks at test data. COARSER alone was
set after such a look (see NOVELTY in report_text.py).
"""
from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import onnxruntime as ort

from dataset import SITE_PACKAGES, Spec, Windows, fields, load_real, real_windows, sim_windows, upsample224
from novelty import FLAG, PERCENTS, Projection, decode, distance, distinct_closes, encode, fit_projection, largest_step, percentile, scales
from odd_windows import odd_windows
from picture import network_input

HEAT, LENGTH, STEPS = "absret", 64, (1, 2, 3)
YEARS_FIT = ((1980, 1994), (1996, 2000), (2002, 2006), (2007, 2010))
YEARS_LEFT_OUT = ((1994, 1996), (2000, 2002), (2006, 2007), (2010, 2012))
COMPONENTS, POWERS = (8, 16, 24, 32, 64), (1.0, 0.9, 0.8, 0.7)
RAREST = 1e-4  # what fewer training windows than this reach lies outside what was trained on
COARSER = 0.5  # fewer distinct closes than this share of the rarest: a stale quote, not a course in coarse ticks
Embed = Callable[[np.ndarray], np.ndarray]
Shown = Callable[[np.ndarray], np.ndarray]  # closes -> scaled windows, as the network of the card reads them


def shown_by(card: Path) -> Shown:
    return network_input(json.loads(card.read_text()))


def reader(model: Path, shown: Shown) -> Embed:
    """Closes [k, 64] -> features [k, 768], by ONNX Runtime on one thread."""
    o = ort.SessionOptions()
    o.intra_op_num_threads = o.inter_op_num_threads = 1
    session = ort.InferenceSession(str(model), o, providers=["CPUExecutionProvider"])

    def embed(close: np.ndarray, batch: int = 16) -> np.ndarray:
        x = shown(close)
        parts = [session.run(["features"], {"image": upsample224(fields(x[i : i + batch], HEAT))})[0] for i in range(0, len(x), batch)]
        return np.concatenate(parts)

    return embed


def years(series: list, spans: tuple[tuple[int, int], ...], stride: int) -> np.ndarray:
    """Closes [k, 64] of training windows that lie, with the bars after them, wholly inside one of the spans."""
    found = []
    for first, end in spans:
        lo, hi = (np.datetime64(f"{y}-01-01", "s") for y in (first, end))
        inside = [(s, (s.dates >= lo) & (s.dates < hi)) for s in series]
        found.append(real_windows([replace(s, dates=s.dates[k], close=s.close[k]) for s, k in inside], Spec(), "train", stride, STEPS))
    return np.concatenate([w.close for w in found if len(w)])


def simulated(count: int, seed: int) -> np.ndarray:
    """As in training, every path mirrored with probability one half."""
    rng = np.random.default_rng(seed)
    windows: Windows = sim_windows(count, Spec(), rng)
    logp = windows.logp * rng.choice([-1.0, 1.0], (count, 1))
    return np.exp(logp - logp[:, :1])


def some(close: np.ndarray, count: int, seed: int) -> np.ndarray:
    return close[np.random.default_rng(seed).permutation(len(close))[:count]]


def limits(real: np.ndarray, simulations: np.ndarray, shown: Shown) -> dict:
    x = np.concatenate([shown(real), shown(simulations)]).astype(np.float64)
    fewest = np.quantile(distinct_closes(shown(real)), RAREST, method="lower")
    return {"fewestDistinctCloses": int(fewest * COARSER),
            "largestStep": round(float(np.quantile(largest_step(x), 1.0 - RAREST)), 3)}


def novelty(close: np.ndarray, projected: np.ndarray, reference: dict, shown: Shown) -> tuple[np.ndarray, np.ndarray]:
    """Distance, and the percentile: 100 beyond the limits."""
    n = reference["novelty"]
    x = shown(close).astype(np.float64)
    d = distance(projected, np.array(n["scales"]))
    outside = (distinct_closes(x) < n["limits"]["fewestDistinctCloses"]) | (largest_step(x) > n["limits"]["largestStep"])
    return d, np.where(outside, 100.0, percentile(d, np.array(n["quantiles"])))


def flagged(close: np.ndarray, projected: np.ndarray, reference: dict, shown: Shown) -> float:
    """Percent of windows above the flag."""
    return round(100.0 * float((novelty(close, projected, reference, shown)[1] > FLAG).mean()), 2)


def choose(sets: dict, bounds: dict, deviations: np.ndarray, calibration: np.ndarray, shown: Shown) -> tuple[dict, list]:
    """The distance whose worst odd case is flagged most often, with at most 1.5 % of validation windows; and all that were tried."""
    tried = []
    for components, power in product(COMPONENTS, POWERS):
        by = scales(deviations, components, power)
        quantiles = np.quantile(distance(calibration, by), PERCENTS / 100.0)
        part = {"scales": [float(s) for s in by], "quantiles": [round(float(q), 6) for q in quantiles], "limits": bounds}
        rates = {name: flagged(close, projected, {"novelty": part}, shown) for name, (close, projected) in sets.items()}
        print(components, power, json.dumps(rates), flush=True)
        worst = min(rate for name, rate in rates.items() if not name.startswith("validation"))
        tried.append((worst if rates["validation_real"] <= 1.5 else -1.0, part, {"components": components, "power": power, "flaggedPercent": rates}))
    return max(tried, key=lambda t: t[0])[1], [t[2] for t in tried]


def build(series: list, model: Path, shown: Shown) -> dict:
    embed = reader(model, shown)
    fit_real, left_out = years(series, YEARS_FIT, 3), years(series, YEARS_LEFT_OUT, 3)
    fit = np.concatenate([some(fit_real, 8000, 1), simulated(8000, 7001)])
    calibration = np.concatenate([some(left_out, 6000, 2), simulated(6000, 7002)])
    projection, deviations = fit_projection(embed(fit), LENGTH)
    print("fitted", flush=True)
    calibrated = projection(embed(calibration))
    cases = {**odd_windows(some(left_out, 400, 3), 7004), "validation_real": real_windows(series, Spec(), "valid", 8).close,
             "validation_simulated": simulated(2000, 7003)}
    sets = {name: (close, projection(embed(close))) for name, close in cases.items()}
    every = np.concatenate([years(series, YEARS_FIT, 1), years(series, YEARS_LEFT_OUT, 1)])
    part, tried = choose(sets, limits(every, simulated(200_000, 7005), shown), deviations, calibrated, shown)
    return {
        "format": 1, "weights": hashlib.sha256(model.read_bytes()).hexdigest(), "embeddingLength": int(projection.mean.size),
        "projection": {"length": LENGTH, "mean": encode(projection.mean), "matrix": encode(projection.matrix)}, "novelty": part,
        "made": {"by": "models/training/reference.py", "fitWindows": len(fit), "percentileWindows": len(calibration),
                 "yearsLeftOutOfTheFit": [list(y) for y in YEARS_LEFT_OUT], "limitWindows": len(every) + 200_000, "tried": tried},
    }


def read(file: Path) -> tuple[dict, Projection]:
    reference = json.loads(file.read_text())
    p = reference["projection"]
    return reference, Projection(decode(p["mean"]), decode(p["matrix"]).reshape(p["length"], -1))


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--root", type=Path, default=SITE_PACKAGES, help="folder of the price packages")
    a.add_argument("--model", type=Path, default=Path("../convnext-tiny-gaf.onnx"))
    a.add_argument("--card", type=Path, default=Path("../model-card.json"), help="says what the network's input is made of")
    a.add_argument("--out", type=Path, default=Path("../reference.json"))
    c = a.parse_args()
    reference = build(load_real(c.root), c.model, shown_by(c.card))
    c.out.write_text(json.dumps(reference, indent=1) + "\n")
    content = c.out.read_bytes()
    print(json.dumps({"file": c.out.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(),
                      "components": len(reference["novelty"]["scales"]), "limits": reference["novelty"]["limits"]}))


if __name__ == "__main__":
    main()
