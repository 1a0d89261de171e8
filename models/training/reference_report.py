"""How often windows are flagged as novel: held-out real windows, and odd windows made from them. Writes novelty-report.json, which
card.py puts into the card's text.

python reference_report.py --root SITE_PACKAGES --model ../convnext-tiny-gaf.onnx --reference ../reference.json
Test data: once per release.
"""
from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from dataset import SITE_PACKAGES, Spec, load_real, real_windows
from odd_windows import odd_windows
from reference import flagged, read, reader, shown_by, some

SETS = {"test_time": 16, "test_symbol": 32, "test_both": 8}  # split and stride


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--root", type=Path, default=SITE_PACKAGES, help="folder of the price packages")
    a.add_argument("--model", type=Path, default=Path("../convnext-tiny-gaf.onnx"))
    a.add_argument("--reference", type=Path, default=Path("../reference.json"))
    a.add_argument("--out", type=Path, default=Path("novelty-report.json"))
    a.add_argument("--card", type=Path, default=Path("../model-card.json"), help="says what the network's input is made of")
    c = a.parse_args()
    reference, projection = read(c.reference)
    shown, series = shown_by(c.card), load_real(c.root)
    embed = reader(c.model, shown)
    held_out = {name: real_windows(series, Spec(), name, stride) for name, stride in SETS.items()}
    cases = {**{name: w.close for name, w in held_out.items()}, **odd_windows(some(held_out["test_both"].close, 200, 5), 7006)}
    rates: list[dict] = []

    def count(name: str, close: np.ndarray, projected: np.ndarray) -> None:
        rates.append({"windows": name, "count": len(close), "flaggedPercent": flagged(close, projected, reference, shown)})
        print(json.dumps(rates[-1]), flush=True)

    for name, close in cases.items():
        count(name, close, projection(embed(close)))
    both = held_out["test_both"]
    projected = projection(embed(both.close))
    for group in np.unique(both.group):
        k = both.group == group
        count(f"test_both {group}", both.close[k], projected[k])
    rows = ",\n  ".join(json.dumps(rate) for rate in rates)
    sha = hashlib.sha256(c.reference.read_bytes()).hexdigest()
    c.out.write_text(f'{{\n "reference": "{sha}",\n "rates": [\n  {rows}\n ]\n}}\n')


if __name__ == "__main__":
    main()
