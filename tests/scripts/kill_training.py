#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a small training run by SIGKILL at random moments and lets it go on, again and again.

    tests/scripts/kill_training.py --cli build/bin/ocellus-cli [--recipe NAME] [--kills 20] [--seed 1]

After every kill each checkpoint on the disk must load; when the run has ended at last, its weights must be those of a
run that was never killed, bit for bit (one thread). Prints a line a kill; exits with 1 at the first thing that is wrong.
"""
import argparse
import hashlib
import json
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

SHARED = ("--image-size fixed:64 --augmentation flip --batch-size 8 --lr 1e-3 --scheduler onecycle --epochs 6 --threads 1 "
          "--device cpu")
VIT = "--backbone vit_tiny_patch8 --backbone-width 64 --backbone-depth 3 --set num_heads=4"
DECODER = "--hidden-dim 32 --heads 4 --dec-layers 2 --ff 64"
RESNET = "--backbone resnet18 --backbone-width 16 --stage layer3"
FROZEN = f"{RESNET} --freeze-backbone {SHARED}".replace("--epochs 6", "--epochs 60")  # short ones
RECIPES = {
    "resnet": f"{RESNET} --batch-norm train {DECODER} --enc-layers 1 --lr-backbone 1e-3 {SHARED}",
    "intr-vit": f"{VIT} --head intr {DECODER} {SHARED}",  # frozen, features on disk
    "prompt-cam": f"{VIT} --head prompt-cam {SHARED}",
    "protopnet": f"{FROZEN} --head protopnet --prototypes 4",
    "prototree": f"{FROZEN} --head prototree --depth 4",
}
FILES = ("checkpoint.pth", "best.pth", "best.safetensors")


def run(*command):
    return subprocess.run([str(part) for part in command], capture_output=True, text=True)


def weights_hash(cli, checkpoint, scratch):
    """SHA-256 of the tensors alone, without what a file says about its run, which holds seconds."""
    out = scratch / "weights.safetensors"
    out.unlink(missing_ok=True)
    done = run(cli, "convert", checkpoint, "--out", out)
    if done.returncode != 0:
        sys.exit(f"{checkpoint}: {done.stderr}")
    content = out.read_bytes()
    header = int.from_bytes(content[:8], "little")
    names = {key: value for key, value in json.loads(content[8:8 + header]).items() if key != "__metadata__"}
    return hashlib.sha256(json.dumps(names, sort_keys=True).encode() + content[8 + header:]).hexdigest()


def weights_of(cli, out, scratch):
    """Of the run's last state and of its best one, which holds what comes after the epochs: pushed prototypes."""
    return [weights_hash(cli, out / name, scratch) for name in ("checkpoint.pth", "best.safetensors")]


def train(cli, data, out, recipe, resume):
    command = [cli, "train", "--data", data, "--out", out, *recipe, *(["--resume"] if resume else [])]
    return subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(process):
    _, stderr = process.communicate()
    if process.returncode != 0:
        sys.exit(f"training ended with {process.returncode}: {stderr.decode()}")


def backbone_of(cli, data, scratch, backbone):
    """A backbone that has seen the pictures once, to be frozen."""
    recipe = f"{backbone} --backbone-weights none --head linear {SHARED} --epochs 1".replace("--epochs 6 ", "")
    finish(train(cli, data, scratch / "backbone", recipe.split(), False))
    return scratch / "backbone" / "best.safetensors"


def check_files(cli, out):
    found = [name for name in FILES if (out / name).exists()]
    for name in found:
        done = run(cli, "inspect", out / name)
        if done.returncode != 0:
            sys.exit(f"{name} does not load after the kill: {done.stderr}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", required=True, type=pathlib.Path)
    parser.add_argument("--recipe", choices=RECIPES, default="resnet")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    cli = arguments.cli.resolve()
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="kill-training-"))
    data = scratch / "data"
    done = run(cli, "specimens", "--out", data, "--species", 6, "--train", 8, "--val", 3, "--size", 64)
    if done.returncode != 0:
        sys.exit(done.stderr)

    recipe = RECIPES[arguments.recipe].split()
    if arguments.recipe != "resnet":
        backbone = VIT if arguments.recipe in ("intr-vit", "prompt-cam") else f"{RESNET} --batch-norm train"
        recipe += ["--backbone-weights", backbone_of(cli, data, scratch, backbone)]
    begin = time.monotonic()
    finish(train(cli, data, scratch / "whole", recipe, False))
    seconds = time.monotonic() - begin
    expected = weights_of(cli, scratch / "whole", scratch)
    print(f"a whole run takes {seconds:.1f} s")

    out = scratch / "killed"
    kills = 0
    while kills < arguments.kills:
        process = train(cli, data, out, recipe, (out / "checkpoint.pth").exists())
        try:
            process.wait(timeout=random.uniform(0, seconds))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
            print(f"kill {kills}: whole files {', '.join(check_files(cli, out)) or 'none'}")
            continue
        if process.returncode != 0:
            sys.exit(f"training ended with {process.returncode}: {process.stderr.read().decode()}")
        if weights_of(cli, out, scratch) != expected:
            sys.exit("the run that was killed ended with other weights")
        print("ended with the weights of the whole run; begins anew")
        shutil.rmtree(out)
    finish(train(cli, data, out, recipe, (out / "checkpoint.pth").exists()))
    if weights_of(cli, out, scratch) != expected:
        sys.exit("the run that was killed ended with other weights")
    leftovers = [path.name for path in out.iterdir() if ".part" in path.name]
    if leftovers:
        sys.exit(f"left behind: {leftovers}")
    print(f"{kills} kills: every checkpoint loaded, every run ended with the same weights, bit for bit")
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
