#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/vit/*.safetensors: small Vision Transformers with weights by formula, and what the PyTorch reference
implementation says about them. Needs that implementation (vit_reference.py and its neighbours) and python3-torch.

    tests/scripts/make_vit_numbers.py FOLDER/OF/THE/REFERENCE
"""
import json
import sys
from pathlib import Path

import numpy as np

from make_oracle_numbers import write_safetensors

SMALL = dict(embed_dim=32, num_heads=4, depth=3, img_size=64)
# name, configuration over SMALL, height, width
VITS = [
    ("vit-timm", dict(num_classes=5), 48, 80),
    ("vit-stored-grid-no-qkv-bias", dict(qkv_bias=False), 64, 64),
    ("vit-plain-distilled", dict(position="plain", dist_token=True, num_classes=3), 80, 48),
    ("vit-bilinear", dict(position="bilinear", patch_size=8), 40, 56),
    ("vit-dino", dict(position="dino"), 50, 97),
    ("vit-dinov2", dict(position="dino", patch_size=14, img_size=70, layer_scale=True, mask_token=True), 42, 56),
    ("vit-registers", dict(patch_size=14, img_size=70, layer_scale=True, registers=4, mask_token=True), 42, 56),
    ("vit-registers-timm", dict(patch_size=14, img_size=70, layer_scale=True, registers=4, register_name="reg_token",
                                embed_prefix=False), 42, 60),
    ("vit-swiglu", dict(ffn="swiglu", layer_scale=True), 48, 48),
    ("vit-clip", dict(ffn="quick_gelu", pre_norm=True, eps=1e-5, num_classes=7), 64, 32),
]
# name, classes, layers of prompts, configuration over SMALL, active classes, blurred heads, target
PROMPTS = [
    ("prompt-cam-deep", 6, None, {}, None, [], 2),
    ("prompt-cam-deep-blur", 6, None, {}, None, [0, 3], 1),
    ("prompt-cam-deep-active", 6, None, {}, [4, 1], [], 0),
    ("prompt-cam-deep-registers", 3, None, dict(registers=2, layer_scale=True), None, [], 0),
    ("prompt-cam-shallow", 4, 1, {}, None, [], 3),
    ("prompt-cam-mixed", 4, 2, {}, None, [], 0),
]
# name, a picture of tests/data/image, preprocessing, patch
PREPROCESSING = [
    ("preprocess-crop-bicubic", "resize-source.png", dict(fit="crop", size=18, crop=16, filter="bicubic", normalise="IMAGENET"), 8),
    ("preprocess-enlarged-bicubic", "resize-source.png", dict(fit="squash", size=150, filter="bicubic", normalise="HALF"), 16),
    ("preprocess-trimmed-clip", "resize-source.png", dict(fit="short", size=45, filter="bilinear", normalise="CLIP"), 14),
]
INTR = dict(hidden_dim=16, nheads=2, dec_layers=2, dim_feedforward=32)
# name, configuration over INTR, configuration of the encoder over SMALL, height, width, mode, active classes
INTRS = [
    ("intr-vit-all", dict(num_queries=6), {}, 48, 80, "all", []),
    ("intr-vit-zero", dict(num_queries=6), {}, 48, 80, "zero", [4, 1]),
    ("intr-vit-drop", dict(num_queries=6), {}, 48, 80, "drop", [4, 1]),
    ("intr-vit-encoder-prenorm", dict(num_queries=3, enc_layers=1, pre_norm=True), dict(dist_token=True), 64, 48, "all", []),
]


def vit_case(vit, intr, name, config, height, width):
    model = vit.fill_by_formula(vit.build("", **{**SMALL, **config}))
    out = vit.forward(model, intr.formula_image(height, width))
    kept = [0, model.prefix - 1, model.prefix, len(out["normed"]) - 1]
    layers = [0, len(model.blocks) - 1]
    maps = {key: out[key][layers][:, :, kept] for key in ("attention", "scores")}
    arrays = dict(position=out["position"][:8], tokens=out["tokens"][:, kept], normed=out["normed"][kept], **maps)
    if "logits" in out:
        arrays["logits"] = out["logits"]
    return arrays, dict(kind="vit", config=model.config, image_height=height, image_width=width, kept_tokens=kept,
                        attention_layers=layers, prefix=model.prefix)


def cls_case(dino_cls, vit, intr, keep=0.6):
    model = vit.fill_by_formula(dino_cls.build("", **SMALL, position="dino"))
    maps = dino_cls.head_maps(model, intr.formula_image(48, 80))
    return (dict(maps=maps.numpy(), masks=dino_cls.mass_masks(maps, keep).numpy().astype(np.uint8)),
            dict(kind="dino-cls", config=model.config, image_height=48, image_width=80, keep=keep))


def prompt_case(prompt_cam, vit, intr, name, classes, layers, config, active, blur, target):
    model = vit.fill_by_formula(prompt_cam.build("", classes, layers, **{**SMALL, **config}))
    image = intr.formula_image(64, 64)
    arrays = prompt_cam.forward(model, image, active, blur, target)
    kept = list(range(len(arrays["logits"])))
    if active is None and not blur:
        order, left = prompt_cam.rank_heads(model, image, target)
        arrays["head_order"] = np.array(order, dtype=np.uint8)
        arrays["probabilities"] = np.array(left, dtype=np.float32)
    return arrays, dict(kind="prompt-cam", config=model.config, image_height=64, image_width=64, active=active, blur=blur,
                        target=target, kept_classes=kept)


def intr_case(intr_vit, intr, name, config, vit_config, height, width, mode, active):
    model = intr_vit.fill_by_formula(intr_vit.build(**INTR, vit="", vit_config={**SMALL, **vit_config}, **config))
    limit = dict(active=active, mode=mode) if active else {}
    out = intr_vit.forward(model, intr.formula_image(height, width), **limit)
    queries = active if mode == "zero" else list(range(len(out["logits"])))
    arrays = dict(logits=out["logits"], queries=out["queries"][-1])
    arrays.update({key: out[key][:, :, queries] for key in ("attention", "scores")}, memory=out["memory"][:, ::2, ::2])
    return arrays, dict(kind="intr-vit", config={**model.config, "vit_config": model.backbone[0].body.config}, mode=mode,
                        active=active, attention_queries=queries, image_height=height, image_width=width)


def preprocess_case(vit, folder, name, picture, how, patch):
    from PIL import Image
    how = {**how, "normalise": getattr(vit, how["normalise"])}
    values = vit.preprocess(Image.open(folder / picture), how, patch)[0].numpy()
    mean, std = (np.array(v)[:, None, None] for v in how["normalise"])
    pixels = np.rint((values * std + mean) * 255).astype(np.uint8).transpose(1, 2, 0)
    return dict(resized=pixels, input=values[:, :4]), dict(kind="preprocess", picture=picture, patch=patch, preprocessing=how)


def main():
    sys.path.insert(0, sys.argv[1])
    import dino_cls
    import intr_reference as intr
    import intr_vit
    import prompt_cam
    import vit_reference as vit
    cases = {case[0]: vit_case(vit, intr, *case) for case in VITS}
    cases["dino-cls"] = cls_case(dino_cls, vit, intr)
    cases.update({case[0]: prompt_case(prompt_cam, vit, intr, *case) for case in PROMPTS})
    cases.update({case[0]: intr_case(intr_vit, intr, *case) for case in INTRS})
    data = Path(__file__).resolve().parents[1] / "data"
    cases.update({case[0]: preprocess_case(vit, data / "image", *case) for case in PREPROCESSING})
    for name, (arrays, metadata) in cases.items():
        texts = {key: value if isinstance(value, str) else json.dumps(value) for key, value in metadata.items()}
        write_safetensors(data / "vit" / f"{name}.safetensors", arrays, texts)


if __name__ == "__main__":
    main()
