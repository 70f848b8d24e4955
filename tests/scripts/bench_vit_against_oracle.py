#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times Vision Transformers against the PyTorch reference implementation, in turn (A B A B ...): ViT-B/16 at 224x224,
DINOv2's ViT-S/14 at 518x518, and Prompt-CAM on the first with 200 classes; with more of these alone.

    tests/scripts/bench_vit_against_oracle.py FOLDER/OF/THE/REFERENCE build/bin/ocellus-cli [--rounds 7] [--threads 2]

Each round runs the reference once and `ocellus-cli bench` with one repetition after its own warm-up. The reference is run
as a backbone, without keeping any attention; Ocellus keeps what the maps of every block and head are made of. Of
Prompt-CAM also the next class's maps, and the limit to 5 classes as a share of a whole pass.
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
CLASSES = 200
MANY_CLASSES = (1000, 10000)  # the reference would keep some GB of attention for each block


def compare(model, name, intr, side, rounds, a):
    """The medians of what `ocellus-cli bench` says, by stage; without rounds once, and without the reference."""
    image = intr.formula_image(side, side) if rounds else None
    theirs, ours = [], []
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        checkpoint = Path(folder) / f"{name}.pth"
        torch.save(model.state_dict(), checkpoint)
        command = [a.program, "bench", "--checkpoint", str(checkpoint), "--size", f"{side}x{side}", "--repeat", "1",
                   "--threads", str(a.threads), "--json"]
        if rounds:
            model(image)  # warm-up
        for _ in range(max(rounds, 1)):
            begin = time.perf_counter()
            if rounds:
                model(image)
            theirs.append(1000 * (time.perf_counter() - begin))
            ours.append(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))
    stages = {name: statistics.median(run[name]["median_ms"] for run in ours)
              for name in ours[0] if isinstance(ours[0][name], dict)}
    if not rounds:
        print(f"{name} at {side}x{side}: ocellus {stages['total']:.0f} ms, peak memory {ours[0]['peak_rss_mb']:.0f} MB")
        return stages
    ratios = [t / run["total"]["median_ms"] for t, run in zip(theirs, ours)]
    print(f"{name} at {side}x{side}: reference {statistics.median(theirs):.0f} ms, ocellus {stages['total']:.0f} ms, "
          f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}), peak memory "
          f"{max(run['peak_rss_mb'] for run in ours):.0f} MB", flush=True)
    return stages


class Whole(torch.nn.Module):
    """Prompt-CAM's two halves as one pass, under its own names."""

    def __init__(self, module, model):
        super().__init__()
        self.module, self.model = module, model

    def state_dict(self):
        return self.model.state_dict()

    def forward(self, image):
        return self.module.forward(self.model, image)


def compare_prompts(prompt_cam, intr, classes, a):
    model = Whole(prompt_cam, prompt_cam.fill_by_formula(prompt_cam.build("dino_vitb16", classes)))
    rounds = a.rounds if classes == CLASSES else 0
    stages = compare(model, f"Prompt-CAM of dino_vitb16, {classes} classes", intr, 224, rounds, a)
    print(f"  next class {stages['next_class']:.2f} ms, last block {stages['all_classes']:.0f} ms, limit to 5 "
          f"{stages['limit_drop_5']:.1f} ms: {100 * stages['limit_drop_5'] / stages['total']:.1f} % of a pass; the first "
          f"pass, with what all pictures share, {stages['first_pass']:.0f} ms", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("oracle")
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--prompts-alone", action="store_true", help="Prompt-CAM, without the other two")
    parser.add_argument("--threads", type=int, default=2)
    a = parser.parse_args()
    sys.path.insert(0, a.oracle)
    import intr_reference as intr
    import prompt_cam
    import vit_reference as vit
    torch.set_num_threads(a.threads)
    for name, side in CASES if not a.prompts_alone else ():
        compare(vit.fill_by_formula(vit.build(name)), name, intr, side, a.rounds, a)
    for classes in (CLASSES, *MANY_CLASSES):
        compare_prompts(prompt_cam, intr, classes, a)


if __name__ == "__main__":
    main()
