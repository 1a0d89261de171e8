"""Read every comparison window once with the shipped ONNX file or with a training checkpoint; keep logits and features.

python labels_embed.py --root SITE_PACKAGES --model ../convnext-tiny-gaf.onnx --out embed-shipped
python labels_embed.py --root SITE_PACKAGES --weights run/ema-all.pt --skip sim_fit --out embed-run
Each set is one file, written when done: run the same command again to go on.
"""
from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from dataset import SITE_PACKAGES, fields, load_real, scale, upsample224
from labels_data import Cut, real_sets, shifted, simulated

SIM_SEEDS = {"sim_fit": (14_000, 3001), "sim_cal": (4_000, 3002), "sim_test": (6_000, 3003)}
Reader = Callable[[np.ndarray], dict[str, np.ndarray]]


def onnx_reader(file: Path) -> Reader:
    """Scaled windows [k, 64] -> regime, direction, volatility logits and features, by ONNX Runtime on one thread."""
    import onnxruntime as ort

    o = ort.SessionOptions()
    o.intra_op_num_threads = o.inter_op_num_threads = 1
    session = ort.InferenceSession(str(file), o, providers=["CPUExecutionProvider"])
    names = ["regime", "direction", "volatility", "features"]
    return lambda x: dict(zip(names, session.run(names, {"image": upsample224(fields(torch.from_numpy(x), "absret")).numpy()})))


def torch_reader(weights: Path) -> Reader:
    """The same from a state dict, on 64 x 64 fields; and the logits of the run's extra heads."""
    from model import ConvNeXtTiny, extra_heads

    state = torch.load(weights, weights_only=True)
    net = ConvNeXtTiny(extra=extra_heads(state))
    net.load_state_dict(state)
    net.eval().to(memory_format=torch.channels_last)

    def read(x: np.ndarray) -> dict[str, np.ndarray]:
        with torch.no_grad():
            f = net.features(fields(torch.from_numpy(x), "absret").contiguous(memory_format=torch.channels_last))
            return {"features": f.numpy(), **{n: h(f).numpy() for n, h in (*net.heads.items(), *net.extra.items())}}

    return read


def embed(cut: Cut, read: Reader, file: Path, of_logs: bool = False, batch: int = 16) -> None:
    """Write one set. `of_logs` scales log closes instead of closes."""
    if file.exists():
        return
    level = cut.logp - cut.logp[:, :1]
    x, t0, parts = scale(level if of_logs else np.exp(level)), time.time(), []
    for i in range(0, len(x), batch):
        parts.append(read(x[i : i + batch]))
        if i // batch % 100 == 99:
            print(f"  {file.stem} {i + batch}/{len(x)} {1000 * (time.time() - t0) / (i + batch):.1f} ms each", flush=True)
    named = {n: np.concatenate([p[n] for p in parts]).astype(np.float32) for n in parts[0]}
    np.savez(file.with_suffix(".tmp.npz"), logp=cut.logp, future=cut.future, group=cut.group, time=cut.time, known=cut.known, **named)
    file.with_suffix(".tmp.npz").replace(file)
    print(f"{file.stem}: {len(x)} windows, {time.time() - t0:.0f} s", flush=True)


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--root", type=Path, default=SITE_PACKAGES, help="folder of the price packages")
    a.add_argument("--model", type=Path, default=Path("../convnext-tiny-gaf.onnx"))
    a.add_argument("--weights", type=Path, default=None, help="state dict of a run instead of the ONNX file")
    a.add_argument("--out", type=Path, default=Path("embed"))
    a.add_argument("--of-logs", action="store_true", help="scale log closes instead of closes")
    a.add_argument("--skip", nargs="*", default=[], help="sets not needed: sim_fit is used for heads on frozen features alone")
    a.add_argument("--anchors", type=int, default=500, help="windows of the stability check")
    c = a.parse_args()
    torch.set_num_threads(1)
    c.out.mkdir(parents=True, exist_ok=True)
    read = torch_reader(c.weights) if c.weights else onnx_reader(c.model)
    series = load_real(c.root)
    sets = {**real_sets(series), **{n: simulated(k, s) for n, (k, s) in SIM_SEEDS.items()}, **shifted(series, c.anchors, 3004)}
    print({n: len(s) for n, s in sets.items()}, flush=True)
    for name, s in ((n, s) for n, s in sets.items() if n not in c.skip):
        embed(s, read, c.out / f"{name}.npz", c.of_logs)


if __name__ == "__main__":
    main()
