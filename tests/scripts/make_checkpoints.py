#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/io with the real torch.save (Debian's python3-torch, 1.13).

Element i (row-major) of tensor number t has the value t + i / 64, which float16 and bfloat16 hold exactly for the small
numbers used here, so that the tests need no second copy of the values.
"""

import argparse
import collections
import json
import pathlib
import struct
import sys

import numpy
import torch


def numbered(t, *shape, dtype=torch.float32):
    count = 1
    for extent in shape:
        count *= extent
    return (t + torch.arange(count, dtype=torch.float64) / 64).reshape(shape).to(dtype)


def with_layout(t, tensor_of_base, *shape):
    """A view made by tensor_of_base whose logical values are numbered(t, *shape)."""
    view = tensor_of_base()
    assert tuple(view.shape) == shape
    view.copy_(numbered(t, *shape))
    return view


def state_dict():
    """Every type and layout that a state dict may have."""
    shared = torch.zeros(12)
    shared[0:6].copy_(numbered(6, 6))
    shared[6:12].copy_(numbered(7, 6))
    return collections.OrderedDict(
        [
            ("a.float32", numbered(0, 2, 3, 2)),
            ("b.float16", numbered(1, 3, 4, dtype=torch.float16)),
            ("c.bfloat16", numbered(1, 5, dtype=torch.bfloat16)),
            ("d.float64", numbered(3, 7, dtype=torch.float64)),
            ("e.scalar", numbered(4)),
            ("f.empty", torch.zeros(0, 3)),
            ("g.shared_first", shared[0:6]),
            ("h.shared_second", shared[6:12].view(2, 3)),
            ("i.transposed", with_layout(8, lambda: torch.zeros(4, 3).t(), 3, 4)),
            ("j.columns", with_layout(9, lambda: torch.zeros(3, 5)[:, 1:4], 3, 3)),
            ("k.every_other", with_layout(10, lambda: torch.zeros(9)[1::2], 4)),
            ("l.parameter", torch.nn.Parameter(numbered(11, 2, 2))),
            ("m.channels_last", numbered(12, 1, 2, 2, 2).contiguous(memory_format=torch.channels_last)),
            ("n.num_batches_tracked", torch.tensor(13, dtype=torch.int64)),
        ]
    )


def released():
    """The form {model, optimizer, lr_scheduler, epoch, args} with the states of a real optimizer and schedulers."""
    net = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-4)
    net(torch.ones(4, 3)).sum().backward()
    optimizer.step()
    steps = torch.optim.lr_scheduler.StepLR(optimizer, 80)
    milestones = torch.optim.lr_scheduler.MultiStepLR(optimizer, [3, 5])
    with torch.no_grad():
        for t, value in enumerate(net.state_dict().values()):
            value.copy_(numbered(t, *value.shape))
    args = argparse.Namespace(
        nheads=8, dilation=False, pre_norm=True, backbone="resnet50", lr=1e-4, masks=None, betas=(0.9, 0.999),
        extents=[800, 1333], output_dir=pathlib.PosixPath("/tmp/run"), device=torch.device("cpu"),
        best=numpy.float64(0.5), weights=torch.ones(2), never=float("inf"), raw=b"\x00\xff", names={"a", "b"},
        nested={"dropout": 0.1, 3: "no text key"})
    args.myself = args
    return {"model": net.state_dict(), "optimizer": optimizer.state_dict(), "lr_scheduler": steps.state_dict(),
            "milestones": milestones.state_dict(), "epoch": 139, "args": args, "rng": torch.get_rng_state()[:16]}


def save_safetensors(path, tensors, metadata):
    """The format of the safetensors package, which Debian does not carry."""
    codes = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.float64: "F64",
             torch.int64: "I64"}
    header, data = {"__metadata__": metadata}, b""
    for name, value in tensors.items():
        bits = value.detach().contiguous()
        if bits.dtype == torch.bfloat16:
            bits = bits.view(torch.int16)
        raw = bits.numpy().tobytes()
        header[name] = {"dtype": codes[value.dtype], "shape": list(value.shape),
                        "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1] / "data" / "io"
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)

    def save(name, value, **options):
        torch.save(value, folder / name, **options)

    bare = state_dict()
    save("bare_zip.pth", bare)
    save("bare_legacy.pth", bare, _use_new_zipfile_serialization=False)
    for protocol in (3, 4, 5):
        save(f"protocol{protocol}_zip.pth", bare, pickle_protocol=protocol)
    save("protocol4_legacy.pth", bare, pickle_protocol=4, _use_new_zipfile_serialization=False)

    save("released_zip.pth", released())
    save("released_legacy.pth", released(), _use_new_zipfile_serialization=False)
    save_safetensors(folder / "bare.safetensors", bare, {"format": "pt", "nheads": "8"})
    save("module_prefix.pth", {"model": {"module." + name: value for name, value in bare.items()}})
    save("not_tensors.pth", {"epoch": 3, "optimizer": {"lr": 0.1}})
    save("single_tensor.pth", torch.zeros(2))
    save("complex.pth", {"a": torch.zeros(2, dtype=torch.complex64)})
    save("whole_model.pth", torch.nn.Linear(2, 2))
    torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), str(folder / "torchscript.pt"))


if __name__ == "__main__":
    main()
