// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

/// What a checkpoint from a stranger may ask for; ten times and more above the largest honest file known to us.
namespace ocellus::limits {

constexpr std::size_t tensors = 100'000;
constexpr std::size_t dimensions = 16;
constexpr std::size_t metadataEntries = 10'000;

/// The format's own limit for the JSON header of a safetensors file.
constexpr std::uint64_t safetensorsHeaderBytes = 100'000'000;

/// Entries of a zip archive: one a storage and a few more.
constexpr std::uint64_t zipEntries = 200'000;

/// A pickle without its storages; a released checkpoint with its optimizer has 300 kB.
constexpr std::uint64_t pickleBytes = 64U << 20;
constexpr std::size_t pickleOpcodes = 3'000'000;
constexpr std::size_t pickleDepth = 200;
/// Text and byte strings, and the integers of tensor shapes.
constexpr std::size_t pickleStringBytes = 64U << 20;

} // namespace ocellus::limits
