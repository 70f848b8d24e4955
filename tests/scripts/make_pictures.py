#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/image: tiny pictures of every kind that decodePicture reads, and what Pillow makes of them.

expected.json holds, per picture, the RGB pixels (base64) upright and as stored, and the tolerance; and a list of resizes
of resize-source.png. Needs Pillow and numpy: Debian's python3-pil, python3-numpy.
"""
import base64
import io
import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "data" / "image"
WIDTH, HEIGHT = 13, 7
RANDOM = np.random.default_rng(20240501)
EXPECTED = {}


def pixels(image):
    return {"width": image.width, "height": image.height, "rgb": base64.b64encode(image.tobytes()).decode()}


def record(name, tolerance=0, upright=None):
    """Notes what Pillow reads from the file, or `upright`. TIFF's orientation tag is applied by Pillow on opening."""
    stored = upright or Image.open(FOLDER / name).convert("RGB")
    if not upright:
        turns = not name.endswith(".tif")
        upright = ImageOps.exif_transpose(Image.open(FOLDER / name)).convert("RGB") if turns else stored
    EXPECTED[name] = {"tolerance": tolerance, "upright": pixels(upright), "stored": pixels(stored)}


def save(image, name, tolerance=0, **options):
    image.save(FOLDER / name, **options)
    record(name, tolerance)


def noise(*shape, dtype=np.uint8):
    return RANDOM.integers(0, np.iinfo(dtype).max, shape, dtype=dtype, endpoint=True)


