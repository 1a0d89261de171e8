"""Both Gramian fields of many windows with pyts. A JSON line in: {"chunk": windows a call}; one out: {"ms": time}."""
import json
import sys
import time

import numpy as np
from pyts import __version__
from pyts.image import GramianAngularField

windows, bars = int(sys.argv[1]), int(sys.argv[2])
closes = 100 + np.cumsum(np.random.default_rng(1).standard_normal((windows, bars)), 1)
transforms = [GramianAngularField(method=method) for method in ("summation", "difference")]


def run(chunk: int) -> float:
    started = time.perf_counter()
    for first in range(0, windows, chunk):
        for transform in transforms:
            transform.fit_transform(closes[first : first + chunk])
    return 1000 * (time.perf_counter() - started)


run(windows)
run(20)
print(json.dumps({"version": __version__}), flush=True)
for line in sys.stdin:
    print(json.dumps({"ms": run(json.loads(line)["chunk"])}), flush=True)
