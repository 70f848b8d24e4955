#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times Vision Transformers against the PyTorch reference implementation, in turn (A B A B ...): ViT-B/16 at 224x224 and
DINOv2's ViT-S/14 at 518x518.

    tests/scripts/bench_vit_against_oracle.py FOLDER/OF/THE/REFERENCE build/bin/ocellus-cli [--rounds 7] [--threads 2]

Each round runs the reference once and `ocellus-cli bench` with one repetition after its own warm-up. The reference is run
as a backbone, without keeping any attention; Ocellus keeps what the maps of every block and head are made of.
"""
import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch

CASES = [("vit_base_patch16_224", 224), ("dinov2_vits14", 518)]


def compare(vit, intr, name, side, a):
    model = vit.fill_by_formula(vit.build(name))
    image = intr.formula_image(side, side)
    theirs, ours = [], []
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        checkpoint = Path(folder) / f"{name}.pth"
        torch.save(model.state_dict(), checkpoint)
        command = [a.program, "bench", "--checkpoint", str(checkpoint), "--size", f"{side}x{side}", "--repeat", "1",
                   "--threads", str(a.threads), "--json"]
        model(image)  # warm-up
        for _ in range(a.rounds):
            begin = time.perf_counter()
            model(image)
            theirs.append(1000 * (time.perf_counter() - begin))
            ours.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["total"]["median_ms"])
    ratios = [t / o for t, o in zip(theirs, ours)]
    print(f"{name} at {side}x{side}: reference {statistics.median(theirs):.0f} ms, ocellus {statistics.median(ours):.0f} ms, "
          f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("oracle")
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    sys.path.insert(0, a.oracle)
    import intr_reference as intr
    import vit_reference as vit
    torch.set_num_threads(a.threads)
    for name, side in CASES:
        compare(vit, intr, name, side, a)


if __name__ == "__main__":
    main()
