#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/wrapped: checkpoints as training programs really save them (Debian's python3-torch, 1.13).

All hold the same five tensors, which have names of INTR and sizes of nothing: element i of tensor number t is t + i / 64.
An average over training has t + 20 for t. Classes that are not installed here come from modules made up under their
names: only the names get into the files.
"""

import argparse
import collections
import datetime
import decimal
import enum
import fractions
import functools
import pathlib
import random
import sys
import types
import uuid

import numpy
import torch

NAMES = {
    "backbone.0.body.conv1.weight": (2, 3, 1, 1),
    "input_proj.weight": (2, 2),
    "presence_vector.weight": (1, 2),
    "query_embed.weight": (3, 2),
    "transformer.decoder.norm.weight": (2,),
}


def weights(first=0, prefix=""):
    return collections.OrderedDict((prefix + name, numbered(first + t, shape))
                                   for t, (name, shape) in enumerate(NAMES.items()))


def numbered(t, shape):
    count = 1
    for extent in shape:
        count *= extent
    return (t + torch.arange(count, dtype=torch.float32) / 64).reshape(shape)


def foreign(module, name, **members):
    """A class that pickles as module.name."""
    package = ""
    for part in module.split("."):
        package += ("." if package else "") + part
        sys.modules.setdefault(package, types.ModuleType(package))
    made = type(name, members.pop("bases", (object,)), {"__module__": module, "__qualname__": name, **members})
    setattr(sys.modules[module], name, made)
    return made


def with_state(made, state):
    thing = made.__new__(made)
    thing.__dict__.update(state)
    return thing


class Net(torch.nn.Module):
    """A module whose state dict has the names above."""

    def __init__(self, first=0):
        super().__init__()
        for name, value in weights(first).items():
            module = self
            *path, leaf = name.split(".")
            for part in path:
                if part not in module._modules:
                    module.add_module(part, torch.nn.Module())
                module = module._modules[part]
            module.register_parameter(leaf, torch.nn.Parameter(value))


def optimizer_and_schedule():
    optimizer = torch.optim.SGD(Net().parameters(), lr=0.1, momentum=0.9)
    return optimizer, torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=10)


def odd_objects():
    """What settings, loggers and samplers leave beside good weights."""
    foreign("birds.phases", "Phase")
    phase = enum.Enum("Phase", ["train", "val"], module="birds.phases")
    sys.modules["birds.phases"].Phase = phase
    node = foreign("omegaconf.nodes", "AnyNode")
    config = foreign("omegaconf.dictconfig", "DictConfig")
    settings = foreign("birds.settings", "Settings")
    easy = foreign("easydict", "EasyDict", bases=(dict,))
    slotted = foreign("birds.settings", "Slotted", __slots__=("a", "__dict__"))
    pair = slotted()
    pair.a = 1
    box = easy(lr=0.1)
    box.lr = 0.1
    cyclic = with_state(settings, {"depth": 1})
    cyclic.myself = cyclic
    return {
        "config": with_state(config, {"_metadata": None, "_parent": None, "_flags_cache": None,
                                      "_content": {"nheads": with_state(node, {"_val": 4, "_metadata": None}),
                                                   "backbone": with_state(node, {"_val": "resnet18"})}}),
        "loss_history": collections.deque([1.0, 0.5], maxlen=2),
        "dtype": torch.float32,
        "numpy_dtype": numpy.dtype("float32"),
        "array": numpy.arange(3.0),
        "day": datetime.date(2024, 6, 1),
        "time": datetime.datetime(2024, 6, 1, 12, tzinfo=datetime.timezone.utc),
        "phase": phase.train,
        "settings": cyclic,
        "slotted": pair,
        "easy": box,
        "counter": collections.Counter("abca"),
        "default": collections.defaultdict(list, a=[1]),
        "ordered": collections.OrderedDict(a=1),
        "partial": functools.partial(numpy.add, 1),
        "method": torch.nn.functional.relu,
        "class": torch.nn.Linear,
        "decimal": decimal.Decimal("0.1"),
        "fraction": fractions.Fraction(1, 3),
        "uuid": uuid.UUID(int=1),
        "range": range(3),
        "slice": slice(1, 2),
        "complex": 1j,
        "set": {1, 2},
        "frozen": frozenset([1]),
        "random": random.getstate()[0],
        "generator": torch.get_rng_state()[:16],
        "numpy_random": numpy.random.RandomState(1).get_state()[:1],
        "path": pathlib.PosixPath("/tmp/run"),
        "device": torch.device("cpu"),
        "size": torch.Size([1, 2]),
        "big": 1 << 100,
        "none": None,
    }


def files():
    optimizer, schedule = optimizer_and_schedule()
    yield "one_cycle", {"model": weights(), "optimizer": optimizer.state_dict(), "lr_scheduler": schedule.state_dict()}
    yield "compiled", weights(prefix="_orig_mod.")
    yield "compiled_parallel", {"model": weights(prefix="module._orig_mod.")}
    yield "deepspeed", {"module": weights(prefix="_forward_module.model."), "ds_version": "0.9"}
    yield "fsdp", {name.replace("decoder.", "decoder._fsdp_wrapped_module.")
                   .replace("body.", "body._fsdp_wrapped_module._checkpoint_wrapped_module."): value
                   for name, value in weights(prefix="_fsdp_wrapped_module.").items()}

    callback = foreign("pytorch_lightning.callbacks.model_checkpoint", "ModelCheckpoint")
    hyper = foreign("pytorch_lightning.utilities.parsing", "AttributeDict", bases=(dict,))
    lightning = {**weights(prefix="model."), "criterion.weight": torch.ones(3), "accuracy.tp": torch.zeros(3)}
    yield "lightning", {"epoch": 3, "global_step": 12, "pytorch-lightning_version": "1.5.0", "state_dict": lightning,
                        "callbacks": {callback: {"best_model_score": torch.tensor(0.9), "best_k_models": {}}},
                        "optimizer_states": [optimizer.state_dict()], "lr_schedulers": [schedule.state_dict()],
                        "hparams_name": "kwargs", "hyper_parameters": hyper(nheads=4, backbone="resnet18")}
    yield "lightning_ema", {"state_dict": {**weights(20, "ema_model.module."), **weights(prefix="model.")}}

    yield "best_accuracy", {"epoch": 3, "arch": "intr", "best_acc1": torch.tensor(91.0), "state_dict": weights(),
                            "optimizer": optimizer.state_dict()}
    yield "model_state_dict", {"model_state_dict": weights(), "optimizer_state_dict": optimizer.state_dict()}
    yield "ema_beside", {"model_ema": weights(20), "model": weights(), "epoch": 3}
    yield "ema_whole", {"model": {"query_embed.weight": numbered(40, (3, 2))}, "state_dict_ema": weights(20)}
    yield "ema_nested", {"ema": {"decay": 0.99, "shadow_params": weights(20)}, "trainer": {"net": [weights()]}}
    averaged = torch.optim.swa_utils.AveragedModel(Net())
    averaged.update_parameters(Net())
    yield "averaged", averaged.state_dict()
    yield "criterion_object", {"state_dict": weights(), "criterion": torch.nn.CrossEntropyLoss(torch.ones(3))}
    yield "odd_objects", {"model": weights(), **odd_objects()}
    yield "foreign_args", {"model": weights(), "args": argparse.Namespace(backbone="tf_efficientnet_b0", nheads="eight",
                                                                          image_size=224)}
    yield "class_names", {"state_dict": weights(), "class_names": ["Ant", "Bee", "Cat"]}
    holder = foreign("birds.training", "Checkpoint")
    yield "in_an_object", with_state(holder, {"epoch": 3, "weights": weights()})


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1] / "data" / "wrapped"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    random.seed(1)
    for name, value in files():
        torch.save(value, folder / f"{name}.pth")
        if name in ("odd_objects", "lightning", "criterion_object"):
            torch.save(value, folder / f"{name}_legacy.pth", _use_new_zipfile_serialization=False)
        if name == "odd_objects":
            torch.save(value, folder / f"{name}_protocol4.pth", pickle_protocol=4)


if __name__ == "__main__":
    main()
