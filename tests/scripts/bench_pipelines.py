#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times explain and evaluate over folders against the model's own time on as many pictures, and prints the ratios.

    tests/scripts/bench_pipelines.py build/bin/ocellus-cli resources/sample/butterflies.safetensors \
        [--pictures 200] [--rounds 3] [--evaluate MODEL.safetensors FOLDER SIZE]

Specimens are drawn for the sample's model. A run's time is that of all its pictures less that of one, so that starting and
loading are in neither. Rounds go A B A B; the least of each is what counts, and all are printed.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time


def run(*command):
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return time.monotonic() - start, done.stdout


def model_seconds(cli, checkpoint, size, repeat, threads):
    _, out = run(cli, "bench", "--checkpoint", checkpoint, "--size", size, "--repeat", str(repeat), "--json", *threads)
    return json.loads(out)["total"]["median_ms"] / 1000


def explain_seconds(cli, checkpoint, folder, one, scratch, more):
    """Of a picture."""
    seconds = []
    for pictures in (folder, one):
        out = os.path.join(scratch, "out")
        shutil.rmtree(out, ignore_errors=True)
        seconds.append(run(cli, "explain", "--checkpoint", checkpoint, "--images", pictures, "--query", "top:1",
                           "--out", out, *more)[0])
    count = sum(len(files) for _, _, files in os.walk(folder))
    return (seconds[0] - seconds[1]) / (count - 1)


def evaluate_seconds(cli, checkpoint, folder, size, scratch, threads):
    out = os.path.join(scratch, "evaluated")
    shutil.rmtree(out, ignore_errors=True)
    run(cli, "evaluate", "--checkpoint", checkpoint, "--data", folder, "--image-size", f"fixed:{size}", "--out", out,
        *threads)
    with open(os.path.join(out, "evaluation.json"), encoding="utf-8") as file:
        report = json.load(file)
    return report["seconds"] / report["n"], report["n"]


def say(what, seconds, model):
    best, model_best = min(seconds), min(model)
    print(f"{what}: {1000 * best:.1f} ms a picture, model {1000 * model_best:.1f} ms: {best / model_best:.2f} times, "
          f"{100 * model_best / best:.1f} % of its rate   "
          f"(all: {', '.join(f'{1000 * s:.1f}' for s in seconds)}; model {', '.join(f'{1000 * s:.1f}' for s in model)})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli")
    parser.add_argument("checkpoint", help="the sample's model")
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", help="of the model in all runs")
    parser.add_argument("--evaluate", nargs=3, metavar=("MODEL", "FOLDER", "SIZE"))
    options = parser.parse_args()
    threads = ["--threads", options.threads] if options.threads else []
    with tempfile.TemporaryDirectory() as scratch:
        specimens, one = os.path.join(scratch, "specimens"), os.path.join(scratch, "one")
        run(options.cli, "specimens", "--out", specimens, "--species", "12", "--train", str(-(-options.pictures // 12)),
            "--val", "0", "--size", "256")
        folder = os.path.join(specimens, "train")
        first = next(os.path.join(path, files[0]) for path, _, files in os.walk(folder) if files)
        os.mkdir(one)
        shutil.copy(first, one)
        model, drawn, plain = [], [], []
        for _ in range(options.rounds):
            model.append(model_seconds(options.cli, options.checkpoint, "256x256", 100, threads))
            drawn.append(explain_seconds(options.cli, options.checkpoint, folder, one, scratch, threads))
            plain.append(explain_seconds(options.cli, options.checkpoint, folder, one, scratch,
                                         ["--figures", "none", *threads]))
        say("explain --query top:1", drawn, model)
        say("explain --query top:1 --figures none", plain, model)
        if options.evaluate:
            checkpoint, folder, size = options.evaluate
            model, evaluated = [], []
            for _ in range(options.rounds):
                model.append(model_seconds(options.cli, checkpoint, f"{size}x{size}", 200, threads))
                seconds, count = evaluate_seconds(options.cli, checkpoint, folder, size, scratch, threads)
                evaluated.append(seconds)
            say(f"evaluate, {count} pictures", evaluated, model)


if __name__ == "__main__":
    main()
