"""The label comparison of LABELS.md: calibration on simulation, stability, skill of P(correct), neighbours.

python labels_compare.py --embed embed-shipped --out labels.json
python labels_compare.py --embed embed-shipped --trained embed-run --out labels.json   # also the heads of a run
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from features import product_features
from labels import REGIMES, family_regime, formula_later, formula_regime, policy
from labels_heads import Family, Table, following, frozen_families, later, load, process, trained_families
from labels_metrics import capacity, ece_interval, mean_interval, row_loss, softmax
from labels_neighbours import neighbours
from labels_skill import GATE, common_sets, decisions, half_year, prices

SHIFTS = ("shift1", "shift2", "shift3", "shift4", "noise10", "cents")


def truth(family: str, t: Table) -> np.ndarray:
    """The family's own label as a regime. (b) exists on simulations alone."""
    return {"a": lambda: formula_regime(t["logp"]), "b": lambda: family_regime(process(t)), "c": lambda: following(t), "d": lambda: later(t)}[family[0]]()


def quality(p: np.ndarray, y: np.ndarray, block: np.ndarray) -> dict:
    """Log-loss, gain over the set's own class shares, accuracy, top-label ECE, and what C >= 0.78 lets through."""
    share = np.bincount(y, minlength=p.shape[1]) / len(y)
    loss, sure = row_loss(p, y), capacity(p.max(1)) >= GATE
    out = {"log_loss": mean_interval(loss, block), "gain_over_shares": mean_interval(-np.log(share[y] + 1e-12) - loss, block),
           "accuracy": mean_interval((p.argmax(1) == y).astype(float), block), "ece": ece_interval(p, y, block), "gate_share": float(sure.mean())}
    if sure.sum() >= 30:
        out["right_when_gated"] = mean_interval((p.argmax(1) == y)[sure].astype(float), block[sure])
        out["claimed_when_gated"] = float(p.max(1)[sure].mean())
    return out


def stability(f: Family | None, sets: dict[str, Table]) -> dict:
    """Agreement of the top regime and of the policy's action between a window and its shifted or disturbed twin.

    "four bars on" starts from the earliest window: does what was said there with C >= 0.78 still hold at the last?
    """
    def read(t: Table) -> np.ndarray:
        return f.regimes(t) if f else np.eye(4)[formula_regime(t["logp"])]

    base, (trend, last, _) = read(sets["shift0"]), prices(sets["shift0"])
    sure, block, out = capacity(base.max(1)) >= GATE, half_year(sets["shift0"]["time"]), {}
    act = policy(base.argmax(1), trend, last)
    for name in SHIFTS:
        p, (tr, la, _) = read(sets[name]), prices(sets[name])
        same = p.argmax(1) == base.argmax(1)
        out[name] = {"same_regime": mean_interval(same.astype(float), block), "variation": float(np.abs(p - base).sum(1).mean() / 2),
                     "same_action": mean_interval((policy(p.argmax(1), tr, la) == act).astype(float), block)}
        if sure.sum() >= 30:
            out[name]["same_when_gated"] = mean_interval(same[sure].astype(float), block[sure])
    early = read(sets["shift4"])
    sure = capacity(early.max(1)) >= GATE
    if sure.sum() >= 30:
        out["four bars on"] = {"same_when_gated": mean_interval((early.argmax(1) == base.argmax(1))[sure].astype(float), block[sure]), "gate_share": float(sure.mean())}
    return out


def persistence(p: np.ndarray, t: Table) -> list[dict]:
    """How often the regime that the network reads is the formula's own at t and 1, 4, 16 bars later, by the reading's probability."""
    top, said, out = p.max(1), p.argmax(1), []
    for lo, hi in ((0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.9648), (0.9648, 1.01)):
        on = (top >= lo) & (top < hi)
        row = {"from": lo, "n": int(on.sum()), "gate": lo > 0.96}
        for bars in (0, 1, 4, 16):
            row[str(bars)] = mean_interval((formula_later(t["logp"], t["future"], bars) == said)[on].astype(float), half_year(t["time"])[on])
        out.append(row)
    return out


