#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/gradients/*.safetensors: the loss and the gradients of one padded batch of two pictures of different
sizes in PyTorch, with DETR's padding masks and without dropout. Needs the reference implementation (intr_reference.py),
python3-torch and python3-torchvision.

    tests/scripts/make_gradient_numbers.py PATH/TO/intr_reference.py
    tests/scripts/make_gradient_numbers.py PATH/TO/intr_reference.py --full --out /tmp/gradients

The small cases hold a digest of each gradient: largest magnitude, Euclidean norm, product with the formula's values in
[-1, 1) under the parameter's name, and eight elements, evenly spaced. --full writes a released-size network's gradients,
whole. All is computed in float64: in float32 (--float32) rounding turns some ReLUs over, now these, now those, each worth
a token's share of a gradient. Weights are by formula; the pictures are the formula's, zero where padded.
"""
import argparse
import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

import intr_forms
from make_oracle_numbers import write_safetensors

SMALL = dict(hidden_dim=32, nheads=4, enc_layers=2, dec_layers=2, dim_feedforward=64, num_queries=6)
# name, configuration over SMALL, batch norm
CASES = [
    ("resnet18", dict(backbone="resnet18"), "frozen"),
    ("resnet18-trained-norms", dict(backbone="resnet18", backbone_width=16, last_stage=3), "train"),
    ("resnet50-dilation-prenorm", dict(backbone="resnet50", backbone_width=16, dilation=True, pre_norm=True), "frozen"),
    ("mobilenet-dilation-per-class", dict(backbone="mobilenet_v2", dilation=True, head="per-class"), "frozen"),
    ("resnet18-learned-one-encoder-layer",
     dict(backbone="resnet18", backbone_width=16, position_embedding="learned", enc_layers=1), "frozen"),
    ("resnet18-linear", dict(backbone="resnet18", backbone_width=16, head="linear"), "train"),
]
SMALL_SIZES = [(97, 130), (128, 90)]  # height, width
FULL = dict(backbone="resnet50", hidden_dim=256, nheads=8, enc_layers=6, dec_layers=6, dim_feedforward=2048,
            num_queries=200)
FULL_SIZES = [(480, 512), (416, 640)]


def batch(oracle, sizes):
    """Pixels [B, 3, H, W] and DETR's mask [B, H, W], true where padding."""
    height, width = (max(side) for side in zip(*sizes))
    pixels = oracle.values("image", len(sizes) * 3 * height * width) * 4 - 2
    pixels = torch.from_numpy(pixels.astype(np.float32)).view(len(sizes), 3, height, width)
    mask = torch.ones(len(sizes), height, width, dtype=torch.bool)
    for i, (h, w) in enumerate(sizes):
        mask[i, :h, :w] = False
    return pixels * ~mask[:, None], mask


def sine_position(mask, half):
    """DETR's PositionEmbeddingSine(normalize=True): [N, B, 2 half]."""
    def encode(axis):
        count = (~mask).cumsum(axis, dtype=torch.get_default_dtype())
        count = count / (count.narrow(axis, -1, 1) + 1e-6) * (2 * math.pi)
        i = torch.arange(half, dtype=count.dtype)
        angle = count[..., None] / 10000 ** (2 * torch.div(i, 2, rounding_mode="floor") / half)
        return torch.stack((angle[..., 0::2].sin(), angle[..., 1::2].cos()), dim=4).flatten(3)
    return torch.cat((encode(1), encode(2)), dim=3).flatten(1, 2).transpose(0, 1)


def branch(x, norm, pre_norm, function):
    return x + function(norm(x)) if pre_norm else norm(x + function(x))


def feed_forward(layer):
    return lambda x: layer.linear2(F.relu(layer.linear1(x)))


def encode(layer, x, position, padding):
    def attend(y):
        return layer.self_attn(y + position, y + position, y, key_padding_mask=padding, need_weights=False)[0]
    x = branch(x, layer.norm1, layer.pre_norm, attend)
    return branch(x, layer.norm2, layer.pre_norm, feed_forward(layer))


def decode(layer, x, query, memory, padding):
    def attend(y):
        return layer.self_attn(y + query, y + query, y, need_weights=False)[0]

    def look(y):
        return layer.multihead_attn(y + query, memory, memory, key_padding_mask=padding, need_weights=False)[0]
    x = branch(x, layer.norm1, layer.pre_norm, attend)
    x = branch(x, layer.norm2, layer.pre_norm, look)
    return branch(x, layer.norm3, layer.pre_norm, feed_forward(layer))


