"""The network as it is shipped: an ONNX file, its answers to scaled windows, and its latency."""
from __future__ import annotations

import hashlib
import time
from pathlib import Path

import numpy as np
import onnxruntime as ort

from dataset import HEADS
from picture import SIZE, fields, upsample224

OUTPUTS = [*HEADS, "features"]
Logits = list[np.ndarray]  # one [k, classes] array a head, then [k, 768] features


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def session(file: Path, threads: int) -> ort.InferenceSession:
    o = ort.SessionOptions()
    o.intra_op_num_threads, o.inter_op_num_threads = threads, 1
    return ort.InferenceSession(str(file), o, providers=["CPUExecutionProvider"])


def image(x: np.ndarray, heat: str) -> np.ndarray:
    """The network's input [k, 3, 224, 224] for scaled windows [k, n]."""
    return np.ascontiguousarray(upsample224(fields(x, heat)))


def answer(s: ort.InferenceSession, x: np.ndarray, heat: str, batch: int = 16) -> Logits:
    parts = [s.run(OUTPUTS, {"image": image(x[i : i + batch], heat)}) for i in range(0, len(x), batch)]
    return [np.concatenate([p[j] for p in parts]) for j in range(len(OUTPUTS))]


class Cached:
    """Answers kept in `folder` by the hashes of file and windows, so that an interrupted evaluation goes on."""

    def __init__(self, file: Path, heat: str, folder: Path, threads: int) -> None:
        self.sha, self.heat, self.folder = sha256(file), heat, folder
        self.session = session(file, threads)
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, x: np.ndarray) -> Logits:
        key = hashlib.sha256(np.ascontiguousarray(x).tobytes()).hexdigest()[:16]
        file = self.folder / f"{self.sha[:16]}-{key}.npz"
        if not file.exists():
            heads = answer(self.session, x, self.heat)[: len(HEADS)]
            np.savez(file, *heads)
        with np.load(file) as found:
            return [found[f"arr_{j}"] for j in range(len(HEADS))]


def latency(s: ort.InferenceSession, batch: int, repeats: int = 20) -> float:
    """Median milliseconds of processor time of a call with `batch` pictures, after two that are not counted.

    With one thread this is what a quiet core would take, however busy the machine is, but for shared caches.
    """
    x = np.random.default_rng(0).uniform(-1, 1, (batch, 3, SIZE, SIZE)).astype(np.float32)
    times = []
    for _ in range(repeats + 2):
        t = time.process_time()
        s.run(OUTPUTS, {"image": x})
        times.append(time.process_time() - t)
    return round(1000 * float(np.median(times[2:])), 2)
