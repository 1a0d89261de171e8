"""Whether each head is worth listening to, from the measured figures alone."""
from __future__ import annotations

NETWORK, STRICT, ALL, STRONG = "convnext_tiny", "test_both", "real", 0.2
TITLES = {"cnn_1d": "the 1-D CNN", "logistic": "logistic regression", "logistic_26": "logistic regression on 26 features",
          "boosted_trees": "boosted trees", "boosted_trees_26": "boosted trees on 26 features"}
PRESENT = {"regime"}  # heads whose label is a formula of the window itself
WORDS = {"none": "no skill measured", "unproven": "small skill, not proven on symbols and years it never saw", "small": "small skill", "strong": "strong skill"}
Interval = list[float]


def skill(result: dict) -> dict:
    """head -> its level, the gains it follows from, and one sentence for the screen.

    Levels: `none`, the gain over the base rates may be 0 on all held-out real windows; `unproven`, it is above 0 there
    but may be 0 on unseen symbols in unseen years; `small` and `strong`, it is above 0 (above 0.2 nats) there too.
    """
    return {head: _head(result, head) for head in result["metrics"][STRICT][NETWORK]}


def level(strict: Interval, everywhere: Interval) -> str:
    if everywhere[1] <= 0:
        return "none"
    if strict[1] <= 0:
        return "unproven"
    return "strong" if strict[1] >= STRONG else "small"


def _head(result: dict, head: str) -> dict:
    strict, everywhere = (result["vs_prior"][s][NETWORK][head] for s in (STRICT, ALL))
    rivals = [m for m in TITLES if m in result["metrics"][STRICT]]
    best = min(rivals, key=lambda m: result["metrics"][STRICT][m][head]["log_loss"][0])
    over_best = result["gain_over"][STRICT][best][head]
    found = level(strict, everywhere)
    return {"skilled": found in ("small", "strong"), "level": found, "gainOverPrior": strict, "gainOverPriorAllHeldOut": everywhere,
            "bestBaseline": best, "gainOverBestBaseline": over_best, "pictureAdds": over_best[1] > 0,
            "sentence": _sentence(head, found, strict, everywhere, best, over_best)}


def _nats(gain: Interval) -> str:
    return f"{gain[0]:+.3f} [{gain[1]:+.3f}, {gain[2]:+.3f}]"


def _sentence(head: str, found: str, strict: Interval, everywhere: Interval, best: str, over_best: Interval) -> str:
    what = "describes the window by a formula of it, forecasts nothing" if head in PRESENT else WORDS[found]
    rival = "more than" if over_best[1] > 0 else "less than" if over_best[2] < 0 else "not measurably more than"
    gains = (f"Over the base rates it gains {_nats(strict)} nats a window on symbols and years it never saw, {_nats(everywhere)} over all held-out "
             "real windows")
    return f"{head}: {what}. {gains}." if found == "none" else f"{head}: {what}. {gains}; {rival} {TITLES[best]} ({_nats(over_best)})."
