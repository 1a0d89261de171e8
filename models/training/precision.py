"""Compares ways to store the weights: agreement of the classes with 32 bits, latency, size.

python precision.py --onnx ../convnext-tiny-gaf.onnx --out evaluation      (needs no torch; --fp32 FILE: the exported original)

Without --fp32 the 32-bit reference is the shipped file with its 16-bit weights widened, from which int8 is made.
"""
from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static

from dataset import HEADS, SITE_PACKAGES, Series, Spec, Windows, labels, load_real, real_windows, sim_windows
from evaluate import SIM_SEED, SIM_WINDOWS, STRIDE
from network import Logits, answer, image, latency, session, sha256
from picture import network_input
from scores import score, softmax

CALIBRATION_SEED = 77


def halve(src: Path, dst: Path, min_size: int = 256) -> None:
    """Store big 32-bit initialisers in 16 bits followed by a Cast: half the file, 32-bit arithmetic."""
    m = onnx.load(src)
    keep, casts = [], []
    for t in m.graph.initializer:
        a = numpy_helper.to_array(t)
        if t.data_type == TensorProto.FLOAT and a.size >= min_size:
            keep.append(numpy_helper.from_array(a.astype(np.float16), t.name + "_h"))
            casts.append(helper.make_node("Cast", [t.name + "_h"], [t.name], to=TensorProto.FLOAT, name="cast_" + t.name))
        else:
            keep.append(t)
    _store(m, keep, [*casts, *m.graph.node], dst)


def widen(src: Path, dst: Path) -> None:
    """The inverse of `halve`: every Cast of a stored 16-bit initialiser becomes a 32-bit initialiser."""
    m = onnx.load(src)
    stored = {t.name: t for t in m.graph.initializer}
    casts = {n.input[0]: n.output[0] for n in m.graph.node if n.op_type == "Cast" and n.input[0] in stored}
    keep = [numpy_helper.from_array(numpy_helper.to_array(t).astype(np.float32), casts[t.name]) if t.name in casts else t
            for t in m.graph.initializer]
    _store(m, keep, [n for n in m.graph.node if not (n.op_type == "Cast" and n.input[0] in casts)], dst)


def _store(m: onnx.ModelProto, initializers: list, nodes: list, dst: Path) -> None:
    initializers, nodes = list(initializers), list(nodes)
    del m.graph.initializer[:]
    del m.graph.node[:]
    m.graph.initializer.extend(initializers)
    m.graph.node.extend(nodes)
    onnx.checker.check_model(m)
    onnx.save(m, dst)


class Calibration(CalibrationDataReader):
    def __init__(self, x: np.ndarray, heat: str, batch: int = 16) -> None:
        self.it = iter([{"image": image(x[i : i + batch], heat)} for i in range(0, len(x), batch)])

    def get_next(self) -> dict | None:
        return next(self.it, None)


def quantised(fp32: Path, folder: Path, series: list[Series], spec: Spec, shown: Callable[[np.ndarray], np.ndarray]) -> dict[str, Path]:
    """int8 weights with activations measured as they come (dynamic) or beforehand on validation windows (static)."""
    out = {"int8_dynamic": folder / "int8-dynamic.onnx", "int8_static": folder / "int8-static.onnx"}
    quantize_dynamic(fp32, out["int8_dynamic"], weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"])
    x = np.concatenate([shown(sim_windows(128, spec, np.random.default_rng(CALIBRATION_SEED)).close),
                        shown(real_windows(series, spec, "valid", 16).close)[:128]])
    heads = [n.name for n in onnx.load(fp32).graph.node if n.op_type == "Gemm"]
    quantize_static(fp32, out["int8_static"], Calibration(x, spec.heat), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Conv"], nodes_to_exclude=heads)
    return out


def compare(out: Logits, reference: Logits, w: Windows, spec: Spec) -> dict:
    y = labels(w.logp, w.future, spec)
    figures = {h: {m: round(v, 4) for m, v in score(softmax(out[j]), y[:, j]).items() if m in ("accuracy", "log_loss", "ece")}
               for j, h in enumerate(HEADS)}
    heads = range(len(HEADS))
    return {**figures, "windows": len(w), "agreement_with_fp32": [round(float((out[j].argmax(1) == reference[j].argmax(1)).mean()), 4) for j in heads],
            "max_logit_diff": round(float(max(np.abs(out[j] - reference[j]).max() for j in heads)), 5)}


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--onnx", type=Path, required=True)
    a.add_argument("--fp32", type=Path, default=None)
    a.add_argument("--card", type=Path, default=Path("../model-card.json"), help="says what the network's input is made of")
    a.add_argument("--root", type=Path, default=SITE_PACKAGES, help="folder of the price packages")
    a.add_argument("--out", type=Path, default=Path("evaluation"))
    c = a.parse_args()
    spec, series = Spec(), load_real(c.root)
    shown = network_input(json.loads(c.card.read_text()))
    sets = {"sim": sim_windows(SIM_WINDOWS, spec, np.random.default_rng(SIM_SEED)).take(np.arange(1500))}
    both = real_windows(series, spec, "test_both", STRIDE)
    sets["test_both"] = both.take(np.arange(0, len(both), 2))
    table: dict = {}
    with tempfile.TemporaryDirectory() as folder:
        fp32 = c.fp32 or Path(folder) / "fp32.onnx"
        if not c.fp32:
            widen(c.onnx, fp32)
        files = {"fp32": fp32, "fp16_stored": c.onnx, **quantised(fp32, Path(folder), series, spec, shown)}
        reference: dict[str, Logits] = {}
        for name, file in files.items():
            s = session(file, 1)
            row: dict = {"file": file.name, "bytes": file.stat().st_size, "sha256": sha256(file)}
            for key, w in sets.items():
                out = answer(s, shown(w.close), spec.heat)
                row[key] = compare(out, reference.setdefault(key, out), w, spec)
            table[name] = row
            print(name, json.dumps(row), flush=True)
        for name, file in files.items():
            s = session(file, 1)
            table[name] |= {"latency_ms_batch1": latency(s, 1), "latency_ms_batch16": latency(s, 16), "threads": 1}
    (c.out / "precision.json").write_text(json.dumps({"trained": c.fp32 is not None, "export": table}, indent=1))


if __name__ == "__main__":
    main()
