#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times training on a frozen DINOv2 ViT-S/14 at 224 against the same in plain PyTorch, in turn (A B A B ...).

    tests/scripts/bench_vit_training.py build/bin/bench_vit_training [--rounds 3] [--threads 2]

Of a linear head and Prompt-CAM: pictures whose features are computed, one by one, and pictures that are trained on with
features from a cache (forward, loss, backward, clipping, AdamW), 16 a step, 40 classes. Rates are pictures per second
of wall time and, in brackets, of processor time of all threads, which holds on a busy machine.
"""
import argparse
import re
import statistics
import subprocess
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

SIDE, PATCH, WIDTH, DEPTH, HEADS, CLASSES, BATCH, REPETITIONS = 224, 14, 384, 12, 6, 40, 16, 4
FIRST_TRAINED = {"linear": None, "prompt-cam, last block": DEPTH - 1, "prompt-cam, last 3 blocks": DEPTH - 3,
                 "prompt-cam, all blocks": 0}
LINE = re.compile(r"(\S.*?\S)\s+([\d.]+) /s \(\s*([\d.]+) a processor second\)\s+training\s+([\d.]+) /s \(\s*([\d.]+)\)")
WHAT = ("features", "features", "training", "training")


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-6), nn.LayerNorm(WIDTH, 1e-6)
        self.qkv, self.proj = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.fc1, self.fc2 = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.ls1, self.ls2 = nn.Parameter(torch.ones(WIDTH)), nn.Parameter(torch.ones(WIDTH))

    def forward(self, x):
        batch, tokens, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(batch, tokens, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        looks = (q * (WIDTH // HEADS) ** -0.5 @ k.transpose(-2, -1)).softmax(-1) @ v
        x = x + self.ls1 * self.proj(looks.transpose(1, 2).reshape(x.shape))
        return x + self.ls2 * self.fc2(F.gelu(self.fc1(self.norm2(x))))


class Twin(nn.Module):
    """Frozen but for its prompts, from block `first` on, and its head; without `first` a linear head of [CLS]."""

    def __init__(self, first):
        super().__init__()
        self.first = first
        self.patches = nn.Conv2d(3, WIDTH, PATCH, PATCH)
        self.cls = nn.Parameter(torch.randn(1, 1, WIDTH))
        self.position = nn.Parameter(torch.randn(1, 1 + (SIDE // PATCH) ** 2, WIDTH))
        self.blocks, self.norm = nn.ModuleList(Block() for _ in range(DEPTH)), nn.LayerNorm(WIDTH, 1e-6)
        for parameter in self.parameters():
            parameter.requires_grad_(False)
        self.prompts = nn.ParameterList(nn.Parameter(torch.rand(1, CLASSES, WIDTH) - 0.5) for _ in range(DEPTH))
        self.head = nn.Linear(WIDTH, CLASSES if first is None else 1)

    def trained(self):
        return [*self.head.parameters(), *(() if self.first is None else list(self.prompts)[self.first:])]

    def through(self, x, begin, end):
        for i in range(begin, end):
            if self.first is None:
                x = self.blocks[i](x)
                continue
            x = self.blocks[i](torch.cat((self.prompts[i].expand(len(x), -1, -1), x), 1))
            x = x if i + 1 == DEPTH else x[:, CLASSES:]
        return x

    @torch.no_grad()
    def features(self, image):
        x = self.patches(image).flatten(2).transpose(1, 2)
        x = torch.cat((self.cls, x), 1) + self.position
        if self.first is None:
            return self.norm(self.through(x, 0, DEPTH))
        return self.through(x, 0, self.first)

    def logits(self, features):
        if self.first is None:
            return self.head(features[:, 0])
        return self.head(self.norm(self.through(features, self.first, DEPTH)[:, :CLASSES]))[..., 0]


def rates(work, pictures):
    """Pictures per second of wall and of processor time."""
    work()
    begin, used = time.perf_counter(), time.process_time()
    for _ in range(REPETITIONS):
        work()
    count = pictures * REPETITIONS
    return count / (time.perf_counter() - begin), count / (time.process_time() - used)


def reference(first):
    torch.manual_seed(1)
    model = Twin(first)
    image = torch.full((1, 3, SIDE, SIDE), 0.5)
    extracting = rates(lambda: model.features(image), 1)
    cached = model.features(image).repeat(BATCH, 1, 1)
    labels = torch.arange(BATCH)
    optimizer = torch.optim.AdamW(model.trained(), 1e-3)

    def step():
        optimizer.zero_grad()
        F.cross_entropy(model.logits(cached), labels).backward()
        torch.nn.utils.clip_grad_norm_(model.trained(), 0.1)
        optimizer.step()

    return extracting + rates(step, BATCH)


def ours(program, threads):
    text = subprocess.run([program, str(threads)], check=True, capture_output=True, text=True).stdout
    found = {match[1]: tuple(map(float, match.groups()[1:])) for match in LINE.finditer(text)}
    if missing := set(FIRST_TRAINED) - set(found):
        sys.exit(f"expected lines of {', '.join(missing)}, got:\n{text}")
    return found


def report(name, theirs, own):
    """Both are lists of rounds."""
    for what in ("features", "training"):
        wall, processor = [i for i, kind in enumerate(WHAT) if kind == what]
        reference_rate, own_rate = ([statistics.median(run[i] for run in side) for i in (wall, processor)]
                                    for side in (theirs, own))
        ratios = sorted(o[wall] / t[wall] for t, o in zip(theirs, own))
        by_processor = statistics.median(o[processor] / t[processor] for t, o in zip(theirs, own))
        print(f"{name}, {what}: PyTorch {reference_rate[0]:.1f} /s ({reference_rate[1]:.1f}), ocellus {own_rate[0]:.1f} "
              f"({own_rate[1]:.1f}), ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}), by "
              f"processor time {by_processor:.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    theirs, own = {name: [] for name in FIRST_TRAINED}, {name: [] for name in FIRST_TRAINED}
    for _ in range(a.rounds):
        for name, first in FIRST_TRAINED.items():
            theirs[name].append(reference(first))
        for name, found in ours(a.program, a.threads).items():
            if name in own:
                own[name].append(found)
    for name in FIRST_TRAINED:
        report(name, theirs[name], own[name])


if __name__ == "__main__":
    main()
