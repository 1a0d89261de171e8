"""The tables of LABELS.md from labels.json: python labels_tables.py labels.json > tables.md"""
from __future__ import annotations

import argparse
import json
from pathlib import Path


def cell(v: object, digits: int = 3) -> str:
    """A value, or a value with its interval."""
    if v is None:
        return ""
    if isinstance(v, list):
        return f"{v[0]:.{digits}f} [{v[1]:.{digits}f}, {v[2]:.{digits}f}]"
    return f"{v:.{digits}f}" if isinstance(v, float) else str(v)


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(c.replace("|", "\\|") for c in r) + " |" for r in [head, ["---"] * len(head), *rows]]
    return "\n".join(lines) + "\n"


def main() -> None:
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("labels", type=Path, help="written by labels_compare.py")
    d = json.loads(a.parse_args().labels.read_text())
    families = {**d["shipped"], **d.get("trained", {})}
    q = ("log_loss", "gain_over_shares", "accuracy", "ece", "gate_share", "right_when_gated")
    names = ["log-loss", "gain over class shares", "accuracy", "ECE", "share with C >= 0.78", "right among these"]
    sim = [[n, *(cell(r["simulation"].get(k)) for k in q)] for n, r in families.items()]
    sim += [[n, *(cell(r.get(k)) for k in q)] for n, r in d["baselines"].items()]
    print("### Simulation\n\n" + table(["label, method", *names], sim))
    print("### Seven processes\n\n" + table(["method", *names[:4]], [[n, *(cell(r["seven processes"].get(k)) for k in q[:4])] for n, r in families.items() if "seven processes" in r]))
    for s in ("held", "valid"):
        rows = [[n, *(cell(r[s]["quality"].get(k)) for k in q)] for n, r in families.items() if "quality" in r[s]]
        print(f"### Real prices: {s}\n\n" + table(["label, method", *names], rows))
    rows = [[n, " / ".join(cell(v, 2) for v in r["held"]["shares"]), cell(r["held"]["gate_share"])] for n, r in families.items()]
    print("### Regimes read on held\n\n" + table(["label, method", "trending / mean_reverting / volatile / quiet", "share with C >= 0.78"], rows))
    stable = {**families, "exact formula": d["exact formula"]}
    rows = [[n, *(cell(r["stability"][s]["same_regime"], 2) for s in ("shift1", "shift4", "noise10", "cents")), cell(r["stability"]["shift4"]["same_action"], 2),
             cell(r["stability"].get("four bars on", {}).get("same_when_gated"), 2)] for n, r in stable.items()]
    print("### Stability\n\n" + table(["label, method", "1 bar earlier", "4 bars earlier", "noise", "rounded", "same action, 4 bars", "C >= 0.78, and 4 bars on"], rows))
    rows = []
    for n, r in stable.items():
        for g, v in r["decisions"].items():
            p = v.get("p_correct", {})
            rows.append([n, g, str(v["decisions"]), cell(v.get("hit_rate")), cell(v.get("hit_minus_base")), cell(v.get("net_return_bp"), 0), str(p.get("n", "")), cell(p.get("log_loss_gain"), 4), cell(p.get("brier_skill"), 4)])
    print("### Decisions\n\n" + table(["label, method", "gate", "decisions", "hit rate", "minus base rate", "net, bp", "n of P(correct)", "log-loss gain", "Brier skill"], rows))
    rows = [[n, g, str(v["n"]), cell(v["log_loss_gain"], 4), cell(v["brier_skill"], 4), cell(v["auc"]), cell(v["whole posterior"]["log_loss_gain"], 4)]
            for n, r in families.items() for g, v in r["common"].items()]
    print("### Common decisions\n\n" + table(["label, method", "decisions", "n", "log-loss gain", "Brier skill", "AUC", "whole posterior, log-loss gain"], rows))
    rows = [[f"{part}, {space}", k, cell(v["auc"]), cell(v["brier_skill_shrunk"], 4), cell(v["refitted"]["log_loss_gain"], 4)]
            for part, s in d["neighbours"].items() for space, r in s.items() for k, v in r.items() if space in ("features", "process") or k.startswith("nearest")]
    print("### Neighbours\n\n" + table(["space", "neighbours", "AUC", "Brier skill of the shrunk rate", "refitted, log-loss gain"], rows))
    rows = [[f">= {r['from']}", str(r["n"]), *(cell(r[b], 2) for b in ("0", "1", "4", "16"))] for r in d["persistence"]]
    print("### Persistence\n\n" + table(["probability of the reading", "n", "now", "1 bar on", "4 bars on", "16 bars on"], rows))


if __name__ == "__main__":
    main()
