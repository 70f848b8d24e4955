// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/float_conversion.h"

#include <algorithm>
#include <bit>
#include <vector>

#include "core/base/error.h"
#include "core/io/little_endian.h"

namespace ocellus {

namespace {

float fromFloat16(std::uint16_t half)
{
    const std::uint32_t sign = (half & 0x8000U) << 16;
    const std::uint32_t exponent = (half >> 10) & 0x1FU;
    const std::uint32_t mantissa = half & 0x3FFU;
    if (exponent == 0) {
        const float magnitude = static_cast<float>(mantissa) * 0x1p-24F;
        return sign ? -magnitude : magnitude;
    }
    const std::uint32_t widened = exponent == 31 ? 0xFFU : exponent + 112U;
    return std::bit_cast<float>(sign | widened << 23 | mantissa << 13);
}

float fromBFloat16(std::uint16_t value)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(value) << 16);
}

template <typename Stored, typename Convert>
void convertAll(const std::byte* bytes, std::int64_t stride, std::span<float> out, Convert convert)
{
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = convert(loadLittleEndian<Stored>(bytes + static_cast<std::int64_t>(i * sizeof(Stored)) * stride));
}

} // namespace

bool isFloatingPoint(DType dtype)
{
    return dtype == DType::Float32 || dtype == DType::Float16 || dtype == DType::BFloat16 || dtype == DType::Float64;
}

void convertToFloat32(DType dtype, const std::byte* bytes, std::int64_t stride, std::span<float> out)
{
    switch (dtype) {
    case DType::Float32: return convertAll<float>(bytes, stride, out, [](float value) { return value; });
    case DType::Float16: return convertAll<std::uint16_t>(bytes, stride, out, fromFloat16);
    case DType::BFloat16: return convertAll<std::uint16_t>(bytes, stride, out, fromBFloat16);
    case DType::Float64:
        return convertAll<double>(bytes, stride, out, [](double value) { return static_cast<float>(value); });
    default: throw Error(ErrorCode::Internal, std::string(toString(dtype)), "this type is not floating-point");
    }
}

void readAsFloat32(DType dtype, const BytesAt& read, std::span<float> out)
{
    if (dtype == DType::Float32)
        return read(0, std::as_writable_bytes(out));
    constexpr std::size_t chunk = 1 << 18;
    const std::size_t elementSize = sizeOf(dtype);
    std::vector<std::byte> buffer(std::min(chunk, out.size()) * elementSize);
    for (std::size_t done = 0; done < out.size();) {
        const std::size_t count = std::min(chunk, out.size() - done);
        read(done * elementSize, std::span(buffer).first(count * elementSize));
        convertToFloat32(dtype, buffer.data(), 1, out.subspan(done, count));
        done += count;
    }
}

std::uint16_t toFloat16(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t sign = bits >> 16 & 0x8000U;
    const std::uint32_t magnitude = bits & 0x7FFFFFFFU;
    std::uint32_t half = 0;
    if (magnitude > 0x7F800000U)
        half = 0x7E00U; // not a number
    else if (magnitude >= 0x477FF000U)
        half = 0x7C00U;               // 65520 and more round to infinity
    else if (magnitude < 0x38800000U) // subnormal: adding 0.5 makes the FPU round to steps of 2^-24
        half =
            std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) + 0.5F) - std::bit_cast<std::uint32_t>(0.5F);
    else
        half = ((magnitude + 0xFFFU + (magnitude >> 13 & 1U)) >> 13) - (112U << 10);
    return static_cast<std::uint16_t>(sign | half);
}

} // namespace ocellus
