"""Whether each head is worth listening to, from the measured figures alone."""
from __future__ import annotations

NETWORK, STRICT, STRONG = "convnext_tiny", "test_both", 0.2
TITLES = {"cnn_1d": "the 1-D CNN", "logistic": "logistic regression", "boosted_trees": "boosted trees",
          "boosted_trees_26": "boosted trees on 26 features"}
PRESENT = {"regime"}  # heads whose label is a formula of the window itself


def skill(result: dict) -> dict:
    """head -> what was measured on unseen symbols in unseen years, and one sentence for the screen."""
    return {head: _head(result, head) for head in result["metrics"][STRICT][NETWORK]}


def _head(result: dict, head: str) -> dict:
    over_prior = result["vs_prior"][STRICT][NETWORK][head]
    rivals = [m for m in TITLES if m in result["metrics"][STRICT]]
    best = min(rivals, key=lambda m: result["metrics"][STRICT][m][head]["log_loss"][0])
    over_best = result["gain_over"][STRICT][best][head]
    level = "none" if over_prior[1] <= 0 else "strong" if over_prior[1] >= STRONG else "small"
    return {"skilled": level != "none", "level": level, "gainOverPrior": over_prior, "allHeldOut": result["vs_prior"]["real"][NETWORK][head],
            "bestBaseline": best, "gainOverBestBaseline": over_best, "pictureAdds": over_best[1] > 0,
            "sentence": _sentence(head, level, over_prior, best, over_best)}


def _nats(gain: list[float]) -> str:
    return f"{gain[0]:+.3f} nats a window [{gain[1]:+.3f}, {gain[2]:+.3f}]"


def _sentence(head: str, level: str, over_prior: list[float], best: str, over_best: list[float]) -> str:
    if level == "none":
        return f"{head}: no skill measured. Against the base rates it gains {_nats(over_prior)} on symbols and years it never saw."
    what = "reads a formula of the window, forecasts nothing" if head in PRESENT else f"{level} skill"
    rival = "better than" if over_best[1] > 0 else "worse than" if over_best[2] < 0 else "not measurably better than"
    return f"{head}: {what}. It gains {_nats(over_prior)} over the base rates, {rival} {TITLES[best]} ({_nats(over_best)})."
