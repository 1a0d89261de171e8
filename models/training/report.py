"""The text of the model card, written from its JSON: no figure in it is typed by hand."""
from __future__ import annotations

from report_text import DATA, INTENDED, LIMITS, NOVELTY, REPRODUCE, SPLITS
from skill import TITLES

HEADS = ("regime", "direction", "volatility")
MODELS = {"convnext_tiny": "**ConvNeXt (this file)**", "cnn_1d": "1-D CNN on the closes", "boosted_trees_26": "boosted trees, 26 features",
          "boosted_trees": "boosted trees, the 13 features", "logistic_26": "logistic regression, 26 features", "logistic": "logistic regression, the 13 features", "class_prior": "class prior",
          "label_formula": "the label's own formula"}
PLAIN = "cnn_1d"  # the same recipe without a picture
SETS = {"sim": "Simulated windows", "test_time": "Unseen years: the training symbols from 2015 on", "test_symbol": "Unseen symbols before 2015",
        "test_both": "Unseen symbols in unseen years", "eurusd_hourly": "EURUSD hourly, 2017 to 2018 (a part of the set above)", "real": "All held-out real windows: the three sets together"}
WHOLE_SETS = ("sim", "test_time", "test_symbol", "test_both", "real")
SCORES = {"accuracy": "accuracy", "macro_f1": "macro-F1", "log_loss": "log-loss", "brier": "Brier", "ece": "ECE"}
FEW_BLOCKS = 30
FORMATS = {"fp32": "32 bits (reference)", "fp16_stored": "**16 bits stored, 32 bits computed (shipped)**", "int8_dynamic": "int8, dynamic", "int8_static": "int8, static"}


