// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/atomic_file.h"

namespace ocellus {

/// What becomes of arrays in the archive; NumPy reads either.
enum class ArrayCompression { None, Deflate };

/// Writes arrays for `numpy.load`: one `.npy` (format 1.0) an array, in a zip. The file appears under its name
/// in close(); without it nothing is left behind.
class NpzWriter {
public:
    /// Throws Error(Unreadable) where the folder cannot be written to.
    explicit NpzWriter(std::filesystem::path path, ArrayCompression compression = ArrayCompression::None);

    /// Writes the values, row-major, to a temporary file beside the target; they need not live longer than the call.
    /// Throws Error: BadArgument where the shape's product is not the number of values, the name is not 1 to 100 ASCII
    /// letters, digits and underscores, or was used before; Unreadable where the disk is full.
    void add(std::string_view name, std::span<const float> values, std::vector<std::int64_t> shape);
    void add(std::string_view name, std::span<const std::int64_t> values, std::vector<std::int64_t> shape);
    void add(std::string_view name, std::span<const std::uint8_t> values, std::vector<std::int64_t> shape);

    /// Finishes the archive and gives it its name. Throws Error(Unreadable), then nothing is left behind.
    void close();

private:
    struct Array {
        std::string name;
        std::uint64_t begin; // of its .npy, in m_spool
        std::uint64_t end;
    };

    void addBytes(std::string_view name, std::string_view type, std::span<const std::byte> bytes, std::size_t count,
                  std::span<const std::int64_t> shape);

    std::filesystem::path m_path;
    ArrayCompression m_compression;
    AtomicFile m_spool; // never committed: libzip takes the arrays from it when the archive is closed
    std::uint64_t m_spooled = 0;
    std::vector<Array> m_arrays;
};

} // namespace ocellus
