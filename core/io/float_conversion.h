// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/tensor_source.h"
#include "core/io/bytes_at.h"

namespace ocellus {

/// Whether values of this type can be weights: the four floating-point types.
bool isFloatingPoint(DType dtype);

/// Converts elements `stride` elements apart, the first at `bytes`, into `out`; `dtype` is floating-point and all bytes
/// must be there. float64 is rounded to the nearest float32.
void convertToFloat32(DType dtype, const std::byte* bytes, std::int64_t stride, std::span<float> out);

/// Fills `out` with elements that lie one after the other, the first at offset 0, without holding them twice.
void readAsFloat32(DType dtype, const BytesAt& read, std::span<float> out);

/// IEEE half precision, rounded to the nearest, ties to even; beyond 65504 infinite.
std::uint16_t toFloat16(float value);

} // namespace ocellus