def png(name, values, colour_type, depth):
    """A PNG of samples that Pillow cannot write."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + row.astype(">u2" if depth == 16 else "u1").tobytes() for row in values)
    header = struct.pack(">IIBBBBB", values.shape[1], values.shape[0], depth, colour_type, 0, 0, 0)
    (FOLDER / name).write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) +
                                chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def tiff(name, values, photometric, order="<", extra=None, orientation=1, tile=None, big=False):
    """An uncompressed TIFF or BigTIFF, in one strip or in square tiles of side `tile`."""
    height, width, samples = values.shape
    depth = values.dtype.itemsize * 8
    values = values.astype(values.dtype.newbyteorder(order))
    if tile:
        padded = np.zeros((-(-height // tile) * tile, -(-width // tile) * tile, samples), values.dtype)
        padded[:height, :width] = values
        pieces = [padded[y:y + tile, x:x + tile].tobytes() for y in range(0, height, tile)
                  for x in range(0, width, tile)]
    else:
        pieces = [values.tobytes()]
    start = 16 if big else 8
    offsets = [start + sum(map(len, pieces[:i])) for i in range(len(pieces))]
    tags = {256: (4, [width]), 257: (4, [height]), 258: (3, [depth] * samples), 259: (3, [1]),
            262: (3, [photometric]), 274: (3, [orientation]), 277: (3, [samples])}
    if tile:
        tags.update({322: (4, [tile]), 323: (4, [tile]), 324: (4, offsets), 325: (4, list(map(len, pieces)))})
    else:
        tags.update({273: (4, offsets), 278: (4, [height]), 279: (4, list(map(len, pieces)))})
    if extra is not None:
        tags[338] = (3, [extra])
    directory = start + sum(map(len, pieces))
    word, count, inline = ("Q", "Q", 8) if big else ("I", "H", 4)
    at = directory + struct.calcsize("=" + count) + len(tags) * (4 + 2 * struct.calcsize("=" + word)) + \
        struct.calcsize("=" + word)
    entries, tail = b"", b""
    for tag, (kind, items) in sorted(tags.items()):
        data = struct.pack(order + str(len(items)) + {3: "H", 4: "I"}[kind], *items)
        if len(data) > inline:
            field, tail = struct.pack(order + word, at + len(tail)), tail + data
        else:
            field = data.ljust(inline, b"\0")
        entries += struct.pack(order + "HH" + word, tag, kind, len(items)) + field
    mark = b"II" if order == "<" else b"MM"
    header = mark + (struct.pack(order + "HHHQ", 43, 8, 0, directory) if big else struct.pack(order + "HI", 42, directory))
    (FOLDER / name).write_bytes(header + b"".join(pieces) + struct.pack(order + count, len(tags)) + entries +
                                struct.pack(order + word, 0) + tail)


def eight_bit(rgb, rgba):
    grey, bilevel, palette = rgb.convert("L"), rgb.convert("1"), rgb.quantize(17)
    for ending in ("png", "tif", "bmp"):
        for label, image in (("rgb", rgb), ("rgba", rgba), ("grey", grey), ("palette", palette), ("bilevel", bilevel)):
            save(image, f"{label}.{ending}")
    grey_alpha = Image.fromarray(noise(HEIGHT, WIDTH, 2), "LA")
    save(grey_alpha, "grey-alpha.png")
    save(grey_alpha, "grey-alpha.tif")
    save(palette, "palette-transparent.png", transparency=3)
    save(rgb, "rgb-transparent.png", transparency=(1, 2, 3))
    for bits in (1, 2, 4):
        save(rgb.quantize(2 ** bits), f"palette-{bits}-bit.png", bits=bits)
    for compression in ("tiff_lzw", "tiff_deflate", "packbits", "jpeg"):
        save(rgb, f"{compression.removeprefix('tiff_')}.tif", compression=compression)
    save(bilevel, "group4.tif", compression="group4")
    save(rgb, "baseline.jpg", quality=90)
    save(rgb, "444.jpg", quality=90, subsampling=0)
    save(rgb, "progressive.jpg", progressive=True)
    save(grey, "grey.jpg")
    save(rgb, "lossy.webp")
    save(rgb, "lossless.webp", lossless=True)
    save(rgba, "alpha.webp", lossless=True, exact=True)


def cmyk():
    ramp = np.indices((HEIGHT, WIDTH)).sum(0)[..., None] * np.array([9, 5, 12, 7])
    image = Image.fromarray(ramp.astype(np.uint8), "CMYK")
    save(image, "cmyk.jpg", quality=95)
    save(image, "cmyk.tif", tolerance=1)


def sixteen_bit():
    def high_bytes(values):
        is_grey = values.shape[-1] <= 2
        colours = np.repeat(values[..., :1], 3, -1) if is_grey else values[..., :3]
        return Image.fromarray((colours >> 8).astype(np.uint8))
    for label, samples, colour_type in (("grey", 1, 0), ("grey-alpha", 2, 4), ("rgb", 3, 2), ("rgba", 4, 6)):
        values = noise(HEIGHT, WIDTH, samples, dtype=np.uint16)
        png(f"{label}-16-bit.png", values, colour_type, 16)
        # Pillow clips 16-bit grey instead of scaling it: the expectation is not its.
        record(f"{label}-16-bit.png", upright=high_bytes(values))
    grey, rgb = noise(HEIGHT, WIDTH, 1, dtype=np.uint16), noise(HEIGHT, WIDTH, 3, dtype=np.uint16)
    for order, label in (("<", "little"), (">", "big")):
        tiff(f"grey-16-bit-{label}.tif", grey, 1, order)
        record(f"grey-16-bit-{label}.tif", upright=high_bytes(grey))
        tiff(f"rgb-16-bit-{label}.tif", rgb, 2, order)
        record(f"rgb-16-bit-{label}.tif")
    tiff("rgb-16-bit-turned.tif", rgb, 2, orientation=6)
    record("rgb-16-bit-turned.tif")


def tiff_layouts(rgb, rgba):
    values = np.asarray(rgb)
    several_tiles = noise(17, 33, 3)
    for name, colours, options in (("big-tiff", values, dict(big=True)), ("big-endian", values, dict(order=">")),
                                   ("tiled", several_tiles, dict(tile=32)),
                                   ("tiled-turned", several_tiles, dict(tile=32, orientation=8))):
        tiff(name + ".tif", colours, 2, **options)
        record(name + ".tif")
    tiff("straight-alpha-big-endian.tif", np.asarray(rgba), 2, ">", extra=2)
    record("straight-alpha-big-endian.tif")
    multiplied = np.asarray(rgba).copy()
    multiplied[..., :3] = multiplied[..., :3].astype(int) * multiplied[..., 3:] // 255
    tiff("premultiplied-alpha.tif", multiplied, 2, extra=1)
    record("premultiplied-alpha.tif")
    tiff("white-is-zero.tif", values[..., :1].copy(), 0)
    record("white-is-zero.tif")


def orientations(rgb):
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        save(rgb, f"orientation-{orientation}.jpg", exif=exif, quality=90)
        save(rgb, f"orientation-{orientation}.tif", exif=exif)
        if orientation in (3, 6, 7):
            save(rgb, f"orientation-{orientation}.png", exif=exif)
            save(rgb, f"orientation-{orientation}.webp", exif=exif, lossless=True)


def resizes():
    photo = Image.fromarray(noise(23, 37, 3))
    save(photo, "resize-source.png")
    sizes = ((37, 23), (36, 23), (37, 22), (12, 7), (1, 1), (1, 23), (37, 1), (64, 23), (111, 69), (5, 90))
    return [pixels(photo.resize(size, Image.BILINEAR)) for size in sizes]


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    rgb = Image.fromarray(noise(HEIGHT, WIDTH, 3))
    rgba = Image.fromarray(noise(HEIGHT, WIDTH, 4), "RGBA")
    eight_bit(rgb, rgba)
    cmyk()
    sixteen_bit()
    tiff_layouts(rgb, rgba)
    orientations(rgb)
    expected = {"pictures": EXPECTED, "resizes": resizes()}
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
