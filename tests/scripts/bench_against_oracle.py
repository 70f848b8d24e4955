#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times a whole forward pass against the PyTorch reference implementation, in turn (A B A B ...), ResNet-50, 200 classes.

    tests/scripts/bench_against_oracle.py PATH/TO/intr_reference.py build/bin/ocellus-cli [--size 800x1200] [--rounds 7]

Each round runs the reference once and `ocellus-cli bench` with one repetition after its own warm-up; both use the same
number of threads. Prints both medians, their ratio round by round, and the share of a change of active classes.
"""
import argparse
import importlib.util
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import torch


def load_module(path):
    spec = importlib.util.spec_from_file_location("oracle", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("oracle")
    parser.add_argument("program")
    parser.add_argument("--size", default="800x1200")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()

    torch.set_num_threads(a.threads)
    oracle = load_module(a.oracle)
    model = oracle.fill_by_formula(oracle.build())
    image = oracle.formula_image(*map(int, a.size.split("x")))
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = Path(folder) / "resnet50-c200.pth"
        torch.save({"model": model.state_dict(), "args": argparse.Namespace(**model.config)}, checkpoint)
        command = [a.program, "bench", "--checkpoint", str(checkpoint), "--size", a.size, "--repeat", "1",
                   "--threads", str(a.threads), "--json"]
        oracle.forward(model, image)  # warm-up
        theirs, ours, stages = [], [], []
        for _ in range(a.rounds):
            begin = time.perf_counter()
            oracle.forward(model, image)
            theirs.append(1000 * (time.perf_counter() - begin))
            stages.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
            ours.append(stages[-1]["total"]["median_ms"])
    ratios = [t / o for t, o in zip(theirs, ours)]
    print(f"reference {statistics.median(theirs):.0f} ms, ocellus {statistics.median(ours):.0f} ms, "
          f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    for stage in stages[0]:
        if isinstance(stages[0][stage], dict) and "median_ms" in stages[0][stage]:
            value = statistics.median(s[stage]["median_ms"] for s in stages)
            share = statistics.median(s[stage]["median_ms"] / s["total"]["median_ms"] for s in stages)
            print(f"  {stage:<16} {value:8.1f} ms  {100 * share:5.1f} % of total")


if __name__ == "__main__":
    main()
