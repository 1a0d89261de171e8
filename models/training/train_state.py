"""What a training run carries from step to step: averaged weights, gradient exchange, checkpoint."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn


class Ema:
    """Exponential moving average of the weights, warmed up over the first steps unless `step` says otherwise."""

    def __init__(self, model: nn.Module, decay: float, step: int = 0) -> None:
        self.decay, self.step = decay, step
        self.shadow = [p.detach().clone() for p in model.parameters()]

    def update(self, model: nn.Module) -> None:
        self.step += 1
        d = min(self.decay, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(self.shadow, [p.detach() for p in model.parameters()], 1 - d)

    def copy_to(self, model: nn.Module) -> None:
        with torch.no_grad():
            for p, s in zip(model.parameters(), self.shadow):
                p.copy_(s)


def world() -> tuple[int, int]:
    """(rank, processes)."""
    return (dist.get_rank(), dist.get_world_size()) if dist.is_initialized() else (0, 1)


def average_gradients(params: list[Tensor], spent: float) -> float:
    """Mean gradient over the processes; returns the seconds spent according to process 0."""
    rank, size = world()
    if size == 1:
        return spent
    flat = torch.cat([p.grad.reshape(-1) for p in params] + [torch.tensor([spent * size if rank == 0 else 0.0])])
    dist.all_reduce(flat)
    flat /= size
    for p, g in zip(params, flat[:-1].split([p.numel() for p in params])):
        p.grad.copy_(g.view_as(p))
    return flat[-1].item()


def decay_groups(model: nn.Module, decay: float) -> list[dict[str, Any]]:
    """Weight decay for matrices and kernels only."""
    yes = [p for p in model.parameters() if p.ndim > 1]
    no = [p for p in model.parameters() if p.ndim <= 1]
    return [{"params": yes, "weight_decay": decay}, {"params": no, "weight_decay": 0.0}]


def save(file: Path, model: nn.Module, opt: torch.optim.Optimizer, ema: Ema, step: int, spent: float, stream: int) -> None:
    """Write the checkpoint beside the old one, then put it in its place."""
    tmp = file.with_suffix(".tmp")
    torch.save({"model": model.state_dict(), "opt": opt.state_dict(), "ema": ema.shadow, "step": step, "spent": spent, "stream": stream}, tmp)
    tmp.replace(file)


def restore(file: Path, model: nn.Module, opt: torch.optim.Optimizer, ema: Ema) -> tuple[int, float, int]:
    """Put a checkpoint into force; returns step, seconds spent, chunk of the stream."""
    s = torch.load(file, weights_only=True)
    model.load_state_dict(s["model"])
    opt.load_state_dict(s["opt"])
    ema.shadow, ema.step = s["ema"], s["step"]
    return s["step"], s["spent"], s["stream"]
