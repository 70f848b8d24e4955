// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/progress.h"
#include "core/io/checkpoint.h"
#include "core/io/input_file.h"
#include "core/io/safetensors_header.h"

namespace ocellus {

/// A `.safetensors` file: eight bytes of header length, a JSON header, then the tensors, end to end without gaps
/// (https://huggingface.co/docs/safetensors). Needs no library but nlohmann-json's headers.
class SafetensorsReader : public Checkpoint {
public:
    /// Checks the whole header; values are read when asked for.
    /// Throws Error: NotFound, Unreadable, Damaged, Unsupported, TooLarge, Cancelled.
    /// `key` chooses where the file holds several models, as in Checkpoint::open.
    explicit SafetensorsReader(const std::filesystem::path& path, const Progress& progress = {});
    explicit SafetensorsReader(InputFile file, const Progress& progress = {}, const std::string& key = {});

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override;
    std::string format() const override { return "safetensors"; }
    std::uint64_t fileBytes() const override { return m_file.size(); }
    const nlohmann::json& args() const override { return m_metadata; }
    const StateDictOrigin& origin() const override { return m_origin; }

private:
    void takeModel(std::vector<SafetensorsHeader::Entry>& entries, const std::string& key);

    InputFile m_file;
    std::uint64_t m_dataStart = 0;
    std::vector<TensorInfo> m_tensors;
    std::vector<std::uint64_t> m_offsets; // of each tensor, from m_dataStart
    nlohmann::json m_metadata;
    StateDictOrigin m_origin;
};

} // namespace ocellus
