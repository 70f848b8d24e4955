// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy_writer.h"

#include <algorithm>
#include <cstddef>

#include "core/io/atomic_file.h"

namespace ocellus {

std::string npyHeader(std::string_view type, std::span<const std::int64_t> shape)
{
    std::string extents;
    for (const std::int64_t extent : shape)
        extents += (extents.empty() ? "" : ", ") + std::to_string(extent);
    if (shape.size() == 1)
        extents += ","; // as NumPy writes it
    std::string dictionary =
        "{'descr': '" + std::string(type) + "', 'fortran_order': False, 'shape': (" + extents + "), }";
    constexpr std::size_t prefix = 10;
    const std::size_t total = (prefix + dictionary.size() + 1 + 63) / 64 * 64;
    dictionary.resize(total - prefix - 1, ' ');
    dictionary += '\n';
    const auto length = static_cast<std::uint16_t>(dictionary.size());
    std::string header("\x93NUMPY\x01\x00", 8);
    header += static_cast<char>(length & 0xFF);
    header += static_cast<char>(length >> 8);
    return header + dictionary;
}

void writeNpyTable(const std::filesystem::path& path, const NpyTable& table)
{
    AtomicFile file(path);
    const std::int64_t shape[] = {table.rows, table.columns};
    file.write(npyHeader("<i8", shape));
    file.write(std::as_bytes(std::span(table.values)));
    file.commit();
}

} // namespace ocellus
