// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace ocellus {

/// Writes arrays for `numpy.load`: one `.npy` (format 1.0) an array, stored in a zip. The file appears under its name
/// in close(); without it nothing is left behind.
class NpzWriter {
public:
    /// Throws Error(Unreadable) where the folder cannot be written to.
    explicit NpzWriter(std::filesystem::path path);
    ~NpzWriter();
    NpzWriter(const NpzWriter&) = delete;
    NpzWriter& operator=(const NpzWriter&) = delete;

    /// Writes the values, row-major, to the disk at once; they need not live longer than the call.
    /// Throws Error: BadArgument where the shape's product is not the number of values or the name was used before,
    /// Unreadable where the disk is full.
    void add(std::string_view name, std::span<const float> values, std::vector<std::int64_t> shape);
    void add(std::string_view name, std::span<const std::int64_t> values, std::vector<std::int64_t> shape);
    void add(std::string_view name, std::span<const std::uint8_t> values, std::vector<std::int64_t> shape);

    /// Finishes the archive and gives it its name. Throws Error(Unreadable), then nothing is left behind.
    void close();

private:
    class Archive;

    std::unique_ptr<Archive> m_archive;
};

} // namespace ocellus
