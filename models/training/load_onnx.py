"""Read a published ONNX file back into the PyTorch network, so that training can go on from shipped weights.

python load_onnx.py --model ../convnext-tiny-gaf.onnx --vectors ../parity-vectors.json --out start.pt
"""
from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from model import HEADS, ConvNeXtTiny

WINDOW, PIXELS, PICTURE = 64, 14, 224


def gather_stem(stem: Tensor, window: int = WINDOW) -> Tensor:
    """Undo `export.spread_stem`: [c, 3, 14, 14] pixel weights -> [c, 3, window/16, window/16] cell weights (their sums)."""
    cell = (torch.arange(PIXELS) * window) // PICTURE
    spread = torch.nn.functional.one_hot(cell, window // 16).to(stem.dtype)
    return torch.einsum("ocij,ia,jb->ocab", stem, spread, spread)


def state_from_onnx(file: Path, window: int = WINDOW) -> dict[str, Tensor]:
    """State dict of `ConvNeXtTiny(patch=window // 16)`. Head weights carry the shipped temperatures.

    Raises KeyError where a matrix product of the file belongs to no known block.
    """
    graph = onnx.load(str(file)).graph
    stored = {t.name: torch.from_numpy(numpy_helper.to_array(t).astype(np.float32).copy()) for t in graph.initializer}
    stored = {name.removesuffix("_h"): value for name, value in stored.items()}
    state = {name.removeprefix("net."): value for name, value in stored.items() if name.startswith("net.")}
    for node in graph.node:
        if node.op_type == "MatMul":
            stage, block, layer = re.fullmatch(r"/net/stages\.\d+/stages\.(\d+)\.(\d+)/(pw[12])/MatMul", node.name).groups()
            state[f"stages.{stage}.{block}.{layer}.weight"] = stored[node.input[1]].T.contiguous()
    state["downs.0.0.weight"] = gather_stem(state["downs.0.0.weight"], window)
    return state


def network_from_onnx(file: Path, window: int = WINDOW) -> ConvNeXtTiny:
    """The shipped network on window x window fields (the same function as the file on the 224 x 224 picture)."""
    net = ConvNeXtTiny(patch=window // 16)
    net.load_state_dict(state_from_onnx(file, window))
    return net.eval()


def parity(net: ConvNeXtTiny, vectors: Path, card: dict) -> tuple[float, float]:
    """Largest logit and feature difference from the parity vectors (float32)."""
    from picture import fields, network_input

    rows = json.loads(vectors.read_text())["vectors"]
    x = torch.from_numpy(network_input(card)(np.array([v["close"] for v in rows])))
    with torch.no_grad():
        out = net(fields(x, "absret"))
    logit = max(float((out[j] - torch.tensor([v["logits"][h] for v in rows])).abs().max()) for j, h in enumerate(HEADS))
    return logit, float((out[3][:, :8] - torch.tensor([v["features8"] for v in rows])).abs().max())


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--model", type=Path, required=True)
    a.add_argument("--vectors", type=Path, required=True)
    a.add_argument("--card", type=Path, default=Path("../model-card.json"), help="says what the network's input is made of")
    a.add_argument("--out", type=Path, default=Path("start.pt"))
    c = a.parse_args()
    net = network_from_onnx(c.model)
    logit, feature = parity(net, c.vectors, json.loads(c.card.read_text()))
    print(f"largest difference from the parity vectors: logits {logit:.2e}, features {feature:.2e}")
    if max(logit, feature) > 1e-3:
        raise SystemExit("the file and the network disagree by more than 1e-3")
    torch.save(net.state_dict(), c.out)


if __name__ == "__main__":
    main()
