#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes small models by name and shape, and what may lie beside them, as seeds of tests/fuzz.

Usage: make_fuzz_seeds.py CORPUS
Into CORPUS/recognisers go lines of "name extent extent ...", with settings as JSON in the last one; into
CORPUS/companions go config.json, preprocessor_config.json, a sidecar and an index with a zero byte after each.
"""
import pathlib
import sys

WIDTH, HIDDEN, CLASSES = 8, 16, 3


def pair(name, *shape):
    return [(name + ".weight", shape), (name + ".bias", shape[:1])]


def vit(prefix="", classes=CLASSES, placed=1):
    """timm's names, one block, patches of 4 x 4 on a grid of 2 x 2."""
    block = prefix + "blocks.0."
    tensors = pair(prefix + "patch_embed.proj", WIDTH, 3, 4, 4)
    tensors += [(prefix + "cls_token", (1, 1, WIDTH)), (prefix + "pos_embed", (1, placed + 4, WIDTH))]
    tensors += pair(block + "norm1", WIDTH) + pair(block + "norm2", WIDTH) + pair(prefix + "norm", WIDTH)
    tensors += pair(block + "attn.qkv", 3 * WIDTH, WIDTH) + pair(block + "attn.proj", WIDTH, WIDTH)
    tensors += pair(block + "mlp.fc1", HIDDEN, WIDTH) + pair(block + "mlp.fc2", WIDTH, HIDDEN)
    return tensors + (pair(prefix + "head", classes, WIDTH) if classes else [])


def without(tensors, part):
    return [(name, shape) for name, shape in tensors if part not in name]


def renamed(tensors, *renames):
    result = []
    for name, shape in tensors:
        for old, new in renames:
            name = name.replace(old, new, 1)
        result.append((name, shape))
    return result


def clip():
    renames = [("patch_embed.proj", "conv1"), ("blocks.", "transformer.resblocks."), ("norm1", "ln_1"),
               ("norm2", "ln_2"), ("attn.qkv.", "attn.in_proj_"), ("attn.proj", "attn.out_proj"),
               ("mlp.fc1", "mlp.c_fc"), ("mlp.fc2", "mlp.c_proj")]
    tensors = without(without(without(vit(classes=0), "proj.bias"), "cls_token"), "pos_embed")
    tensors = [(name.replace("norm.", "ln_post."), shape) for name, shape in renamed(tensors, *renames)]
    tensors += [("class_embedding", (WIDTH,)), ("positional_embedding", (5, WIDTH)), ("proj", (WIDTH, CLASSES))]
    return tensors + pair("transformer.resblocks.0.attn.out_proj", WIDTH, WIDTH)[1:] + pair("ln_pre", WIDTH)


def hugging_face():
    renames = [("patch_embed.proj", "embeddings.patch_embeddings.projection"), ("cls_token", "embeddings.cls_token"),
               ("pos_embed", "embeddings.position_embeddings"), ("blocks.", "encoder.layer."),
               ("attn.proj", "attention.output.dense"), ("mlp.fc1", "intermediate.dense"),
               ("mlp.fc2", "output.dense"), ("norm1", "layernorm_before"), ("norm2", "layernorm_after"),
               ("norm.", "layernorm.")]
    tensors = renamed(without(vit(classes=0), "qkv"), *renames)
    for role in ("query", "key", "value"):
        tensors += pair("encoder.layer.0.attention.attention." + role, WIDTH, WIDTH)
    return [("vit." + name, shape) for name, shape in tensors] + pair("classifier", CLASSES, WIDTH)


def decoder():
    layer = "transformer.decoder.layers.0."
    tensors = [("query_embed.weight", (CLASSES, WIDTH))] + pair("transformer.decoder.norm", WIDTH)
    for module in ("self_attn", "multihead_attn"):
        tensors += [(layer + module + ".in_proj_weight", (3 * WIDTH, WIDTH)),
                    (layer + module + ".in_proj_bias", (3 * WIDTH,))] + pair(layer + module + ".out_proj", WIDTH, WIDTH)
    tensors += pair(layer + "linear1", HIDDEN, WIDTH) + pair(layer + "linear2", WIDTH, HIDDEN)
    for norm in ("norm1", "norm2", "norm3"):
        tensors += pair(layer + norm, WIDTH)
    return tensors


def intr_head():
    return decoder() + pair("input_proj", WIDTH, WIDTH, 1, 1) + pair("presence_vector", 1, WIDTH)


def intr_encoders():
    tensors = vit("transformer.encoder.", classes=0) + decoder()
    tensors += pair("transformer.encoder_head.encoder_linear_transform", WIDTH, WIDTH)
    for index in range(CLASSES):
        tensors += pair(f"query_classifiers.{index}", 1, WIDTH)
    return tensors


