#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the window, its training process, or both by SIGKILL at random moments, and lets the next window find the run.

    tests/scripts/kill_own_species.py --program build/tests/drive_own_species --cli build/bin/ocellus-cli [--kills 20] [--seed 1]

After each kill a new window must find the run, resume it where its process is gone, and bring it to its end; its log must then
be that of a run that was never killed, number for number (one thread). Prints a line a kill; exits with 1 at the first thing
that is wrong.
"""
import argparse
import json
import os
import pathlib
import random
import signal
import struct
import subprocess
import sys
import tempfile
import time

RECIPE = ("--backbone resnet18 --backbone-width 16 --stage layer3 --backbone-weights none --batch-norm train --hidden-dim 32 "
          "--heads 4 --enc-layers 1 --dec-layers 2 --ff 64 --image-size fixed:64 --augmentation flip --batch-size 8 --lr 1e-3 "
          "--scheduler onecycle --threads 1 --device cpu --epochs 8")


def bitmap(side, rng):
    """A BMP file of coloured noise."""
    pixels = bytes(rng.randrange(256) for _ in range(side * side * 3))
    return (b"BM" + struct.pack("<IIIIiiHHIIiiII", 54 + len(pixels), 0, 54, 40, side, side, 1, 24, 0, len(pixels), 0, 0, 0, 0)
            + pixels)


def make_pictures(folder, rng):
    for species in ("ant", "bee", "cat"):
        (folder / species).mkdir(parents=True)
        for number in range(12):
            (folder / species / f"{species}_{number}.bmp").write_bytes(bitmap(64, rng))


def begin(args, pictures, home):
    command = [args.program, pictures, "--settings", home / "settings.ini", "--options", RECIPE]
    return subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run_folder(home):
    runs = [path.parent for path in (home / "settings.ini.runs").glob("*/run.json")]
    return runs[0] if runs else None


def trainer_of(run):
    try:
        return json.loads((run / "status.json").read_text())["process"]
    except (OSError, ValueError):
        return None


def log_of(run):
    """What training came to: seconds aside."""
    lines = [json.loads(line) for line in (run / "log.jsonl").read_text().splitlines()]
    return [(line["loss"], line["val_loss"], line["acc@1"]) for line in lines]


def wait_for(what, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.05)
    sys.exit("nothing began in time")


def kill(process):
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--cli", required=True, type=pathlib.Path)
    parser.add_argument("--kills", type=int, default=20, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.environ["OCELLUS_CLI"] = str(args.cli.resolve())
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rng = random.Random(args.seed)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        make_pictures(scratch / "pictures", rng)
        whole = scratch / "whole"
        whole.mkdir()
        start = time.monotonic()
        said = begin(args, scratch / "pictures", whole).communicate()[0]
        length = time.monotonic() - start
        if not run_folder(whole) or len(log_of(run_folder(whole))) != 8:
            sys.exit(f"the run that nobody kills fails: {said}")
        expected = log_of(run_folder(whole))
        print(f"never killed: {length:.1f} s")
        for number in range(args.kills):
            for victim in ("window", "trainer", "both"):
                home = scratch / f"{victim}{number}"
                home.mkdir()
                window = begin(args, scratch / "pictures", home)
                run = wait_for(lambda: run_folder(home), 120)
                trainer = wait_for(lambda: trainer_of(run), 120)
                time.sleep(rng.uniform(0, length))
                if victim != "trainer":
                    window.kill()
                if victim != "window":
                    kill(trainer)
                window.kill()
                window.communicate()
                again = subprocess.run([str(args.program), str(scratch), "--settings", str(home / "settings.ini"), "--finish"],
                                       capture_output=True, text=True)
                if again.returncode != 0 or log_of(run) != expected:
                    sys.exit(f"{victim} {number}: {again.stdout}{again.stderr}")
                print(f"{victim} {number}: {again.stdout.splitlines()[0]}; the same in the end", flush=True)


if __name__ == "__main__":
    main()
