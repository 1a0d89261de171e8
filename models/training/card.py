"""Writes the model card (JSON), its text, its pictures and the manifest's hashes from an evaluation.

python card.py --evaluation evaluation        after evaluate.py and precision.py
python card.py                                the text and the hashes again, the figures as they are
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import reliability
from dataset import HELD_OUT, REAL_SOURCES
from network import sha256
from report import report

MODELS = Path(__file__).resolve().parents[1]
ONNX, CARD, TEXT, MANIFEST, PICTURES = "convnext-tiny-gaf.onnx", "model-card.json", "MODEL_CARD.md", "manifest.json", "pictures"
OBSOLETE = ("resolution", "versions", "machine", "head_kind")


def compact(value: object, depth: int = 0) -> str:
    """JSON of one-space indents in which whatever fits on a line of 160 stands on one."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(flat) + depth <= 160:
        return flat
    pad = "\n" + " " * (depth + 1)
    if isinstance(value, dict):
        rows = [f"{json.dumps(k)}: {compact(v, depth + 1)}" for k, v in value.items()]
        return "{" + pad + ("," + pad).join(rows) + "\n" + " " * depth + "}"
    return "[" + pad + ("," + pad).join(compact(v, depth + 1) for v in value) + "\n" + " " * depth + "]"


def updated(card: dict, evaluation: Path, models: Path) -> dict:
    """The card with this evaluation's figures. Raises ValueError where they belong to other weights."""
    metrics = json.loads((evaluation / "metrics.json").read_text())
    export = json.loads((evaluation / "precision.json").read_text())
    shipped = sha256(models / ONNX)
    if metrics["model"]["sha256"] != shipped or export["export"]["fp16_stored"]["sha256"] != shipped:
        raise ValueError(f"the evaluation is of other weights than {ONNX}")
    table, skill = metrics.pop("reliability"), metrics.pop("skill")
    training = {**card["training_data"], "real": REAL_SOURCES, "held_out_symbols": sorted(HELD_OUT)}
    kept = {k: v for k, v in card.items() if k not in OBSOLETE}
    return {**kept, "skill": skill, "reliability": table, "metrics": metrics, "export": export["export"],
            "export_reference": export["reference"], "training_data": training}


def hashes(manifest: dict, models: Path) -> dict:
    """The manifest with each file's size and hash as they are now."""
    files = [{**f, "bytes": (models / f["file"]).stat().st_size, "sha256": sha256(models / f["file"])} for f in manifest["files"]]
    return {**manifest, "files": files}


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--evaluation", type=Path, default=None)
    a.add_argument("--models", type=Path, default=MODELS)
    c = a.parse_args()
    file = c.models / CARD
    card = json.loads(file.read_text())
    if c.evaluation:
        card = updated(card, c.evaluation, c.models)
        file.write_text(compact(card) + "\n")
    reliability.draw(card["reliability"]["heads"], c.models / PICTURES)
    (c.models / TEXT).write_text(report(card, sha256(file)))
    manifest = c.models / MANIFEST
    manifest.write_text(json.dumps(hashes(json.loads(manifest.read_text()), c.models), indent=1) + "\n")


if __name__ == "__main__":
    main()
