#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Renders the drawings to the PNG files that are kept beside them. Needs librsvg2-bin and imagemagick.
set -euo pipefail
cd "$(dirname "$0")"

for size in 16 22 24 32; do
    rsvg-convert -w "$size" -h "$size" application/ocellus-small.svg -o "application/ocellus-$size.png"
done
for size in 48 64 128 256; do
    rsvg-convert -w "$size" -h "$size" application/ocellus.svg -o "application/ocellus-$size.png"
done
