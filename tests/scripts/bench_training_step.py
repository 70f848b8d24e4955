#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times an unfrozen ResNet-50 step (forward, loss, backward, clipping, AdamW) against the same step in PyTorch, in turn
(A B A B ...), each in a process of its own with the same number of threads, and compares their peaks of memory.

    tests/scripts/bench_training_step.py PATH/TO/intr_reference.py build/tests/training_step [--size 480x640] [--batch 2]
"""
import argparse
import resource
import statistics
import subprocess
import sys
import time

import torch
import torch.nn.functional as F

import intr_forms
import make_gradient_numbers as twin


def set_dropout(model, rate):
    """The reference has no dropout between its layers; attention's is most of the random numbers drawn."""
    for module in model.modules():
        if isinstance(module, torch.nn.MultiheadAttention):
            module.dropout = rate


def reference(a):
    torch.set_num_threads(a.threads)
    torch.backends.cudnn.allow_tf32 = False  # as in the program: full float32 on a GPU too
    height, width = map(int, a.size.split("x"))
    oracle = intr_forms.load_oracle(a.oracle)
    model = twin.build(oracle, {**oracle.CONFIG, **intr_forms.FORM, **twin.FULL}, "frozen").train()
    set_dropout(model, 0.1)
    trained = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([dict(params=[p for n, p in trained if "backbone" not in n]),
                                   dict(params=[p for n, p in trained if "backbone" in n])], lr=5e-5, weight_decay=1e-6)
    pixels = torch.randn(a.batch, 3, height, width)
    mask = torch.zeros(a.batch, height, width, dtype=torch.bool)
    mask[0, :, width - width // 4:] = True
    labels = torch.arange(a.batch)
    if a.device != "cpu":
        torch.set_default_device(a.device)
        model, pixels, mask, labels = (thing.to(a.device) for thing in (model, pixels, mask, labels))

    def step():
        start = time.perf_counter()
        loss = F.cross_entropy(twin.logits(model, pixels, mask), labels)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.1)
        optimizer.step()
        trained[0][1].sum().item()  # waits for a GPU
        return time.perf_counter() - start

    step()
    print("ready", flush=True)
    for _ in sys.stdin:
        busy = time.process_time()
        seconds = step()
        busy = time.process_time() - busy
        print(f"{seconds:.4f} {busy:.4f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}", flush=True)


class Side:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.seconds, self.busy, self.peak = [], [], 0.0
        if self.process.stdout.readline().strip() != "ready":
            sys.exit(f"{command[0]} did not start")

    def step(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        seconds, busy, self.peak = map(float, self.process.stdout.readline().split())
        self.seconds.append(seconds)
        self.busy.append(busy)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("oracle")
    parser.add_argument("program")
    parser.add_argument("--size", default="480x640", help="HEIGHTxWIDTH")
    parser.add_argument("--batch", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--reference", action="store_true", help="be the PyTorch side")
    a = parser.parse_args()
    if a.reference:
        return reference(a)
    ours = Side([a.program, *a.size.split("x"), str(a.batch), str(a.threads), a.device])
    theirs = Side([sys.executable, *sys.argv, "--reference"])
    for i in range(a.rounds):
        theirs.step()
        ours.step()
        print(f"round {i + 1}: PyTorch {theirs.seconds[-1]:.3f} s, Ocellus {ours.seconds[-1]:.3f} s", flush=True)
    medians = [statistics.median(side.seconds) for side in (theirs, ours)]
    ratio = statistics.median(t / o for t, o in zip(theirs.seconds, ours.seconds))
    print(f"median: PyTorch {a.batch / medians[0]:.3f}, Ocellus {a.batch / medians[1]:.3f} pictures a second; "
          f"round by round {ratio:.2f} times as many")
    busy = statistics.median(t / o for t, o in zip(theirs.busy, ours.busy))
    print(f"processor seconds: PyTorch {statistics.median(theirs.busy):.2f}, Ocellus {statistics.median(ours.busy):.2f}; "
          f"round by round {busy:.2f} times as many pictures a processor second")
    print(f"peak: PyTorch {theirs.peak:.0f} MiB, Ocellus {ours.peak:.0f} MiB")
    for side in (ours, theirs):
        side.process.stdin.close()
        side.process.wait()


if __name__ == "__main__":
    main()
