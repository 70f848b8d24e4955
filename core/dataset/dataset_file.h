// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/dataset/dataset.h"

namespace ocellus {

/// What names of data sets' files end with.
inline constexpr const char* datasetExtension = ".ocellus-dataset";
/// What their "format" says.
inline constexpr const char* datasetFormat = "ocellus dataset";
/// The schema that is written.
inline constexpr int datasetSchema = 1;
inline constexpr std::uint64_t mostDatasetBytes = std::uint64_t{1} << 30;

/// Writes the set as JSON, whole or not at all, with paths relative to the file's folder and a picture a line.
/// `program` is the version that writes. Throws Error: Unreadable; TooLarge for a set that could not be read again.
void writeDatasetFile(const std::filesystem::path& path, const Dataset& dataset, const std::string& program);

/// Paths become absolute; no picture is opened. Throws Error: NotFound, Unreadable, TooLarge, Damaged (with the place),
/// Unsupported (a later schema).
Dataset readDatasetFile(const std::filesystem::path& path);

} // namespace ocellus
