"""The ten nearest of many vectors with faiss IndexFlatL2. Arguments: file of float32, length, threads. A JSON line in: {"query": [...], "k": 10}; one out: {"ms": time, "ids": [...]}."""
import json
import sys
import time

import faiss
import numpy as np

length = int(sys.argv[2])
faiss.omp_set_num_threads(int(sys.argv[3]))
index = faiss.IndexFlatL2(length)
index.add(np.fromfile(sys.argv[1], np.float32).reshape(-1, length))
index.search(np.zeros((1, length), np.float32), 10)
print(json.dumps({"version": faiss.__version__, "vectors": index.ntotal}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    query = np.asarray(request["query"], np.float32).reshape(1, length)
    started = time.perf_counter()
    _, ids = index.search(query, request["k"])
    print(json.dumps({"ms": 1000 * (time.perf_counter() - started), "ids": ids[0].tolist()}), flush=True)