def convolution(name, norm, out, inner, kernel):
    return [(name + ".weight", (out, inner, kernel, kernel))] + pair(norm, out) + [
        (norm + ".running_mean", (out,)), (norm + ".running_var", (out,))]


def resnet18(prefix):
    """Up to layer2, 4 channels wide."""
    tensors, channels = convolution(prefix + "conv1", prefix + "bn1", 4, 3, 7), 4
    for layer, out in ((1, 4), (2, 8)):
        for number in range(2):
            block = f"{prefix}layer{layer}.{number}."
            tensors += convolution(block + "conv1", block + "bn1", out, channels, 3)
            tensors += convolution(block + "conv2", block + "bn2", out, out, 3)
            if channels != out:
                tensors += convolution(block + "downsample.0", block + "downsample.1", out, channels, 1)
            channels = out
    return tensors


def vgg(prefix):
    """Two convolutions, each with its batch norm and a halving behind it."""
    tensors = []
    for place, out, inner in ((0, 4, 3), (4, WIDTH, 4)):
        name = f"{prefix}features.{place}"
        tensors += convolution(name, f"{prefix}features.{place + 1}", out, inner, 3) + [(name + ".bias", (out,))]
    return tensors


def densenet(prefix):
    layer = prefix + "features.denseblock1.denselayer1."
    tensors = convolution(prefix + "features.conv0", prefix + "features.norm0", 4, 3, 7)
    tensors += convolution(layer + "conv1", layer + "norm1", 8, 4, 1)
    tensors += convolution(layer + "conv2", layer + "norm2", 2, 8, 3)
    return tensors + pair(prefix + "features.norm5", 6)


def protopnet(features, channels):
    tensors = features + pair("add_on_layers.0", 4, channels, 1, 1) + pair("add_on_layers.2", 4, 4, 1, 1)
    tensors += [(name, (2 * CLASSES, 4, 1, 1)) for name in ("prototype_vectors", "ones")]
    return tensors + [("last_layer.weight", (CLASSES, 2 * CLASSES))]


def prototree():
    tensors = vgg("_net.") + [("_add_on.0.weight", (4, WIDTH, 1, 1)), ("prototype_layer.prototype_vectors", (1, 4, 1, 1))]
    return tensors + [(f"_root.{side}._dist_params", (CLASSES,)) for side in "lr"]


def former(cait):
    """DeiT's or CaiT's names in front of prototypes of patches and of the whole picture."""
    tensors = vit("features.", classes=0, placed=0 if cait else 1)
    # A block of its own to keep patches from: of a DeiT the second, of a CaiT the second of the class token.
    if cait:
        for block in ("blocks.0.", "blocks_token_only.0.", "blocks_token_only.1."):
            tensors += [(f"features.{block}gamma_{i}", (WIDTH,)) for i in (1, 2)]
        for mixer in ("proj_l", "proj_w"):
            tensors += pair(f"features.blocks.0.attn.{mixer}", 2, 2)
    block = without(without(tensors, "gamma"), "proj_")
    own = [(name, shape) for name, shape in block if ".blocks.0." in name]
    for block in ("blocks_token_only.0.", "blocks_token_only.1.") if cait else ("blocks.1.",):
        tensors += renamed(without(own, "qkv") if cait else own, ("blocks.0.", block))
        for role in "qkv" if cait else "":
            tensors += pair(f"features.{block}attn.{role}", WIDTH, WIDTH)
    tensors += pair("add_on_layers.0", 4, WIDTH, 1, 1)
    tensors += [(name, (2 * CLASSES, 4, 1, 1)) for name in ("prototype_vectors", "ones")]
    tensors += [("prototype_vectors_global", (CLASSES, 4, 1, 1)), ("last_layer.weight", (CLASSES, 2 * CLASSES))]
    return tensors + [("last_layer_global.weight", (CLASSES, CLASSES))]


def concepts():
    tensors = vit("feature_extractor.", classes=0) + [("classifier.unsup_concepts", (1, 0, WIDTH))]
    for kind in ("", "spatial_"):
        attention = f"classifier.{kind}concept_tranformer."
        tensors += [(f"classifier.{kind}concepts", (1, 2, WIDTH)), (attention + "q.weight", (WIDTH, WIDTH)),
                    (attention + "kv.weight", (2 * WIDTH, WIDTH))] + pair(attention + "proj", CLASSES, WIDTH)
    return tensors


FORMER = '{"reserve_layers": [1], "reserve_token_nums": [3], "global_coe": 0.5}'
TREE = ('{"modules": {"_root": {"_index": 0}, "_root.l": {"_index": 1}, "_root.r": {"_index": 2}}, '
        '"tables": {"_out_map": [[{"_index": 0}, 0]]}}')
