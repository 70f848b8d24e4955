#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""INTR's other forms in plain PyTorch, with the state-dict names that Ocellus reads and writes: MobileNetV2, ResNets to
layer3 or of another width, one weight vector a class (INTR-FC), and the plain classifier.

They are put together from the reference implementation (intr_reference.py), which is given as a module, and torchvision:

    oracle = load_oracle(path)
    model = build(oracle, backbone="mobilenet_v2", dilation=True, head="per-class", hidden_dim=32, ...)
    outputs = forward(oracle, model, image, active, mode)     # as the oracle's, or logits and memory of a classifier

Further keys over the oracle's configuration: backbone_width (64), last_stage (4), head ("shared").
"""
import importlib.util

import torch
import torchvision
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck

FORM = dict(backbone_width=64, last_stage=4, head="shared")
BLOCKS = dict(resnet18=(BasicBlock, (2, 2, 2, 2)), resnet34=(BasicBlock, (3, 4, 6, 3)),
              resnet50=(Bottleneck, (3, 4, 6, 3)), resnet101=(Bottleneck, (3, 4, 23, 3)))


def load_oracle(path):
    spec = importlib.util.spec_from_file_location("oracle", path)
    oracle = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(oracle)
    return oracle


def mobilenet_body(dilation, norm):
    """MobileNetV2's features; with dilation its last block of stride 2 keeps stride 1 and those after it dilate by 2."""
    features = torchvision.models.mobilenet_v2(norm_layer=norm).features
    if dilation:
        def depthwise(index):
            return features[index].conv[1][0]
        last_strided = max(i for i in range(2, 18) if depthwise(i).stride == (2, 2))
        depthwise(last_strided).stride = (1, 1)
        for i in range(last_strided + 1, 18):
            depthwise(i).dilation = depthwise(i).padding = (2, 2)
    body = nn.Sequential()
    body.add_module("features", features)
    return body, 1280


def resnet_body(name, width, last_stage, dilation, norm):
    """torchvision's ResNet with another number of channels in its stem, to one of its stages."""
    block, counts = BLOCKS[name]
    body = nn.Sequential()
    body.add_module("conv1", nn.Conv2d(3, width, 7, 2, 3, bias=False))
    body.add_module("bn1", norm(width))
    body.add_module("relu", nn.ReLU())
    body.add_module("maxpool", nn.MaxPool2d(3, 2, 1))
    channels = width
    for stage in range(1, last_stage + 1):
        dilated = dilation and stage == 4
        planes, layer = width * 2 ** (stage - 1), nn.Sequential()
        for i in range(counts[stage - 1]):
            stride = 2 if i == 0 and stage > 1 and not dilated else 1
            out = planes * block.expansion
            down = None
            if stride != 1 or channels != out:
                down = nn.Sequential(nn.Conv2d(channels, out, 1, stride, bias=False), norm(out))
            layer.append(block(channels, planes, stride, down, dilation=2 if dilated and i > 0 else 1, norm_layer=norm))
            channels = out
        body.add_module(f"layer{stage}", layer)
    return body, channels


class BackboneBody(nn.Module):
    def __init__(self, config, norm):
        super().__init__()
        if config["backbone"] == "mobilenet_v2":
            self.body, self.channels = mobilenet_body(config["dilation"], norm)
        else:
            self.body, self.channels = resnet_body(config["backbone"], config["backbone_width"], config["last_stage"],
                                                   config["dilation"], norm)


class PerClassHead(nn.Module):
    """The logit of class c is w_c . z_c + b_c; `rows` are the classes of the queries, in the order of z."""
    def __init__(self, classes, width):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(classes, width)), nn.Parameter(torch.empty(classes))
        self.rows = list(range(classes))

    def forward(self, z):
        return (z * self.weight[self.rows]).sum(-1, keepdim=True) + self.bias[self.rows][:, None]


class LinearClassifier(nn.Module):
    def __init__(self, config, norm):
        super().__init__()
        backbone = BackboneBody(config, norm)
        self.backbone = nn.Sequential(backbone)
        self.fc = nn.Linear(backbone.channels, config["num_queries"])

    def pool(self, image):
        return self.backbone[0].body(image).mean((2, 3))

    def forward(self, image):
        return self.fc(self.pool(image))


def build(oracle, norm=None, **config):
    """The module of a form, in evaluation mode; `norm` makes a batch norm of a number of channels, by default frozen."""
    norm = norm or oracle.FrozenBatchNorm
    config = {**oracle.CONFIG, **FORM, **config}
    if config["head"] == "linear":
        return LinearClassifier(config, norm).eval()
    # The oracle builds its own backbone, which is then replaced with what depends on it.
    model = oracle.Intr(**{key: config[key] for key in oracle.CONFIG if key != "backbone"}
                        | dict(backbone="resnet50" if config["dilation"] else "resnet18"))
    backbone = BackboneBody(config, norm)
    model.backbone[0] = backbone
    model.input_proj = nn.Conv2d(backbone.channels, config["hidden_dim"], 1)
    if config["head"] == "per-class":
        model.presence_vector = PerClassHead(config["num_queries"], config["hidden_dim"])
    return model.eval()


@torch.no_grad()
def forward(oracle, model, image, active=None, mode="all"):
    """The oracle's dictionary of arrays; for a classifier `logits` [C] and `memory` [channels, 1, 1], its pooled mean."""
    if isinstance(model, LinearClassifier):
        pooled = model.pool(image)
        return dict(logits=model.fc(pooled)[0].numpy(), memory=pooled[0, :, None, None].numpy())
    head = model.presence_vector
    if isinstance(head, PerClassHead):
        head.rows = list(active) if mode == "drop" else list(range(len(head.bias)))
    return oracle.forward(model, image, active, mode)
