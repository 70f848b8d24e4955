#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/oracle/*.safetensors: small configurations with weights by formula, and what the PyTorch reference
implementation, or its other forms (intr_forms.py), say about them. Needs that implementation (intr_reference.py) and
python3-torch, python3-torchvision.

    tests/scripts/make_oracle_numbers.py PATH/TO/intr_reference.py
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np

import intr_forms

SMALL = dict(hidden_dim=32, nheads=4, enc_layers=2, dec_layers=2, dim_feedforward=64)
# name, configuration, height, width, mode, active classes, classes whose maps are kept
CASES = [
    ("resnet18-all", dict(backbone="resnet18", num_queries=6), 97, 130, "all", None, [0, 5]),
    ("resnet18-zero", dict(backbone="resnet18", num_queries=6), 97, 130, "zero", [4, 1], [4, 1, 0]),
    ("resnet18-zero-all-active", dict(backbone="resnet18", num_queries=3), 64, 64, "zero", [2, 0, 1], [0, 1, 2]),
    ("resnet18-drop", dict(backbone="resnet18", num_queries=6), 97, 130, "drop", [4, 1], [0, 1]),
    ("resnet18-prenorm-no-encoder", dict(backbone="resnet18", num_queries=4, pre_norm=True, enc_layers=0),
     64, 96, "all", None, [3]),
    ("resnet50-dilation-one-head", dict(backbone="resnet50", dilation=True, num_queries=2, nheads=1),
     64, 96, "all", None, [0, 1]),
    ("resnet34-learned-prenorm", dict(backbone="resnet34", position_embedding="learned", pre_norm=True, num_queries=5),
     96, 64, "zero", [3], [3, 4]),
    ("mobilenet", dict(backbone="mobilenet_v2", num_queries=3), 97, 130, "all", None, [0, 2]),
    ("mobilenet-dilation", dict(backbone="mobilenet_v2", dilation=True, num_queries=3), 97, 130, "drop", [2, 0], [0, 1]),
    ("resnet18-layer3", dict(backbone="resnet18", last_stage=3, num_queries=3), 65, 96, "all", None, [1]),
    ("resnet50-layer3-width16", dict(backbone="resnet50", last_stage=3, backbone_width=16, num_queries=3),
     64, 80, "all", None, [1]),
    ("resnet34-width32", dict(backbone="resnet34", backbone_width=32, num_queries=3), 96, 64, "zero", [1], [1, 0]),
    ("resnet50-width24-dilation", dict(backbone="resnet50", backbone_width=24, dilation=True, num_queries=2),
     64, 96, "all", None, [0]),
    ("per-class-all", dict(backbone="resnet18", backbone_width=16, head="per-class", num_queries=6),
     97, 130, "all", None, [0, 5]),
    ("per-class-zero", dict(backbone="resnet18", backbone_width=16, head="per-class", num_queries=6),
     97, 130, "zero", [4, 1], [4, 1, 0]),
    ("per-class-zero-all-active", dict(backbone="resnet18", backbone_width=16, head="per-class", num_queries=4),
     64, 64, "zero", [2, 0, 3, 1], [0, 1, 2, 3]),
    ("per-class-drop", dict(backbone="resnet18", backbone_width=16, head="per-class", num_queries=6),
     97, 130, "drop", [4, 1], [0, 1]),
    ("linear", dict(backbone="resnet18", backbone_width=32, head="linear", num_queries=7), 97, 130, "all", None, []),
    ("linear-mobilenet-dilation", dict(backbone="mobilenet_v2", dilation=True, head="linear", num_queries=5),
     65, 64, "all", None, []),
    ("linear-layer3", dict(backbone="resnet18", last_stage=3, head="linear", num_queries=1), 64, 33, "all", None, []),
]


def write_safetensors(path, tensors, metadata):
    header, offset, blobs = {"__metadata__": metadata}, 0, []
    for name, array in tensors.items():
        kind, stored = ("U8", "u1") if array.dtype == np.uint8 else ("F32", "<f4")
        blob = np.ascontiguousarray(array, dtype=stored).tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [offset, offset + len(blob)]}
        offset += len(blob)
        blobs.append(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def arrays(out, config, kept):
    if config.get("head") == "linear":
        return out
    maps = {key: out[key][:, :, kept].reshape(config["dec_layers"], config["nheads"], len(kept), -1)
            for key in ("attention", "scores")}
    return dict(logits=out["logits"], memory=out["memory"], queries=out["queries"][-1], **maps)


def main():
    oracle = intr_forms.load_oracle(sys.argv[1])
    folder = Path(__file__).resolve().parent.parent / "data" / "oracle"
    folder.mkdir(parents=True, exist_ok=True)
    for name, change, height, width, mode, active, kept in CASES:
        config = {**oracle.CONFIG, **SMALL, **change}
        model = oracle.fill_by_formula(intr_forms.build(oracle, **config))
        out = intr_forms.forward(oracle, model, oracle.formula_image(height, width), active, mode)
        write_safetensors(folder / f"{name}.safetensors", arrays(out, config, kept),
                          dict(config=json.dumps(config), image_height=str(height), image_width=str(width), mode=mode,
                               active=json.dumps(active), attention_queries=json.dumps(kept)))


if __name__ == "__main__":
    main()
