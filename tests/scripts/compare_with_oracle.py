#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare `ocellus-cli explain` with the reference implementation, end to end from the picture's file.

    compare_with_oracle.py --cli build/bin/ocellus-cli [--oracle intr_reference.py] PICTURE...

Writes a checkpoint in the released form ({model, optimizer, lr_scheduler, epoch, args: argparse.Namespace}) with
weights by the oracle's formula and real torch.save, explains every picture with both, prints the largest absolute
differences and exits with 1 where one is above its limit. Needs Debian's python3-torch, python3-torchvision,
python3-numpy and python3-pil.
"""
import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import torch
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMITS = {"logits": 1e-4, "scores": 1e-4, "attention": 1e-5}


def load_oracle(path):
    spec = importlib.util.spec_from_file_location("oracle", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def save_released_form(oracle, model, path):
    """As INTR's training program saves: an optimizer with state, a scheduler, and its command line as a Namespace."""
    optimizer = torch.optim.AdamW(model.presence_vector.parameters(), lr=1e-4)
    model.presence_vector(torch.zeros(1, model.config["hidden_dim"])).sum().backward()
    optimizer.step()
    oracle.fill_by_formula(model)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 80)
    args = argparse.Namespace(**model.config, lr=1e-4, batch_size=4, dataset_name="cub", output_dir=None, eval=False)
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(),
                "lr_scheduler": scheduler.state_dict(), "epoch": 139, "args": args}, path)


def expected(oracle, model, picture, options):
    image = oracle.preprocess(Image.open(picture), options.short, options.long)
    active = [int(index) for index in options.active.split(",") if index]
    return oracle.forward(model, image, active, options.mode)


def explain(options, checkpoint, picture, out):
    command = [options.cli, "explain", "--checkpoint", checkpoint, "--image", picture, "--query", "all",
               "--layer", "all", "--short", str(options.short), "--long", str(options.long), "--ignore-exif",
               "--out", out]
    if options.active:
        command += ["--active", options.active, "--mode", options.mode]
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    return np.load(out / (pathlib.Path(picture).stem + ".npz"))


def differences(want, got):
    """Largest absolute difference by array; infinite where the shapes differ."""
    result = {}
    for name in LIMITS:
        values = got[name]
        if name != "logits":
            values = values.reshape(*values.shape[:3], -1)
        same = values.shape == want[name].shape
        result[name] = float(np.abs(values - want[name]).max()) if same else float("inf")
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", default=ROOT / "build/bin/ocellus-cli", type=pathlib.Path)
    parser.add_argument("--oracle", default=ROOT / "../shared/reference/intr_reference.py", type=pathlib.Path)
    parser.add_argument("--config", default="{}", help="JSON over the oracle's defaults (ResNet-50, 200 classes)")
    parser.add_argument("--short", type=int, default=800)
    parser.add_argument("--long", type=int, default=1333)
    parser.add_argument("--active", default="", help="class indices, 3,17,40")
    parser.add_argument("--mode", default="all", choices=["all", "zero", "drop"])
    parser.add_argument("--keep", type=pathlib.Path, help="also leave the checkpoint here")
    parser.add_argument("pictures", nargs="+")
    options = parser.parse_args()

    oracle = load_oracle(options.oracle)
    model = oracle.fill_by_formula(oracle.build(**json.loads(options.config)))
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = options.keep or pathlib.Path(folder) / "formula.pth"
        save_released_form(oracle, model, checkpoint)
        for picture in options.pictures:
            want = expected(oracle, model, picture, options)
            with explain(options, checkpoint, picture, pathlib.Path(folder)) as got:
                found = differences(want, got)
                size = "x".join(map(str, got["input_size"]))
            failed = failed or any(found[name] > LIMITS[name] for name in LIMITS)
            print(picture, size, "  ".join(f"{name} {found[name]:.2e}" for name in LIMITS), sep="\t")
    print("FAILED" if failed else "within", "  ".join(f"{name} {limit:.0e}" for name, limit in LIMITS.items()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
