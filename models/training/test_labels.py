"""What the label comparison promises, against values worked out by hand. Run: python -m unittest test_labels"""
from __future__ import annotations

import json
import unittest
from pathlib import Path

import numpy as np
import torch

from labels import family_regime, gross_return, next_regime, policy, trend_score, wins
from labels_metrics import auc, capacity, ece
from labels_neighbours import rates
from labels_skill import walk_forward
from simulate import PROCESSES

MODELS = Path(__file__).resolve().parent.parent


class Labels(unittest.TestCase):
    def test_trend_score_is_the_mean_of_gadf_above_the_diagonal(self) -> None:
        x = np.random.default_rng(1).uniform(-1, 1, (3, 9))
        s = np.sqrt(1 - x**2)
        pairs = [[s[k, i] * x[k, j] - x[k, i] * s[k, j] for i in range(9) for j in range(i + 1, 9)] for k in range(3)]
        np.testing.assert_allclose(trend_score(x), np.clip(np.pi / 2 * np.mean(pairs, 1), -1, 1), atol=1e-12)

    def test_policy_follows_trends_fades_extremes_and_holds_otherwise(self) -> None:
        regime = np.array([0, 0, 0, 1, 1, 1, 2, 3])
        trend = np.array([0.3, -0.3, 0.29, 0.9, 0.9, 0.9, 0.9, -0.9])
        last = np.array([0, 0, 0, -0.6, 0.6, 0.59, -1, 1])
        self.assertEqual(policy(regime, trend, last).tolist(), [1, -1, 0, 1, -1, 0, 0, 0])

    def test_outcome_enters_at_the_next_close_and_leaves_16_bars_later(self) -> None:
        future = np.zeros((1, 17))
        future[0, 0], future[0, 16] = np.log(2.0), np.log(2.002)
        gross = gross_return(future)
        self.assertAlmostEqual(gross[0], 0.001, places=9)
        self.assertFalse(wins(np.array([0.001]), np.array([1]))[0])
        self.assertTrue(wins(np.array([-0.0011]), np.array([-1]))[0])

    def test_next_bars(self) -> None:
        window = np.cumsum(np.tile([1.0, -1.0], 32))[None] * 0.01
        end = window[0, -1]
        up = end + 0.01 * np.arange(1, 17)
        saw = end + 0.01 * np.tile([1.0, 0.0], 8)
        wild = end + 0.02 * np.tile([1.0, 0.0], 8)
        calm = end + 0.005 * np.tile([1.0, 0.0], 8)
        self.assertEqual([int(next_regime(window, f[None])[0]) for f in (up, saw, wild, calm)], [0, 1, 2, 3])

    def test_every_process_has_its_regime(self) -> None:
        named = dict(zip(PROCESSES, family_regime(np.arange(7)).tolist()))
        self.assertEqual(named, {"gbm": 3, "ou": 1, "garch": 2, "stoch_vol": 2, "jump": 2, "markov": 0, "momentum": 0})


class Scores(unittest.TestCase):
    def test_capacity_at_the_gate(self) -> None:
        np.testing.assert_allclose(capacity(np.array([1 - 0.0352, 0.5, 0.2])), [0.78, 0, 0], atol=1e-3)

    def test_auc_and_ece(self) -> None:
        self.assertAlmostEqual(auc(np.array([0.1, 0.4, 0.4, 0.9]), np.array([False, False, True, True])), 3.5 / 4)
        self.assertAlmostEqual(ece(np.array([0.8, 0.8]), np.array([True, False])), 0.3)


class PointInTime(unittest.TestCase):
    def test_neighbours_are_settled_before_the_question(self) -> None:
        memory = np.zeros((100, 2), np.float32)
        known, win = np.arange(100), (np.arange(100) >= 60).astype(float)[:, None]
        rate, base = rates(memory[:1], np.array([59]), memory, known, win, 0, False)
        self.assertEqual(rate.max(), 0.0)
        self.assertEqual(base.max(), 0.0)

    def test_p_correct_never_learns_from_what_was_not_settled(self) -> None:
        day, rng = 86_400, np.random.default_rng(2)
        time = np.sort(rng.integers(10_000, 14_000, 2000)) * day
        x, y = rng.standard_normal((2000, 1)), rng.random(2000) < 0.5
        late = time > np.quantile(time, 0.9)
        p = walk_forward(x, y, time, time + 20 * day)
        q = walk_forward(x, np.where(late, ~y, y), time, time + 20 * day)
        early = ~late & ~np.isnan(p)
        np.testing.assert_array_equal(p[early], q[early])


class ShippedWeights(unittest.TestCase):
    def test_the_file_read_back_gives_the_parity_vectors(self) -> None:
        from load_onnx import network_from_onnx, parity
        logit, feature = parity(network_from_onnx(MODELS / "convnext-tiny-gaf.onnx"), MODELS / "parity-vectors.json", json.loads((MODELS / "model-card.json").read_text()))
        self.assertLess(max(logit, feature), 1e-3)

    def test_gathering_the_stem_undoes_spreading_it(self) -> None:
        from load_onnx import gather_stem
        cells, cell = torch.randn(2, 3, 4, 4), (torch.arange(14) * 64) // 224
        count = torch.bincount(cell).float()
        pixels = cells[:, :, cell][:, :, :, cell] / (count[cell][:, None] * count[cell][None, :])
        torch.testing.assert_close(gather_stem(pixels), cells, atol=1e-6, rtol=0)


if __name__ == "__main__":
    unittest.main()
