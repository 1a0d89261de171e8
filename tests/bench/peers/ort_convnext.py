"""The same network file with ONNX Runtime for Python.

A line in: {"batch": n, "runs": n}; one out: {"ms": [time of each run]}.
"""
import json
import sys
import time

import numpy as np
import onnxruntime as ort

options = ort.SessionOptions()
options.intra_op_num_threads = int(sys.argv[2])
options.inter_op_num_threads = 1
options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
session = ort.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
pictures = np.random.default_rng(1).uniform(-1, 1, (16, 3, 224, 224)).astype(np.float32)


def run(batch: int) -> float:
    image = pictures[:batch]
    started = time.perf_counter()
    session.run(None, {"image": image})
    return 1000 * (time.perf_counter() - started)


run(1)
run(16)
print(json.dumps({"version": ort.__version__}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps({"ms": [run(asked["batch"]) for _ in range(asked["runs"])]}), flush=True)
