#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/hand/*.safetensors: what the PyTorch reference implementation says when cells or whole heads of one
class's last-layer cross-attention are suppressed; weights by formula. Each is a whole pass of its own: nothing is reused
from a pass without. Needs that implementation (intr_reference.py) and python3-torch, python3-torchvision.

    tests/scripts/make_intervention_numbers.py PATH/TO/intr_reference.py
"""
import json
import sys
import types
from pathlib import Path

import torch
import torch.nn.functional as F

import intr_forms
from make_oracle_numbers import SMALL, write_safetensors

NARROW = dict(backbone="resnet18", backbone_width=16)
# name, configuration, height, width, mode, active classes, class, suppressed heads, suppressed cells by head
CASES = [
    ("heads", dict(num_queries=5), 97, 130, "all", None, 2, [0, 3], {}),
    ("cells", dict(num_queries=5), 97, 130, "all", None, 0, [], {1: [0, 7, 19], 2: [4]}),
    ("every-head", dict(num_queries=5), 64, 96, "all", None, 4, [0, 1, 2, 3], {}),
    ("all-cells-but-one", dict(num_queries=5), 64, 96, "all", None, 1, [3], {0: [0, 1, 2, 4, 5], 1: [0, 1, 2, 3, 4, 5]}),
    ("prenorm", dict(num_queries=3, pre_norm=True), 97, 130, "all", None, 1, [2], {0: [3, 4]}),
    ("zero-active", dict(num_queries=5), 97, 130, "zero", [4, 1], 4, [1], {0: [3, 4]}),
    ("zero-inactive", dict(num_queries=5), 97, 130, "zero", [4, 1], 2, [1], {0: [3, 4]}),
    ("drop", dict(num_queries=5), 97, 130, "drop", [4, 1], 1, [1], {0: [3, 4]}),
    ("per-class-zero-inactive", dict(num_queries=5, head="per-class"), 97, 130, "zero", [4, 1], 3, [1], {2: [0]}),
    ("per-class-drop", dict(num_queries=5, head="per-class"), 97, 130, "drop", [4, 1], 1, [1], {2: [0]}),
]


def forward_by_hand(row, heads, cells):
    """DecoderLayer.forward of the reference implementation, with suppression in one row of its cross-attention."""
    def forward(self, x, memory, query):
        y = self.norm1(x) if self.pre_norm else x
        y = self.self_attn(y + query, y + query, y, need_weights=False)[0]
        x = x + y if self.pre_norm else self.norm1(x + y)
        y = self.norm2(x) if self.pre_norm else x
        cross = self.multihead_attn
        scores = self.scores(y + query, memory)
        left = scores.clone()
        for head, suppressed in cells.items():
            left[head, row, suppressed] = -torch.inf
        attention = torch.nan_to_num(left.softmax(-1))  # a head without a cell left has no weights
        attention[heads, row] = 0
        width = cross.embed_dim // cross.num_heads
        values = (memory[:, 0] @ cross.in_proj_weight.chunk(3)[2].T + cross.in_proj_bias.chunk(3)[2])
        values = values.view(-1, cross.num_heads, width).transpose(0, 1)
        y = cross.out_proj((attention @ values).transpose(0, 1).reshape(len(x), 1, -1))
        x = x + y if self.pre_norm else self.norm2(x + y)
        y = self.norm3(x) if self.pre_norm else x
        y = self.linear2(F.relu(self.linear1(y)))
        return (x + y if self.pre_norm else self.norm3(x + y)), attention, scores
    return forward


def main():
    oracle = intr_forms.load_oracle(sys.argv[1])
    folder = Path(__file__).resolve().parent.parent / "data" / "intervention"
    folder.mkdir(parents=True, exist_ok=True)
    for name, change, height, width, mode, active, subject, heads, cells in CASES:
        config = {**oracle.CONFIG, **intr_forms.FORM, **SMALL, **NARROW, **change}
        model = oracle.fill_by_formula(intr_forms.build(oracle, **config))
        row = active.index(subject) if mode == "drop" else subject
        last = model.transformer.decoder.layers[-1]
        last.forward = types.MethodType(forward_by_hand(row, heads, cells), last)
        out = intr_forms.forward(oracle, model, oracle.formula_image(height, width), active, mode)
        arrays = dict(logits=out["logits"], attention=out["attention"][-1, :, row], output=out["queries"][-1, row])
        write_safetensors(folder / f"{name}.safetensors", arrays,
                          dict(config=json.dumps(config), image_height=str(height), image_width=str(width), mode=mode,
                               active=json.dumps(active or []), subject=str(subject), heads=json.dumps(heads),
                               cells=json.dumps(list(cells.items()))))


if __name__ == "__main__":
    main()
