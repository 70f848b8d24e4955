// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors_writer.h"

#include <cmath>
#include <cstdint>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/float_conversion.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

/// The JSON header with its length before it, padded with spaces so that the data begin at a multiple of eight.
std::string headerOf(const std::vector<TensorInfo>& tensors, DType as,
                     const std::map<std::string, std::string>& metadata)
{
    nlohmann::json header = nlohmann::json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t position = 0;
    for (const TensorInfo& tensor : tensors) {
        const std::uint64_t end = position + static_cast<std::uint64_t>(tensor.count()) * sizeOf(as);
        header[tensor.name] = {{"dtype", as == DType::Float32 ? "F32" : "F16"},
                               {"shape", tensor.shape},
                               {"data_offsets", {position, end}}};
        position = end;
    }
    std::string text = header.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + text;
}

void writeAsFloat16(AtomicFile& file, const std::string& name, std::span<const float> values)
{
    std::vector<std::uint16_t> halves;
    halves.reserve(values.size());
    for (const float value : values) {
        halves.push_back(toFloat16(value));
        // Infinite values are the source's own; finite ones must not become infinite in passing.
        if (std::isfinite(value) && (halves.back() & 0x7C00) == 0x7C00)
            throw Error(ErrorCode::BadArgument, excerpt(name),
                        "the value " + std::to_string(value) + " is more than float16 can hold (65504)",
                        "Write the file as float32");
    }
    file.write(std::as_bytes(std::span(halves)));
}

} // namespace

void writeSafetensors(const std::filesystem::path& path, const TensorSource& source, DType as,
                      const std::map<std::string, std::string>& metadata)
{
    if (as != DType::Float32 && as != DType::Float16)
        throw Error(ErrorCode::BadArgument, path.string(),
                    "expected float32 or float16 to write, got " + std::string(toString(as)));
    std::vector<TensorInfo> weights;
    for (const TensorInfo& tensor : source.tensors())
        if (isFloatingPoint(tensor.dtype))
            weights.push_back(tensor);

    AtomicFile file(path);
    file.write(headerOf(weights, as, metadata));
    std::vector<float> values;
    for (const TensorInfo& tensor : weights) {
        values.resize(static_cast<std::size_t>(tensor.count()));
        source.read(tensor, values);
        if (as == DType::Float32)
            file.write(std::as_bytes(std::span(values)));
        else
            writeAsFloat16(file, tensor.name, values);
    }
    file.commit();
}

std::map<std::string, std::string> asMetadata(const nlohmann::json& settings)
{
    std::map<std::string, std::string> metadata;
    if (settings.is_object())
        for (const auto& [key, value] : settings.items())
            metadata[key] = value.is_string() ? value.get<std::string>()
                                              : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return metadata;
}

} // namespace ocellus
