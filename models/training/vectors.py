"""Parity vectors: the fields and logits of 50 windows that every other implementation must reproduce.

python vectors.py --onnx ../convnext-tiny-gaf.onnx --vectors ../parity-vectors.json        (after new weights)

The windows stay those of the file, 25 simulated and 25 of held-out symbols; what follows from them is written anew.
"""
from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np

from dataset import HEADS, Spec, regime_scores
from network import Logits, answer, session
from picture import fields, network_input


def vector(old: dict, x: np.ndarray, spec: Spec, out: Logits) -> dict:
    """Prices of 6 significant digits are the definition; everything else follows from them."""
    f = fields(x, spec.heat)[0]
    grid = [0, 7, 21, spec.window // 2, spec.window - 2, spec.window - 1]
    regime = int(regime_scores(np.log(np.array(old["close"]))[None]).argmax())
    return {**old, "scaled": np.round(x[0].astype(float), 7).tolist(),
            "fieldMean": [round(float(v), 6) for v in f.mean((1, 2))], "fieldStd": [round(float(v), 6) for v in f.std((1, 2))],
            "fieldSamples": {"rowsAndColumns": grid, "values": np.round(f[:, grid][:, :, grid].astype(float), 6).tolist()},
            "fieldSha256_rounded3": hashlib.sha256(np.rint(f.astype(np.float64) * 1000).astype(np.int16).tobytes()).hexdigest(),
            "logits": {h: np.round(out[j][0].astype(float), 5).tolist() for j, h in enumerate(HEADS)},
            "features8": np.round(out[-1][0, :8].astype(float), 5).tolist(),
            "labelsFromWindow": {"regime": HEADS["regime"][regime]}}


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--onnx", type=Path, required=True)
    a.add_argument("--vectors", type=Path, required=True)
    a.add_argument("--card", type=Path, default=Path("../model-card.json"), help="says what the network's input is made of")
    c = a.parse_args()
    spec, s, file = Spec(), session(c.onnx, 1), json.loads(c.vectors.read_text())
    shown, rows = network_input(json.loads(c.card.read_text())), []
    for old in file["vectors"]:
        x = shown(np.array(old["close"])[None])
        rows.append(vector(old, x, spec, answer(s, x, spec.heat)))
    c.vectors.write_text(json.dumps({**file, "vectors": rows}))


if __name__ == "__main__":
    main()
