#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/explain/*.safetensors: what the reference explainers say about small networks with weights by
formula. Needs the reference implementation (the folder with intr_reference.py, explainers_reference.py and
localisation_reference.py), python3-torch, python3-torchvision and python3-numpy.

    tests/scripts/make_explainer_numbers.py PATH/TO/reference

Every metadata value is JSON. The full set of golden numbers has the same names, so that one test reads both.
"""
import hashlib
import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch

TYPES = {"float32": "F32", "float64": "F64", "int32": "I32", "uint8": "U8", "bool": "BOOL"}
SMALL = dict(hidden_dim=32, nheads=4, enc_layers=2, dec_layers=2, dim_feedforward=64)
INTR = [("small", dict(backbone="resnet18", num_queries=6), 224, 224),
        ("small-prenorm", dict(backbone="resnet18", num_queries=5, pre_norm=True, enc_layers=1), 224, 256)]
LABEL = 2


def save(folder, case, tensors, **metadata):
    plain = lambda v: np.ascontiguousarray(v.detach().numpy() if torch.is_tensor(v) else v)
    header, blobs, at = {"__metadata__": {k: json.dumps(v) for k, v in metadata.items()}}, [], 0
    for name, array in ((k, plain(v)) for k, v in tensors.items()):
        header[name] = dict(dtype=TYPES[array.dtype.name], shape=list(array.shape),
                            data_offsets=[at, at + array.nbytes])
        blobs.append(array.tobytes())
        at += array.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (folder / f"{case}.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def gradient(score, features):
    return torch.autograd.grad(score, features, retain_graph=True)[0][0]


def maps_of(x, features, logits, labels, height, width):
    """All class activation maps, and what they are made from."""
    activations, out = features[0].detach(), dict(logits=logits)
    slopes = {c: gradient(logits[c], features) for c in labels}
    for name, kind, eps in (("gradcam", "gradcam", 0), ("gradcam_pp", "gradcam++", 1e-6),
                            ("gradcam_pp_exact", "gradcam++", 0.0), ("hirescam", "hirescam", 0)):
        out[name] = torch.stack([x.cam(activations, slopes[c], kind, eps) for c in labels])
    best, alpha = int(logits.argmax()), 0.7
    for name, through in (("finer", True), ("finer_fixed", False)):
        score, references = x.finer_score(logits, best, alpha=alpha, through_weights=through)
        out[name] = x.cam(activations, gradient(score, features))
    shown = next(i for i, m in enumerate(out["gradcam"]) if (m > 0).any())
    out["display"] = x.display(out["gradcam"][shown], height, width)
    return out, dict(image_height=height, image_width=width, labels=labels, display_label=labels[shown],
                     finer_label=best, finer_references=references, finer_alpha=alpha)


def classifier_cases(x, intr, folder):
    net, height, width = x.build_classifier("resnet18", 5), 96, 128
    features = x.classifier_features(net, intr.formula_image(height, width)).detach().requires_grad_()
    out, more = maps_of(x, features, x.classifier_logits(net, features), [1, 0, 4], height, width)
    save(folder, "cam-resnet18-c5", out, classes=5, **more)

    height, width, count = 32, 40, 12
    image = intr.formula_image(height, width)
    judge = lambda batch: net(batch).softmax(1).detach()
    masks = x.rise_masks(height, width, count, grid=5)
    p = torch.cat([judge(image * torch.from_numpy(m)) for m in masks]).numpy()
    centred = x.rise(p, masks, centred=True)
    save(folder, "rise-resnet18-c5", dict(probabilities=p, saliency=x.rise(p, masks).astype(np.float32),
                                          centred=centred.astype(np.float32)),
         image_height=height, image_width=width, classes=5, masks=count, grid=5, p1=0.5, seed=0)

    best = int(judge(image)[0].argmax())
    score = lambda picture: float(judge(picture)[0, best])
    saliency = centred[best].astype(np.float32)
    rough, cells = np.round(saliency * 200).astype(np.float32), saliency.reshape(4, 8, 5, 8).mean((1, 3))
    patches = lambda **how: x.by_patch(cells, height, width, **how)
    groups = dict(pixel=x.by_pixel(saliency, 160), ties=x.by_pixel(rough, 333), patch=patches(),
                  three=patches(per_step=3), strided=patches(stride=8))
    curves, areas = {}, {}
    for name, g in groups.items():
        for mode, ends in (("deletion", (image, torch.zeros_like(image))), ("insertion", (x.blur(image), image))):
            curves[f"{mode}.{name}"] = c = x.causal_curve(score, *ends, g)
            areas[f"{mode}.{name}"] = x.area(c)
    orders = dict(order=x.ranking(saliency).astype(np.int32), rough_order=x.ranking(rough).astype(np.int32))
    save(folder, "causal-resnet18-c5", dict(saliency=saliency, rough=rough, cells=cells, **orders,
                                            kernel=x.blur_kernel(), blurred=x.blur(image)[0], **curves),
         image_height=height, image_width=width, classes=5, label=best, areas=areas,
         steps=dict(pixel=160, ties=333), strides=dict(strided=8))


def mask_cases(x, intr, folder):
    specs = dict(a=(32, 40, 2, 7, 0.5, 0, 0), b=(31, 43, 2, 8, 0.1, 3, 5), c=(48, 48, 1, 3, 0.9, 1, 77),
                 d=(480, 640, 1, 7, 0.5, 0, 3998), e=(7, 5, 2, 10, 0.3, 9, 0))
    out, digests = {}, {}
    for name, (h, w, count, grid, p1, seed, first) in specs.items():
        masks = x.rise_masks(h, w, count, grid, p1, seed, first)
        digests[name] = hashlib.sha256(masks.tobytes()).hexdigest()
        v = intr.values(f"rise/{seed}", (first + count) * (grid * grid + 2)).reshape(-1, grid * grid + 2)[first:]
        out[name + ".on"] = (v[:, :-2] < p1).astype(np.uint8).reshape(-1, grid, grid)
        out[name + ".shift"] = np.stack([(v[:, -2] * -(-h // grid)), (v[:, -1] * -(-w // grid))], 1).astype(np.int32)
    save(folder, "rise-masks", out, sha256=digests,
         specs={k: dict(zip(("height", "width", "count", "grid", "p1", "seed", "first"), s)) for k, s in specs.items()})


def intr_cases(x, intr, folder):
    for case, change, height, width in INTR:
        model = intr.fill_by_formula(intr.build(**{**SMALL, **change}))
        image = intr.formula_image(height, width)
        with torch.no_grad():
            features = model.backbone[0].body(image)
        features.requires_grad_()
        logits, weights = x.decode(model, x.encode(model, features))
        h, w = features.shape[-2:]
        out, more = maps_of(x, features, logits, [LABEL, 0], height, width)
        out.pop("display")
        save(folder, f"cam-intr-{case}", out, config=model.config, **more)
        memory = x.encode(model, features).detach()
        save(folder, f"heads-intr-{case}", dict(logits=logits, **x.head_importance(model, memory),
                                                attention=weights[:, :, LABEL],
                                                gradients=x.attention_gradients(model, memory, LABEL)),
             image_height=height, image_width=width, config=model.config, label=LABEL)
        hires = lambda f, z: x.cam(f[0].detach(), gradient(z[LABEL], f), "hirescam").clamp(min=0)
        rows = [("as it is", logits.detach(), weights[-1, :, LABEL].mean(0).detach(), hires(features, logits))]
        for label, changed in x.randomised(model):
            f = changed.backbone[0].body(image).detach().requires_grad_()
            z, a = x.decode(changed, x.encode(changed, f))
            rows.append((label, z.detach(), a[-1, :, LABEL].mean(0).detach(), hires(f, z)))
        labels, z, attention, hirescam = zip(*rows)
        maps = dict(attention=torch.stack(attention).view(-1, h, w), hirescam=torch.stack(hirescam))
        same = {f"{k}.{f.__name__}": np.array([f(m[0].numpy(), y.numpy()) for y in m])
                for k, m in maps.items() for f in (x.spearman, x.ssim)}
        save(folder, f"sanity-intr-{case}", dict(logits=torch.stack(z), **maps, **same), stages=labels,
             config=model.config, image_height=height, image_width=width, label=LABEL, seed=0)


def localisation_case(x, intr, place, folder):
    height, width, h, w = 112, 144, 7, 9
    yy, xx = np.mgrid[:height, :width]
    mask = (((yy - 60) / 35) ** 2 + ((xx - 50) / 31) ** 2 < 1).astype(np.uint8)
    maps = intr.values("maps", 3 * h * w).reshape(3, h, w) ** 6
    maps[0, 3, 5] = 1.2
    maps = (maps / maps.sum((1, 2), keepdims=True)).astype(np.float32)
    covered, strided = place.coverage(mask, h, w), place.coverage(mask, h, w, 16)
    big = torch.nn.Upsample((height, width), mode="bilinear", align_corners=False)(torch.from_numpy(maps)[None])[0]
    points = (intr.values("points", 4 * 3 * 2).reshape(4, 3, 2) * 224).astype(np.int32)
    visible = (intr.values("visible", 12) < 0.8).astype(np.int32).reshape(4, 3)
    parts = (intr.values("part maps", 4 * 49).reshape(4, 7, 7) ** 6).astype(np.float32)
    for i, m in enumerate(parts):
        y, c = np.unravel_index(m.argmax(), m.shape)
        points[i, 0], visible[i, 0] = (c * 32 + 30, y * 32 + 5), 1
    noisy = (parts + 0.02 * (intr.values("noise on maps", parts.size).reshape(parts.shape) - 0.5)).astype(np.float32)
    noisy[1] = parts[0]
    table = np.concatenate([points, visible[..., None]], 2)
    hits_of = lambda some: np.stack([place.part_hits(m, t, 224, 224) for m, t in zip(some, table)])
    hits, hits_noisy = hits_of(parts), hits_of(noisy)
    save(folder, "localisation", dict(
        mask=mask, maps=maps, coverage=covered, coverage_strided=strided,
        energy=np.array([place.energy(m, covered) for m in maps]),
        energy_strided=np.array([place.energy(m, strided) for m in maps]),
        pointing=np.array([[place.pointing(b.numpy(), mask, t) for t in (0, 15)] for b in big]),
        part_maps=parts, part_maps_noisy=noisy, points=table.astype(np.int32), hits=hits, hits_noisy=hits_noisy,
        noise=place.noise(12, 16)[0]),
        consistent=place.consistency(hits, visible), consistent_at_1=place.consistency(hits, visible, 1.0),
        stability=place.stability(hits, hits_noisy), stride=16, noise_seed=0)


def main():
    sys.path.insert(0, sys.argv[1])
    import explainers_reference as explainers
    import intr_reference as intr
    import localisation_reference as place
    folder = Path(__file__).resolve().parent.parent / "data" / "explain"
    folder.mkdir(parents=True, exist_ok=True)
    mask_cases(explainers, intr, folder)
    classifier_cases(explainers, intr, folder)
    intr_cases(explainers, intr, folder)
    localisation_case(explainers, intr, place, folder)


if __name__ == "__main__":
    main()
