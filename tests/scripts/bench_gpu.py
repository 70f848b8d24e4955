#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks a build against LibTorch 2.x with CUDA on a machine with a GPU, in under five minutes: parity with the oracle's
numbers, then full pass, change of limit, edit and training step beside plain PyTorch on the same card, in turn.

    tests/scripts/bench_gpu.py PATH/TO/intr_reference.py build [--golden PATH/TO/golden] [--size 800x1200] [--rounds 9]

Needs the programs parity, vit_parity, partial_backbone, training_step, bench_edit and ocellus-cli in the build directory,
and a python3 with the same CUDA-enabled PyTorch. Both sides compute in full float32: TF32 is off. Where there is no CUDA device it says so and measures nothing.
"""
import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch

import bench_against_oracle

PARITY = "1e-5 in attention, 1e-4 in logits"


def ratio_line(name, theirs, ours):
    ratios = [t / o for t, o in zip(theirs, ours)]
    print(f"{name:<28} PyTorch {statistics.median(theirs):8.2f} ms, Ocellus {statistics.median(ours):8.2f} ms, "
          f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})", flush=True)


def check_parity(build, repository, golden):
    """Every number of the oracle, on the GPU."""
    environment = dict(os.environ, OCELLUS_TEST_DEVICE="cuda")
    runs = [("parity", [repository / "tests/data/oracle", *([golden] if golden else [])]),
            ("vit_parity", [repository / "tests/data/vit", *([Path(f"{golden}-vit")] if golden else [])]),
            ("partial_backbone", [])]
    failed = 0
    for name, folders in runs:
        result = subprocess.run([build / "tests" / name, *folders], env=environment, capture_output=True, text=True)
        failed += result.returncode != 0
        print(f"{name:<28} {'within tolerance' if result.returncode == 0 else 'NOT WITHIN TOLERANCE'} ({PARITY})",
              flush=True)
        if result.returncode:
            print(result.stdout[-1500:], result.stderr[-1500:], sep="\n")
    return failed


def milliseconds(work):
    """Of one run, to its numbers in the host's memory."""
    begin = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begin)


class Reference:
    """The oracle on the GPU, with the weights of the checkpoint that it writes."""

    def __init__(self, oracle, size, checkpoint):
        model = oracle.fill_by_formula(oracle.build())
        torch.save({"model": model.state_dict(), "args": argparse.Namespace(**model.config)}, checkpoint)
        self.oracle = oracle
        self.image = oracle.formula_image(*size).cuda()
        self.model = model.cuda()
        torch.set_default_device("cuda")  # what the oracle makes on its way
        self.memory = None

    def full(self):
        self.memory, _ = self.oracle.encode(self.model, self.image)
        self.oracle.decode(self.model, self.memory)["logits"].cpu()

    def limit(self):
        self.oracle.decode(self.model, self.memory, range(20), "zero")["logits"].cpu()


def bench_passes(a, build, reference, checkpoint):
    command = [build / "bin/ocellus-cli", "bench", "--checkpoint", checkpoint, "--size", a.size, "--repeat", "3",
               "--device", "cuda", "--json"]
    full, limit = ([], []), ([], [])
    for _ in range(3):
        reference.full()
        reference.limit()
    for _ in range(a.rounds):
        full[0].append(milliseconds(reference.full))
        limit[0].append(milliseconds(reference.limit))
        stages = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        full[1].append(stages["total"]["median_ms"])
        limit[1].append(stages["limit_zero_20"]["median_ms"])
    ratio_line("full pass", *full)
    ratio_line("limit to 20 of 200", *limit)
    return full[0]


def bench_edit(a, build, theirs):
    """A box of 64 pixels is changed: ours follows the change, PyTorch computes the picture anew."""
    height, width = a.size.split("x")
    output = subprocess.run([build / "bin/bench_edit", "formula", "64", height, width, str(a.rounds), "cuda"], check=True,
                            capture_output=True, text=True).stdout
    partial = [float(p) for p in re.findall(r"whole +[\d.]+ / +([\d.]+) ms$", output, re.MULTILINE)]
    ratio_line("edit of 64x64 pixels", theirs, partial)


def bench_step(a, build, scripts):
    output = subprocess.run([sys.executable, scripts / "bench_training_step.py", a.oracle, build / "tests/training_step",
                             "--device", "cuda", "--batch", "4", "--rounds", str(a.rounds)], check=True,
                            capture_output=True, text=True).stdout
    lines = [f"  {line}" for line in output.splitlines() if not line.startswith("round ")]
    print("training step, 480x640, batch 4:", *lines, sep="\n", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("oracle")
    parser.add_argument("build", type=Path)
    parser.add_argument("--golden", type=Path, help="the oracle's full-size numbers, where they are at hand")
    parser.add_argument("--size", default="800x1200", help="HEIGHTxWIDTH")
    parser.add_argument("--rounds", type=int, default=9)
    a = parser.parse_args()
    if not torch.cuda.is_available():
        print("There is no CUDA device here (or this PyTorch knows none): nothing was measured")
        return 0
    print(f"{torch.cuda.get_device_name()}, PyTorch {torch.__version__}", flush=True)
    torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = False
    scripts = Path(__file__).resolve().parent
    failed = check_parity(a.build, scripts.parents[1], a.golden)
    oracle = bench_against_oracle.load_module(a.oracle)
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = Path(folder) / "resnet50-c200.pth"
        reference = Reference(oracle, tuple(map(int, a.size.split("x"))), checkpoint)
        full = bench_passes(a, a.build, reference, checkpoint)
    bench_edit(a, a.build, full)
    bench_step(a, a.build, scripts)
    return failed


if __name__ == "__main__":
    sys.exit(main())
