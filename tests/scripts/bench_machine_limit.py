#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a pass of ResNet-50's INTR is from what the machine's matrix products allow.

    tests/scripts/bench_machine_limit.py build/bin/ocellus-cli CHECKPOINT [--size 800x1200] [--rounds 5] [--threads 2]

CHECKPOINT is an INTR of a ResNet with bottlenecks, .safetensors. Operations are counted by the shapes of its weights;
the rate is that of a large float32 product (NumPy's BLAS, on as many threads), measured before and after each pass, A B
A B. Of each the least time counts. Where the processor is newer than OpenBLAS, give OPENBLAS_CORETYPE, as the program
chooses it.
"""
import argparse
import json
import os
import struct
import subprocess
import time


def shapes_of(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    return {name: entry["shape"] for name, entry in header.items() if name != "__metadata__"}


def convolutions(shapes, height, width):
    """Multiplications and additions of the backbone, and its grid."""
    prefix = next(name for name in shapes if name.endswith("body.conv1.weight"))[: -len("conv1.weight")]

    def half(side):
        return (side + 1) // 2

    def cost(name, rows, columns):
        out, into, kernel_rows, kernel_columns = shapes[prefix + name]
        return 2 * out * into * kernel_rows * kernel_columns * rows * columns

    rows, columns = half(height), half(width)
    total = cost("conv1.weight", rows, columns)
    rows, columns = half(rows), half(columns)
    for layer in range(1, 5):
        block = 0
        while f"{prefix}layer{layer}.{block}.conv1.weight" in shapes:
            name = f"layer{layer}.{block}."
            before = rows, columns
            if block == 0 and layer > 1:
                rows, columns = half(rows), half(columns)
            total += cost(name + "conv1.weight", *before)
            total += cost(name + "conv2.weight", rows, columns) + cost(name + "conv3.weight", rows, columns)
            if block == 0:
                total += cost(name + "downsample.0.weight", rows, columns)
            block += 1
    return total, rows * columns


def transformer(shapes, cells):
    """Of encoder and decoder: projections, scores and their products, feed-forward layers."""
    queries, width = shapes["query_embed.weight"]
    total = {"encoder": 0, "decoder": 2 * shapes["input_proj.weight"][1] * width * cells}
    for part in total:
        layer = 0
        while f"transformer.{part}.layers.{layer}.linear1.weight" in shapes:
            rows = cells if part == "encoder" else queries
            feed = shapes[f"transformer.{part}.layers.{layer}.linear1.weight"][0]
            total[part] += 2 * rows * (4 * width * width + 2 * rows * width)  # self-attention
            total[part] += 4 * rows * width * feed
            if part == "decoder":
                total[part] += 4 * (rows + cells) * width * width + 4 * rows * cells * width  # cross-attention
            layer += 1
    return total


def product_rate():
    """Operations a second."""
    import numpy

    side = 1536
    first = numpy.ones((side, side), numpy.float32)
    best = 1e9
    for _ in range(6):
        start = time.perf_counter()
        first @ first
        best = min(best, time.perf_counter() - start)
    return 2 * side**3 / best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli")
    parser.add_argument("checkpoint")
    parser.add_argument("--size", default="800x1200")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(options.threads)

    shapes = shapes_of(options.checkpoint)
    height, width = map(int, options.size.split("x"))
    backbone, cells = convolutions(shapes, height, width)
    work = {"backbone": backbone, **transformer(shapes, cells)}
    work["total"] = sum(work.values())
    rates, times = [product_rate()], {name: [] for name in work}
    for _ in range(options.rounds):
        out = subprocess.run(
            [options.cli, "bench", "--checkpoint", options.checkpoint, "--size", options.size, "--repeat", "3", "--json",
             "--threads", str(options.threads)], check=True, capture_output=True, text=True).stdout
        result = json.loads(out)
        for name in work:
            times[name].append(result[name]["min_ms"] / 1000)
        rates.append(product_rate())
    rate = max(rates)
    print(f"{options.size}, {cells} cells, {options.threads} threads, {rate / 1e9:.0f} GFLOP/s in a large product "
          f"({', '.join(f'{one / 1e9:.0f}' for one in rates)})")
    for name, operations in work.items():
        if not operations:
            continue
        best = min(times[name])
        print(f"{name:9} {operations / 1e9:7.1f} GFLOP  {1000 * best:8.1f} ms  {100 * operations / best / rate:5.1f} % "
              f"of the machine's limit")


if __name__ == "__main__":
    main()
