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

namespace {

std::vector<InputFile> alone(InputFile file)
{
    std::vector<InputFile> files;
    files.push_back(std::move(file));
    return files;
}

} // namespace

SafetensorsReader::SafetensorsReader(InputFile file, const Progress& progress, const std::string& key)
    : SafetensorsReader(alone(std::move(file)), {}, progress, key)
{
}

SafetensorsReader::SafetensorsReader(std::vector<InputFile> files, std::string subject, const Progress& progress,
                                     const std::string& key)
    : m_subject(subject.empty() && !files.empty() ? files.front().path().string() : std::move(subject))
{
    progress.at(Stage::Read, 0.0);
    std::vector<Found> found;
    const auto count = static_cast<double>(files.size());
    for (InputFile& file : files) {
        readPart(std::move(file), found);
        progress.at(Stage::Read, static_cast<double>(m_parts.size()) / count / 2);
    }
    takeModel(found, key);
    std::ranges::sort(found, {}, [](const Found& one) -> const std::string& { return one.entry.info.name; });
    for (Found& one : found) {
        m_tensors.push_back(std::move(one.entry.info));
        m_places.push_back({one.part, one.entry.begin});
    }
    checkNames(m_tensors, m_subject);
    progress.at(Stage::Read, 1.0);
}

void SafetensorsReader::readPart(InputFile file, std::vector<Found>& found)
{
    const std::string subject = file.path().string();
    const std::string text = readHeader(file);
    SafetensorsHeader header = parseSafetensorsHeader(text, subject);
    const std::uint64_t dataStart = lengthBytes + text.size();
    for (const SafetensorsHeader::Entry& entry : header.entries)
        checkExtent(entry, subject);
    checkLayout(header.entries, file.size() - dataStart, subject);
    for (SafetensorsHeader::Entry& entry : header.entries)
        found.push_back({std::move(entry), m_parts.size()});
    if (header.hasMetadata && m_metadata.is_null()) {
        m_metadata = header.metadata;
        m_origin.settingsKey = "__metadata__";
    }
    m_parts.push_back({std::move(file), dataStart});
}

void SafetensorsReader::takeModel(std::vector<Found>& found, const std::string& key)
{
    const StateDictCandidate all{"/", 0, [&found](const StateDictCandidate::Visitor& visit) {
                                     for (const Found& one : found)
                                         visit(one.entry.info.name);
                                 }};
    const std::vector<StateDictOption> options = stateDictOptions({all});
    const std::size_t chosen = chooseStateDict(options, key, m_subject);
    const std::string settingsKey = m_origin.settingsKey;
    m_origin = originOf(options, chosen, {all});
    m_origin.settingsKey = settingsKey;
    std::vector<Found> taken;
    for (Found& one : found)
        if (std::optional<std::string> name = options[chosen].nameWithin(one.entry.info.name)) {
            one.entry.info.name = std::move(*name);
            taken.push_back(std::move(one));
        }
    found = std::move(taken);
}

std::uint64_t SafetensorsReader::fileBytes() const
{
    std::uint64_t sum = 0;
    for (const Part& part : m_parts)
        sum += part.file.size();
    return sum;
}

std::vector<std::filesystem::path> SafetensorsReader::files() const
{
    std::vector<std::filesystem::path> paths;
    for (const Part& part : m_parts)
        paths.push_back(part.file.path());
    return paths;
}

void SafetensorsReader::read(const TensorInfo& tensor, std::span<float> out) const
{
    const std::size_t index = readableIndex(*this, tensor, out.size(), m_subject);
    const Part& part = m_parts[m_places[index].part];
    const std::uint64_t start = part.dataStart + m_places[index].offset;
    readAsFloat32(
        m_tensors[index].dtype,
        [&](std::uint64_t offset, std::span<std::byte> bytes) { part.file.readAt(start + offset, bytes); }, out);
}

} // namespace ocellus
