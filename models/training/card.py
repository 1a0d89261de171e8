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
REFERENCE, NOVELTY = "reference.json", "novelty-report.json"
SOURCE = "written by models/training/export.py and card.py; base rates by models/training/base-rates.ts"
ROUNDING = ("windows", "agreement_with_fp32", "max_logit_diff")
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
    return {**kept, "rounding": rounding(card, export), "skill": skill, "reliability": table, "metrics": metrics, "export": export["export"],
            "training_data": training}


def rounding(card: dict, export: dict) -> dict | None:
    """How the stored 16-bit weights agree with the trained 32-bit ones; kept where only the stored ones are at hand."""
    row = export["export"]["fp16_stored"]
    if export["trained"]:
        return {"sha256": row["sha256"], **{s: {k: row[s][k] for k in ROUNDING} for s in ("sim", "test_both")}}
    old = card.get("rounding")
    return old if old and old["sha256"] == row["sha256"] else None


def hashes(manifest: dict, models: Path, pictures: list[Path]) -> dict:
    """The manifest with each file's size and hash as they are now, and a line for each picture."""
    drawn = {str(p.relative_to(models)): {"licence": "MIT", "source": "drawn by models/training/card.py"} for p in pictures}
    lines = {f["file"]: f for f in manifest["files"]} | {CARD: {"licence": "MIT", "source": SOURCE}} | drawn
    files = [{"file": name, "bytes": (models / name).stat().st_size, "sha256": sha256(models / name), "licence": line["licence"], "source": line["source"]}
             for name, line in lines.items()]
    return {**manifest, "files": files}


def novelty_rates(models: Path) -> list[dict]:
    """What reference_report.py counted. Raises ValueError where it counted with another reference."""
    found = json.loads((Path(__file__).parent / NOVELTY).read_text())
    if found["reference"] != sha256(models / REFERENCE):
        raise ValueError(f"{NOVELTY} is of another {REFERENCE}: run reference_report.py")
    return found["rates"]


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
    pictures = reliability.draw(card["reliability"]["heads"], c.models / PICTURES)
    (c.models / TEXT).write_text(report(card, sha256(file), novelty_rates(c.models)))
    manifest = c.models / MANIFEST
    manifest.write_text(json.dumps(hashes(json.loads(manifest.read_text()), c.models, pictures), indent=1) + "\n")


if __name__ == "__main__":
    main()
