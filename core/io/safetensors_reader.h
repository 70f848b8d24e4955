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
/// (https://huggingface.co/docs/safetensors); or several that an index makes one. Needs no library but nlohmann-json's
/// headers.
class SafetensorsReader : public Checkpoint {
public:
    /// Checks the whole header; values are read when asked for.
    /// Throws Error: NotFound, Unreadable, Damaged, Unsupported, TooLarge, Cancelled.
    /// `key` chooses where the file holds several models, as in Checkpoint::open.
    explicit SafetensorsReader(const std::filesystem::path& path, const Progress& progress = {});
    explicit SafetensorsReader(InputFile file, const Progress& progress = {}, const std::string& key = {});
    /// All parts of one model, as shardsOf() lists them; `subject` is the index, for errors.
    SafetensorsReader(std::vector<InputFile> files, std::string subject, const Progress& progress,
                      const std::string& key);

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo& tensor, std::span<float> out) const override;
    std::string format() const override { return "safetensors"; }
    std::uint64_t fileBytes() const override;
    std::vector<std::filesystem::path> files() const override;
    const nlohmann::json& args() const override { return m_metadata; }
    const nlohmann::json& object() const override { return m_object; }
    const StateDictOrigin& origin() const override { return m_origin; }

private:
    struct Part {
        InputFile file;
        std::uint64_t dataStart = 0;
    };
    struct Place {
        std::size_t part = 0;
        std::uint64_t offset = 0; ///< from the part's dataStart
    };
    struct Found {
        SafetensorsHeader::Entry entry;
        std::size_t part = 0;
    };

    void readPart(InputFile file, std::vector<Found>& found);
    void takeModel(std::vector<Found>& found, const std::string& key);

    std::string m_subject;
    std::vector<Part> m_parts;
    std::vector<TensorInfo> m_tensors;
    std::vector<Place> m_places; // of each tensor
    nlohmann::json m_metadata;
    nlohmann::json m_object; // null: the format holds tensors alone
    StateDictOrigin m_origin;
};

} // namespace ocellus