def table(head: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


def interval(v: list[float]) -> str:
    return f"{v[0]:.3f} [{v[1]:.3f}, {v[2]:.3f}]"


def signed(v: list[float]) -> str:
    return f"{v[0]:+.4f} [{v[1]:+.4f}, {v[2]:+.4f}]"


def picture_worth(card: dict, head: str) -> str:
    """On which sets the network is measurably better, measurably worse or neither than the same kind of network on the closes."""
    gains, parts = card["metrics"]["gain_over"], []
    for word, holds in (("more", lambda v: v[1] > 0), ("less", lambda v: v[2] < 0), ("no measurable difference", lambda v: v[1] <= 0 <= v[2])):
        found = [f"{SETS[s].split(':')[0].lower()} ({signed(gains[s][PLAIN][head])})" for s in WHOLE_SETS if holds(gains[s][PLAIN][head])]
        if found:
            parts.append(f"{word} on {' and '.join([', '.join(found[:-1]), found[-1]] if len(found) > 1 else found)}")
    return "; ".join(parts)


def lead(card: dict) -> str:
    """The first paragraph: where the picture adds nothing, and what else it adds or costs, head by head."""
    skill = card["skill"]
    none = [h for h in HEADS if skill[h]["level"] == "none"]
    unproven = [h for h in HEADS if skill[h]["level"] == "unproven"]
    parts = [f"The {h} head has shown no skill on held-out prices: it is at chance, and its reading is no reason to trade." for h in none]
    parts += [f"The {h} head's small skill is not proven on symbols in years it never saw." for h in unproven]
    parts.append("The regime head describes the window it is shown by a formula of that window, which a program computes without error: the network's doubt "
                 "is doubt about that formula, not about what prices do next.")
    parts.append(f"Beside a far smaller network that reads the closes themselves ({TITLES[PLAIN]}) the picture is worth, in nats of log-loss a window with the 95 % interval:")
    worth = [f"- {h}: {picture_worth(card, h)}." for h in HEADS]
    verdicts = [f"- {skill[h]['sentence']}" for h in HEADS]
    return "\n".join(["**Where the picture adds nothing.** " + " ".join(parts), *worth, "", "What each head is worth by itself:", "", *verdicts])


def results(card: dict, name: str) -> str:
    m, info = card["metrics"], card["metrics"]["sets"][name]
    out = [f"### {SETS[name]}\n", f"{info['windows']} windows in {info['blocks']} blocks."]
    for head in HEADS:
        rows = [[label, *[interval(m["metrics"][name][k][head][s]) for s in SCORES],
                 signed(m["vs_prior"][name][k][head]) if head in m["vs_prior"][name].get(k, {}) else ""]
                for k, label in MODELS.items() if head in m["metrics"][name].get(k, {})]
        perfect = m["ece_if_perfect"][name][head]
        out.append(f"\n**{head}** (perfectly calibrated forecasts would show an ECE of {perfect:.3f} at this number of windows)\n")
        out.append(table(["model", *SCORES.values(), "log-loss gain over the prior"], rows))
    return "\n".join(out)


def few_blocks(card: dict) -> str:
    """Which sets have so few half-years that their intervals are too narrow."""
    sets, few = card["metrics"]["sets"], []
    hourly = sets["eurusd_hourly"]
    for name, info in sets.items():
        weeks = hourly["blocks"] if name != "eurusd_hourly" and set(hourly["symbols"]) <= set(info["symbols"]) else 0
        if info["blocks"] - weeks < FEW_BLOCKS:
            few.append(f"{SETS[name].split(':')[0].lower()} have {info['blocks'] - weeks}{f' beside {weeks} weeks of EURUSD' if weeks else ''}")
    named = f" Of fewer than {FEW_BLOCKS} half-years they come out somewhat too narrow: {'; '.join(few)}." if few else ""
    return f"An interval rests on as many blocks as stand beside its set.{named}"


def head_to_head(card: dict) -> str:
    gains, sets = card["metrics"]["gain_over"], card["metrics"]["sets"]
    rows = [[f"{SETS[s].split(':')[0]}, {sets[s]['blocks']} blocks", head, *[signed(gains[s][k][head]) if k in gains[s] else "" for k in ("cnn_1d", "boosted_trees_26", "logistic")]]
            for s in SETS for head in HEADS]
    return table(["set", "head", "over the 1-D CNN", "over boosted trees, 26 features", "over logistic regression"], rows)


def precision(card: dict) -> str:
    rows = []
    for key, label in FORMATS.items():
        e = card["export"][key]
        agree = [" / ".join(f"{100 * v:.2f} %" for v in e[s]["agreement_with_fp32"]) for s in ("sim", "test_both")]
        rows.append([label, f"{e['bytes'] / 1e6:.1f}", *agree, f"{e['test_both']['max_logit_diff']:.4f}", f"{e['latency_ms_batch1']:.1f}", f"{e['latency_ms_batch16'] / 16:.1f}"])
    return table(["weights", "MB", "same class, simulated (regime / direction / volatility)", "same class, unseen", "largest logit difference",
                  "ms, batch 1", "ms each, batch 16"], rows)


def rounded(card: dict) -> str:
    """What storing 16 bits cost, as far as it was measured."""
    if not card["rounding"]:
        return "The 32-bit weights of the training run were not at hand; the reference is the shipped file, widened."
    r = card["rounding"]
    parts = [f"{' / '.join(f'{100 * v:.2f} %' for v in r[s]['agreement_with_fp32'])} of {r[s]['windows']} {name} windows (largest logit difference {r[s]['max_logit_diff']:.4f})"
             for s, name in (("sim", "simulated"), ("test_both", "unseen"))]
    return f"Against the 32-bit weights as they came out of training, before rounding, the shipped file names the same class in {' and in '.join(parts)}."


def labels(card: dict) -> str:
    return "\n".join(f"- **{h}** {{{', '.join(card['classes'][h])}}}: {card['labels'][h]}." for h in HEADS)


def pictures(card: dict) -> str:
    r = card["reliability"]
    intro = (f"Over {r['windows']} windows: {r['set']}; {r['note']}. Each point is a bin of a tenth: how often the class was true (95 %, Wilson), "
             "with the number of windows below it. The grey line is perfect calibration. The product shows these rates beside each probability.")
    return intro + "\n\n" + "\n\n".join(f"![Reliability of the {h} head](pictures/reliability-{h}.png)" for h in HEADS)


NOVEL = {"test_time": "held out: unseen years", "test_symbol": "held out: unseen symbols before 2015", "test_both": "held out: unseen symbols in unseen years",
         "constant": "a constant", "sawtooth": "a two-bar sawtooth, half of them drifting", "stale": "stale quotes, 2 to 6 prices", "levels": "a real course rounded to 2 to 6 levels",
         "tenfold": "one planted tenfold error", "tenfold_1_to_3": "one to three tenfold errors", "tenfold_last_bar": "a tenfold error at the last bar",
         "white_noise": "white noise", "shuffled": "a shuffled real window"}


def novelty(rates: list[dict]) -> str:
    """How often windows are flagged, and what the thresholds rest on."""
    rows = [[NOVEL[r["windows"]], str(r["count"]), f"{r['flaggedPercent']:.1f} %"] for r in rates if r["windows"] in NOVEL]
    parts = [(r["windows"].removeprefix("test_both "), r["flaggedPercent"]) for r in rates if r["windows"].startswith("test_both ")]
    worst = max(parts, key=lambda part: part[1])
    return "\n\n".join([NOVELTY, table(["windows", "number", "flagged"], rows), f"Of the symbols of the last set {worst[0]} is flagged most often, in {worst[1]:.1f} %."])


def report(card: dict, card_hash: str, rates: list[dict]) -> str:
    margin = ", ".join(f"{100 * v:.1f} %" for v in card["metrics"]["regime_accuracy_by_margin"])
    left = ", ".join(f"{h} {t:.2f}" for h, t in zip(HEADS, card["metrics"]["temperature_left"]))
    sections = [
        f"# Model card: {card['name']}", lead(card),
        f"Written by `models/training/card.py` from `model-card.json` (SHA-256 `{card_hash}`); change that, not this.",
        "## What it is", f"{card['architecture']}. {card['parameters']:,} parameters, {card['features']} features. It reads a picture of {card['window']} closes and speaks "
        f"of them and of the next {card['horizon']} bars. Fitted on bars through {card['trainedThrough']} of {', '.join(card['trainedSymbols'])} and on simulated "
        f"prices; temperatures fitted on {card['calibratedOn']}.", labels(card), INTENDED, LIMITS,
        f"The regime head is right on {margin} of the quarters of unseen windows ordered by how clear-cut they are, the least clear first.",
        "## Splits", SPLITS, "## Results",
        "Value and 95 % interval (bootstrap over whole blocks: calendar half-years, all symbols together; weeks for EURUSD hourly). "
        f"{few_blocks(card)} Log-loss and its gains in nats "
        "a window. The prior is the class shares of training windows of the same kind, simulated or real. A 1-D CNN of the same recipe was the teacher of the forecast heads, so "
        f"these are not independent of it. Like the network it was trained on closes first and then, for 192,000 windows, on log closes. The 13 features are those the product shows; 26 are these and 13 descriptors more (`models/training/features.py`). Temperatures that fitting again would still ask for (1 = none): {left}.",
        *[results(card, s) for s in SETS], "### Log-loss gain of the network over each rival (positive: the network is better)\n\n" + head_to_head(card),
        "## Reliability", pictures(card), "## Novelty", novelty(rates), "## The form of the file", precision(card),
        "The reference is the shipped file with its weights widened to 32 bits, from which int8 is made. Milliseconds of processor time, one thread, onnxruntime "
        f"{card['metrics']['versions']['onnxruntime']}.", rounded(card),
        "Shipped are 16-bit weights, widened on loading, so that every processor computes in 32 bits. int8 is faster, but it misses the 99.5 % asked for "
        "of every head, and its products are rounded and saturated differently on processors with and without 8-bit dot products, so that two machines "
        "could disagree about one window.",
        "## Data and licences", DATA, "## To reproduce", REPRODUCE]
    return "\n\n".join(sections) + "\n"