ROWS = '{"tree": [[0, 0, 1, 2], [1], [2]], "kontschieder_normalization": false, "prototypes_per_class": 2}'
NET = '{"attributes": {"prototype_activation_function": "linear", "img_size": 16, "epsilon": 0.0001}}'


def models():
    feed_forward = "blocks.0.mlp."
    bare = without(vit(), ".mlp.")
    narrow = pair(feed_forward + "fc2", WIDTH, HIDDEN)
    vit_settings = '{"num_heads": 2, "activation": "gelu", "norm_eps": 1e-6, "position_resampling": "timm"}'
    intr_settings = '{"nheads": 2, "pre_norm": false, "num_heads": 2, "dilation": false}'
    yield "timm", vit(), vit_settings
    yield "registers", vit(classes=0) + [("register_tokens", (1, 4, WIDTH)), ("mask_token", (1, WIDTH)),
                                         ("blocks.0.ls1.gamma", (WIDTH,)), ("blocks.0.ls2.gamma", (WIDTH,))], "{}"
    yield "distilled", vit(placed=2) + [("dist_token", (1, 1, WIDTH))] + pair("head_dist", CLASSES, WIDTH), "{}"
    yield "gated", bare + renamed(pair(feed_forward + "fc1", 2 * HIDDEN, WIDTH) + narrow, ("fc1", "w12"),
                                  ("fc2", "w3")), "{}"
    yield "packed", bare + pair(feed_forward + "fc1", 2 * HIDDEN, WIDTH) + narrow, "{}"
    yield "chunked", renamed(vit(classes=0), ("blocks.0.", "blocks.0.0.")), "{}"
    yield "clip", clip(), "{}"
    yield "hugging_face", hugging_face(), vit_settings
    yield "prompt_cam", vit(classes=1) + [("vpt.prompt_embeddings", (1, 5, WIDTH))], vit_settings
    yield "intr_vit", vit("backbone.0.body.", classes=0) + intr_head(), intr_settings
    yield "intr_encoders", intr_encoders(), intr_settings
    yield "intr", resnet18("backbone.0.body.") + intr_head(), intr_settings
    yield "classifier", resnet18("backbone.0.body.") + pair("fc", CLASSES, WIDTH), '{"backbone": "resnet18"}'
    yield "protopnet", protopnet(vgg("features."), WIDTH), NET
    yield "protopnet_dense", protopnet(densenet("features."), 6), "{}"
    yield "pruned", protopnet(vgg("features."), WIDTH) + [(".prototype_class_identity", (2 * CLASSES, CLASSES))], NET
    yield "prototree", prototree(), TREE
    yield "prototree_rows", prototree(), ROWS
    yield "protopformer", former(cait=False), FORMER
    yield "protopformer_cait", former(cait=True), FORMER
    yield "concepts", concepts(), "{}"
    yield "torchvision", resnet18("") + pair("fc", CLASSES, WIDTH), "{}"


CONFIG = """{"model_type": "vit", "num_attention_heads": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu",
"use_swiglu_ffn": true, "id2label": {"0": "Ant", "1": "Bee", "2": "Cat"}}"""
CROPPED = """{"do_center_crop": true, "crop_size": {"height": 224, "width": 224}, "size": {"shortest_edge": 256},
"resample": 3, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}"""
SQUARE = """{"size": 224, "image_mean": [0.48145466, 0.4578275, 0.40821073],
"image_std": [0.26862954, 0.26130258, 0.27577711]}"""
SIDECAR = """{"num_heads": 2, "position_resampling": "timm", "activation": "gelu", "norm_eps": "1e-6",
"preprocessing": "crop:256:224,patch:14,bicubic,clip", "image_size": "800:1333", "class_names": "['a', 'b', 'c']",
"nheads": "8", "dilation": "False", "pre_norm": true, "backbone": "resnet50", "epoch": 3, "untrained": "1"}"""
NAMED = '{"class_names": ["a", "b", "c"], "image_size": "fixed:224"}'
INDEX = '{"metadata": {"total_size": 2}, "weight_map": {"a": "part.safetensors", "b": "part.safetensors"}}'


def main():
    corpus = pathlib.Path(sys.argv[1])
    for name, tensors, settings in models():
        lines = [" ".join([tensor, *map(str, shape)]) for tensor, shape in tensors] + [settings]
        (corpus / "recognisers" / name).write_text("\n".join(lines) + "\n")
    for name, files in (("cropped", (CONFIG, CROPPED, SIDECAR, INDEX)), ("square", (CONFIG, SQUARE, NAMED, INDEX))):
        (corpus / "companions" / name).write_text("\0".join(files))


if __name__ == "__main__":
    main()
