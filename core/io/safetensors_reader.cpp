// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/safetensors_reader.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/io/float_conversion.h"
#include "core/io/limits.h"
#include "core/io/little_endian.h"
#include "core/io/state_dict_choice.h"
#include "core/io/tensor_extent.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

constexpr std::uint64_t lengthBytes = 8;

std::string readHeader(const InputFile& file)
{
    const std::string subject = file.path().string();
    if (file.size() < lengthBytes)
        throw Error(ErrorCode::Damaged, subject,
                    "the file has " + std::to_string(file.size()) + " bytes, too few for a safetensors header");
    std::array<std::byte, lengthBytes> prefix{};
    file.readAt(0, prefix);
    const auto length = loadLittleEndian<std::uint64_t>(prefix.data());
    if (length > limits::safetensorsHeaderBytes)
        throw Error(ErrorCode::TooLarge, subject,
                    "the header claims " + std::to_string(length) + " bytes, the format allows " +
                        std::to_string(limits::safetensorsHeaderBytes));
    if (length > file.size() - lengthBytes)
        throw Error(ErrorCode::Damaged, subject,
                    "the header claims " + std::to_string(length) + " bytes, the file has " +
                        std::to_string(file.size() - lengthBytes) + " after its length");
    std::string header(length, '\0');
    file.readAt(lengthBytes, std::as_writable_bytes(std::span(header)));
    return header;
}

void checkExtent(const SafetensorsHeader::Entry& entry, const std::string& subject)
{
    const std::uint64_t needed = tensorBytes(entry.info, subject);
    if (entry.begin > entry.end || entry.end - entry.begin != needed)
        throw Error(ErrorCode::Damaged, subject,
                    "tensor " + excerpt(entry.info.name) + " of shape " + shapeText(entry.info.shape) + " needs " +
                        std::to_string(needed) + " bytes, its data_offsets are " + std::to_string(entry.begin) +
                        " to " + std::to_string(entry.end));
}

/// Tensors must fill the rest of the file without overlap or gap: what hides in a gap nobody has looked at.
void checkLayout(std::vector<SafetensorsHeader::Entry>& entries, std::uint64_t dataBytes, const std::string& subject)
{
    std::sort(entries.begin(), entries.end(), [](const auto& one, const auto& other) {
        return std::pair(one.begin, one.end) < std::pair(other.begin, other.end);
    });
    std::uint64_t position = 0;
    for (const SafetensorsHeader::Entry& entry : entries) {
        if (entry.begin != position)
            throw Error(ErrorCode::Damaged, subject,
                        "tensor " + excerpt(entry.info.name) + " begins at byte " + std::to_string(entry.begin) +
                            " of the data, where " + (entry.begin < position ? "another one lies" : "a gap is left") +
                            ": expected " + std::to_string(position));
        position = entry.end;
    }
    if (position != dataBytes)
        throw Error(ErrorCode::Damaged, subject,
                    "the tensors end at byte " + std::to_string(position) + " of the data, the file has " +
                        std::to_string(dataBytes));
}

} // namespace

SafetensorsReader::SafetensorsReader(const std::filesystem::path& path, const Progress& progress)
    : SafetensorsReader(InputFile(path), progress)
{
}

SafetensorsReader::SafetensorsReader(InputFile file, const Progress& progress, const std::string& key)
    : m_file(std::move(file))
{
    progress.at(Stage::Read, 0.0);
    const std::string subject = m_file.path().string();
    const std::string text = readHeader(m_file);
    progress.at(Stage::Read, 0.5);
    SafetensorsHeader header = parseSafetensorsHeader(text, subject);
    m_dataStart = lengthBytes + text.size();
    for (const SafetensorsHeader::Entry& entry : header.entries)
        checkExtent(entry, subject);
    checkLayout(header.entries, m_file.size() - m_dataStart, subject);
    takeModel(header.entries, key);
    std::sort(header.entries.begin(), header.entries.end(),
              [](const auto& one, const auto& other) { return one.info.name < other.info.name; });
    for (SafetensorsHeader::Entry& entry : header.entries) {
        m_tensors.push_back(std::move(entry.info));
        m_offsets.push_back(entry.begin);
    }
    checkNames(m_tensors, subject);
    if (header.hasMetadata) {
        m_metadata = header.metadata;
        m_origin.settingsKey = "__metadata__";
    }
    progress.at(Stage::Read, 1.0);
}

void SafetensorsReader::takeModel(std::vector<SafetensorsHeader::Entry>& entries, const std::string& key)
{
    const StateDictCandidate all{"/", 0, [&entries](const StateDictCandidate::Visitor& visit) {
                                     for (const SafetensorsHeader::Entry& entry : entries)
                                         visit(entry.info.name);
                                 }};
    const std::vector<StateDictOption> options = stateDictOptions({all});
    const std::size_t chosen = chooseStateDict(options, key, m_file.path().string());
    m_origin = originOf(options, chosen, {all});
    std::vector<SafetensorsHeader::Entry> taken;
    for (SafetensorsHeader::Entry& entry : entries)
        if (std::optional<std::string> name = options[chosen].nameWithin(entry.info.name)) {
            entry.info.name = std::move(*name);
            taken.push_back(std::move(entry));
        }
    entries = std::move(taken);
}

void SafetensorsReader::read(const TensorInfo& tensor, std::span<float> out) const
{
    const std::size_t index = readableIndex(*this, tensor, out.size(), m_file.path().string());
    const std::uint64_t start = m_dataStart + m_offsets[index];
    readAsFloat32(
        m_tensors[index].dtype,
        [&](std::uint64_t offset, std::span<std::byte> bytes) { m_file.readAt(start + offset, bytes); }, out);
}

} // namespace ocellus