def scalar_baselines(sets: dict[str, Table]) -> dict:
    """Logistic regression and boosted trees on the 13 features, per family, fitted and tested on simulation."""
    fit, test = sets["sim_fit"], sets["sim_test"]
    x, z = product_features(np.exp(fit["logp"])), product_features(np.exp(test["logp"]))
    out: dict = {}
    for name in "abcd":
        y, t = truth(name, fit), truth(name, test)
        for model, make in (("logistic", lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=400))),
                            ("boosted trees", lambda: HistGradientBoostingClassifier(max_iter=120, learning_rate=0.08, max_leaf_nodes=15, early_stopping=True, random_state=0))):
            out[f"{name}, {model} on 13 features"] = quality(make().fit(x, y).predict_proba(z), t, np.arange(len(t)))
    return out


def compare(families: list[Family], sets: dict[str, Table], held: list[str]) -> dict:
    out: dict = {}
    for f in families:
        sim = sets["sim_test"]
        row: dict = {"temperature": f.temp, "simulation": quality(f.regimes(sim), truth(f.name, sim), np.arange(len(sim["logp"])))}
        if f.name[0] == "b":
            row["seven processes"] = quality(f.classes(sim), process(sim), np.arange(len(sim["logp"])))
        for name in held:
            t = sets[name]
            p = f.regimes(t)
            row[name] = {"shares": np.bincount(p.argmax(1), minlength=4) / len(p), "mean_probability": p.mean(0), "gate_share": float((capacity(p.max(1)) >= GATE).mean())}
            if f.name[0] != "b":
                row[name]["quality"] = quality(p, truth(f.name, t), half_year(t["time"]))
        row["stability"] = stability(f, sets)
        row["decisions"] = decisions(sets["held"], f.regimes(sets["held"]))
        row["common"] = common_sets(sets["held"], f.regimes(sets["held"]))
        out[f.name] = row
        print(f.name, "done", flush=True)
    return out


def near(sets: dict[str, Table], spaces: list[str]) -> dict:
    memory = [sets[n] for n in ("fit", "valid", "held")]
    for t in memory:
        s = product_features(np.exp(t["logp"] - t["logp"][:, :1]))
        t["scalars"] = (s - s.mean(0)) / s.std(0) if t is memory[0] else s
    ref = product_features(np.exp(memory[0]["logp"] - memory[0]["logp"][:, :1]))
    for t in memory[1:]:
        t["scalars"] = (t["scalars"] - ref.mean(0)) / ref.std(0)
    return {s: neighbours(sets["held"], memory, s) for s in spaces}


def plain(v: object) -> object:
    """JSON with four digits."""
    if isinstance(v, dict):
        return {k: plain(w) for k, w in v.items()}
    if isinstance(v, (list, tuple, np.ndarray)):
        return [plain(w) for w in v]
    return round(float(v), 4) if isinstance(v, (float, np.floating)) else int(v) if isinstance(v, np.integer) else v


def main() -> None:
    a = argparse.ArgumentParser()
    a.add_argument("--embed", type=Path, required=True, help="folder of labels_embed.py on the shipped file")
    a.add_argument("--trained", type=Path, default=None, help="the same of a run's ema-all.pt")
    a.add_argument("--out", type=Path, default=Path("labels.json"))
    c = a.parse_args()
    shipped = load(c.embed)
    result: dict = {"regimes": REGIMES, "windows": {k: len(v["logp"]) for k, v in shipped.items()}}
    result["shipped"] = compare(frozen_families(shipped), shipped, ["valid", "held"])
    result["exact formula"] = {"stability": stability(None, shipped), "decisions": decisions(shipped["held"], 0.97 * np.eye(4)[formula_regime(shipped["held"]["logp"])] + 0.0075)}
    both = {k: np.concatenate([shipped["held"][k], shipped["valid"][k]]) for k in ("regime", "logp", "future", "time")}
    result["persistence"] = persistence(softmax(both["regime"]), both)
    result["baselines"] = scalar_baselines(shipped)
    result["neighbours"] = {"shipped": near(shipped, ["features", "scalars", "regime"])}
    c.out.write_text(json.dumps(plain(result), indent=1))
    if c.trained:
        run = load(c.trained)
        result["trained"] = compare(trained_families(run), run, ["valid", "held"])
        result["neighbours"]["trained"] = near(run, ["features", "process"])
    c.out.write_text(json.dumps(plain(result), indent=1))


if __name__ == "__main__":
    main()
