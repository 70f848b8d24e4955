#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare `ocellus-cli evaluate` with the reference implementation on the same checkpoint and pictures.

    evaluate_with_oracle.py --cli build/bin/ocellus-cli [--oracle intr_reference.py] --data DIR/val [--pictures 20]

Takes the first pictures of every class until there are enough, writes a checkpoint in the released form with weights by
the oracle's formula (or takes --checkpoint), evaluates with both and compares acc@1, acc@5, the loss, and the rank and
loss of every picture. Exits with 1 where a count differs or a loss is off by more than 1e-4. Needs Debian's
python3-torch, python3-torchvision and python3-pil.
"""
import argparse
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import torch
from PIL import Image

from compare_with_oracle import ROOT, load_oracle, save_released_form

LOSS_LIMIT = 1e-4


def chosen_pictures(data, count):
    """Relative paths, shared out over the classes, and every class's folder in byte order."""
    folders = sorted((entry for entry in data.iterdir() if entry.is_dir()), key=lambda entry: entry.name.encode())
    each = -(-count // len(folders))
    pictures = [path.relative_to(data) for folder in folders for path in sorted(folder.iterdir())[:each]]
    step = max(1, len(pictures) // count)
    return [folder.name for folder in folders], pictures[::step][:count]


def link_pictures(data, names, pictures, copy):
    for name in names:
        (copy / name).mkdir(parents=True)
    for picture in pictures:
        (copy / picture).symlink_to((data / picture).resolve())


def image_of(oracle, path, size):
    image = Image.open(path)
    if not size.startswith("fixed:"):
        return oracle.preprocess(image, *map(int, size.split(":")))
    side = int(size.removeprefix("fixed:"))
    # The oracle resizes by the shorter side; a square picture of the right size passes through it unchanged.
    return oracle.preprocess(image.convert("RGB").resize((side, side), Image.BILINEAR), side, side)


def expected(oracle, model, data, names, pictures, size):
    results = {}
    for picture in pictures:
        logits = torch.as_tensor(oracle.forward(model, image_of(oracle, data / picture, size))["logits"])
        truth = names.index(picture.parts[0])
        loss = torch.nn.functional.cross_entropy(logits.reshape(1, -1).double(), torch.tensor([truth]))
        results[picture.as_posix()] = (int((logits > logits[truth]).sum()) + 1, float(loss))
    ranks = [rank for rank, _ in results.values()]
    totals = {"acc@1": 100 * sum(rank <= 1 for rank in ranks) / len(ranks),
              "acc@5": 100 * sum(rank <= 5 for rank in ranks) / len(ranks),
              "loss": sum(loss for _, loss in results.values()) / len(ranks), "n": len(ranks)}
    return totals, results


def evaluated(cli, checkpoint, data, size, out):
    command = [cli, "evaluate", "--checkpoint", checkpoint, "--data", data, "--image-size", size, "--ignore-exif",
               "--json", "--out", out]
    run = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE, text=True)
    with open(out / "pictures.csv", newline="", encoding="utf-8") as table:
        rows = {row["picture"]: (int(row["rank"]), float(row["loss"])) for row in csv.DictReader(table)}
    return json.loads(run.stdout), rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cli", default=ROOT / "build/bin/ocellus-cli", type=pathlib.Path)
    parser.add_argument("--oracle", default=ROOT / "../shared/reference/intr_reference.py", type=pathlib.Path)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--pictures", type=int, default=20)
    parser.add_argument("--image-size", default="800:1333")
    parser.add_argument("--config", default="{}", help="JSON over the oracle's defaults; num_queries is the folders'")
    parser.add_argument("--checkpoint", type=pathlib.Path, help="instead of weights by formula; classes in folder order")
    options = parser.parse_args()

    oracle = load_oracle(options.oracle)
    names, pictures = chosen_pictures(options.data, options.pictures)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        checkpoint = options.checkpoint or folder / "formula.pth"
        if options.checkpoint:
            model = oracle.load(checkpoint)
        else:
            model = oracle.fill_by_formula(oracle.build(**{**json.loads(options.config), "num_queries": len(names)}))
            save_released_form(oracle, model, checkpoint)
        link_pictures(options.data, names, pictures, folder / "val")
        got, rows = evaluated(options.cli, checkpoint, folder / "val", options.image_size, folder / "out")
        want, results = expected(oracle, model, options.data, names, pictures, options.image_size)
    for key in ("n", "acc@1", "acc@5", "loss"):
        print(f"{key}\toracle {want[key]:.6f}\tocellus-cli {got[key]:.6f}")
    ranks = sum(rows[name][0] != rank for name, (rank, _) in results.items())
    worst = max(abs(rows[name][1] - loss) for name, (_, loss) in results.items())
    print(f"pictures\tranks that differ {ranks}\tlargest difference of a loss {worst:.2e}")
    counts = all(abs(want[key] - got[key]) < 1e-9 for key in ("n", "acc@1", "acc@5"))
    failed = ranks > 0 or worst > LOSS_LIMIT or not counts
    print("FAILED" if failed else "equal")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
