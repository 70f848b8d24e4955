#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loads a training checkpoint as Python's training code does: torch.load, the optimizer and the scheduler.

    load_training_checkpoint.py checkpoint.pth

Needs PyTorch (Debian's python3-torch, or 2.x). Parameters are made up: zeros of the moments' shapes, which is all that an
optimizer's state dict knows of them. Prints what was found and ends with an error where anything cannot be loaded.
"""

import argparse
import sys

import torch

SCHEDULERS = (
    ("step_size", lambda optimizer, state: torch.optim.lr_scheduler.StepLR(optimizer, state["step_size"])),
    ("T_max", lambda optimizer, state: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, state["T_max"])),
    ("total_steps", lambda optimizer, state: torch.optim.lr_scheduler.OneCycleLR(
        optimizer, max_lr=[group["lr"] for group in optimizer.param_groups], total_steps=state["total_steps"])),
)


def load(path):
    """torch.load without running anything where PyTorch can do that, else as the released code does."""
    if hasattr(torch.serialization, "safe_globals"):
        with torch.serialization.safe_globals([argparse.Namespace]):
            return torch.load(path, map_location="cpu", weights_only=True), "weights only"
    return torch.load(path, map_location="cpu"), "any pickle"


def load_optimizer(saved):
    """An AdamW with the saved groups and state, which has taken one more step."""
    groups = []
    for group in saved["param_groups"]:
        shapes = [saved["state"].get(i, {}).get("exp_avg", torch.zeros(1)).shape for i in group["params"]]
        groups.append({"params": [torch.nn.Parameter(torch.zeros(shape)) for shape in shapes]})
    optimizer = torch.optim.AdamW(groups)
    optimizer.load_state_dict(saved)
    for number, parameter in enumerate(p for group in optimizer.param_groups for p in group["params"]):
        if number in saved["state"]:
            for key in ("step", "exp_avg", "exp_avg_sq"):
                assert torch.equal(optimizer.state[parameter][key], saved["state"][number][key]), (number, key)
        parameter.grad = torch.zeros_like(parameter)
    optimizer.step()
    return optimizer


def load_scheduler(optimizer, saved):
    make = next((make for key, make in SCHEDULERS if key in saved), None)
    if make is None:
        raise ValueError(f"no scheduler known here has the state {sorted(saved)}")
    rates = [group["lr"] for group in optimizer.param_groups]
    scheduler = make(optimizer, saved)
    scheduler.load_state_dict(saved)
    # A new scheduler sets the rates of its first epoch.
    for group, rate in zip(optimizer.param_groups, rates):
        group["lr"] = rate
    scheduler.step()
    return scheduler


def main():
    checkpoint, way = load(sys.argv[1])
    model, optimizer_state = checkpoint["model"], checkpoint["optimizer"]
    print(f"torch {torch.__version__}, loaded as {way}: {', '.join(checkpoint)}")
    print(f"model: {type(model).__name__} of {len(model)} tensors, {sum(t.numel() for t in model.values())} values,",
          f"types {sorted({str(t.dtype) for t in model.values()})}")
    print(f"epoch: {checkpoint['epoch']}; args: {type(checkpoint['args']).__name__} with", sorted(vars(checkpoint["args"])))
    optimizer = load_optimizer(optimizer_state)
    steps = sorted({int(state["step"]) for state in optimizer_state["state"].values()})
    for group in optimizer_state["param_groups"]:
        print("optimizer group:", {key: value for key, value in group.items() if key != "params"},
              f"{len(group['params'])} parameters")
    print(f"optimizer: {len(optimizer_state['state'])} states after steps {steps}; loaded, took a step more")
    scheduler = load_scheduler(optimizer, checkpoint["lr_scheduler"])
    print(f"lr_scheduler: {type(scheduler).__name__} {checkpoint['lr_scheduler']}; loaded, next rates",
          scheduler.get_last_lr())


if __name__ == "__main__":
    main()
