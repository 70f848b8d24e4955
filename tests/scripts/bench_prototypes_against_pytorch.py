#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times a ProtoPNet against the same in PyTorch, in turn (A B A B ...): ResNet-34 at 224x224, 200 classes, 2,000
prototypes of 128 x 1 x 1, random weights.

    tests/scripts/bench_prototypes_against_pytorch.py FOLDER/OF/THE/REFERENCE build/bin/ocellus-cli [--rounds 9]

PyTorch runs the released formula, whose filter of ones has as many rows as there are prototypes, and the reference's,
which has one row for all of them as Ocellus has. Each round runs both and `ocellus-cli bench`, --repeat passes after
a warm-up, of which the median counts; all use the same number of threads. Processor time is that of all cores, which
other programs' work does not lengthen. The bar is 1.5 times the released formula.
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
import torch.nn.functional as F

SIDE, CLASSES, PROTOTYPES, CHANNELS = 224, 200, 2000, 128


def released(model, image):
    """Distances as ProtoPNet's released code computes them."""
    x = model.add_on_layers(model.features(image))
    squares = F.conv2d(x ** 2, model.ones)
    norms = (model.prototype_vectors ** 2).sum((1, 2, 3)).view(-1, 1, 1)
    distances = F.relu(squares + (norms - 2 * F.conv2d(x, model.prototype_vectors)))
    least = -F.max_pool2d(-distances, distances.shape[2:])
    activations = torch.log((least + 1) / (least + 1e-4)).view(1, -1)
    return model.last_layer(activations)[0]


def with_one_filter(model, image):
    return model(image)["logits"]


def timed(forward, model, image):
    wall, processor = time.perf_counter(), time.process_time()
    forward(model, image)
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("oracle")
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--repeat", type=int, default=5, help="passes of each program in a round; the median counts")
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    sys.path.insert(0, a.oracle)
    import prototypes_reference as prototypes
    torch.set_num_threads(a.threads)
    torch.manual_seed(1)
    model = prototypes.ProtoPNet("resnet34", PROTOTYPES, CHANNELS, 1, CLASSES).eval()
    with torch.no_grad():
        for tensor in (model.prototype_vectors, model.last_layer.weight):
            tensor.copy_(torch.rand_like(tensor))
    image = torch.randn(1, 3, SIDE, SIDE)
    rivals = {"the released formula": released, "one filter of ones": with_one_filter}
    times = {name: [] for name in rivals}
    ours = []
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        difference = (released(model, image) - with_one_filter(model, image)).abs().max().item()
        print(f"both formulas in PyTorch differ by {difference:.1e} at most", flush=True)
        checkpoint = Path(folder) / "protopnet.pth"
        torch.save(model.state_dict(), checkpoint)
        command = [a.program, "bench", "--checkpoint", str(checkpoint), "--size", f"{SIDE}x{SIDE}", "--repeat",
                   str(a.repeat), "--threads", str(a.threads), "--json"]
        for _ in range(a.rounds):
            for name, forward in rivals.items():
                runs = [timed(forward, model, image) for _ in range(a.repeat + 1)][1:]
                times[name].append([statistics.median(column) for column in zip(*runs)])
            run = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            ours.append([run["total"]["median_ms"], run["processor"]["median_ms"]])
    for name, theirs in times.items():
        for place, what in enumerate(("wall", "processor")):
            ratios = [t[place] / o[place] for t, o in zip(theirs, ours)]
            print(f"{name}, {what}: PyTorch {statistics.median(t[place] for t in theirs):.1f} ms, "
                  f"ocellus {statistics.median(o[place] for o in ours):.1f} ms, ratio {statistics.median(ratios):.2f} "
                  f"({min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