def logits(model, pixels, mask):
    """What the released code computes for a padded batch: [B, C]."""
    features = model.backbone[0].body(pixels)
    mask = F.interpolate(mask[None].float(), size=features.shape[-2:]).to(torch.bool)[0]
    if isinstance(model, intr_forms.LinearClassifier):
        own = (~mask)[:, None].to(features.dtype)
        return model.fc((features * own).sum((2, 3)) / own.sum((2, 3)))
    x = model.input_proj(features)
    if model.config["position_embedding"] == "sine":
        position = sine_position(mask, x.shape[1] // 2)
    else:
        position = model.backbone[1](*x.shape[-2:]).flatten(0, 1)[:, None]
    padding = mask.flatten(1)
    memory = x.flatten(2).permute(2, 0, 1)
    for layer in model.transformer.encoder.layers:
        memory = encode(layer, memory, position, padding)
    if hasattr(model.transformer.encoder, "norm"):
        memory = model.transformer.encoder.norm(memory)
    query = model.query_embed.weight[:, None].repeat(1, len(pixels), 1)
    x = torch.zeros_like(query)
    for layer in model.transformer.decoder.layers:
        x = decode(layer, x, query, memory, padding)
    x = model.transformer.decoder.norm(x).transpose(0, 1)
    return model.presence_vector(x).squeeze(-1)


def build(oracle, config, batch_norm):
    norm = nn.BatchNorm2d if batch_norm == "train" else None
    model = oracle.fill_by_formula(intr_forms.build(oracle, norm, **config))
    if batch_norm == "train":
        return model.train()
    for name, parameter in model.named_parameters():
        if name.startswith(("backbone.0.body.conv1.", "backbone.0.body.layer1.")):
            parameter.requires_grad_(False)
    return model


def digest(oracle, name, gradient):
    flat = gradient.detach().double().flatten().numpy()
    product = flat @ (oracle.values(name, flat.size) * 2 - 1)
    elements = flat[[i * flat.size // 8 for i in range(8)]]
    return np.concatenate(([np.abs(flat).max(), np.linalg.norm(flat), product], elements))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("oracle")
    parser.add_argument("--full", action="store_true", help="the released size, whole gradients")
    parser.add_argument("--float32", action="store_true", help="compute as training does")
    parser.add_argument("--out", default=Path(__file__).resolve().parent.parent / "data" / "gradients", type=Path)
    arguments = parser.parse_args()
    oracle = intr_forms.load_oracle(arguments.oracle)
    arguments.out.mkdir(parents=True, exist_ok=True)
    dtype = torch.float32 if arguments.float32 else torch.float64
    sizes = FULL_SIZES if arguments.full else SMALL_SIZES
    pixels, mask = batch(oracle, sizes)
    for name, change, batch_norm in [("resnet50-released", FULL, "frozen")] if arguments.full else CASES:
        config = {**oracle.CONFIG, **intr_forms.FORM, **SMALL, **change}
        model = build(oracle, config, batch_norm).to(dtype)
        labels = [1, config["num_queries"] - 2]
        torch.set_default_dtype(dtype)
        out = logits(model, pixels.to(dtype), mask)
        loss = F.cross_entropy(out, torch.tensor(labels))
        loss.backward()
        tensors = dict(logits=out.detach().numpy(), loss=loss.detach().view(1).numpy())
        for key, parameter in model.named_parameters():
            if parameter.requires_grad:
                gradient = parameter.grad
                tensors["gradient of " + key] = gradient.numpy() if arguments.full else digest(oracle, key, gradient)
        if batch_norm == "train":
            for key, buffer in model.named_buffers():
                if key.endswith(("running_mean", "running_var")):
                    tensors["after of " + key] = buffer.numpy() if arguments.full else digest(oracle, key, buffer)
        metadata = dict(config=json.dumps(config), batch_norm=batch_norm, sizes=json.dumps(sizes),
                        labels=json.dumps(labels), form="whole" if arguments.full else "digest",
                        type=str(dtype).removeprefix("torch."),
                        order=json.dumps([key for key, p in model.named_parameters() if p.requires_grad]))
        write_safetensors(arguments.out / f"{name}.safetensors", tensors, metadata)


if __name__ == "__main__":
    main()
