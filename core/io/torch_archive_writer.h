// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace ocellus {

/// Writes the zip archive of torch.save since PyTorch 1.6: a pickle, the byte order, the version and one stored entry
/// a storage of float32 values.
class TorchArchiveWriter {
public:
    /// Gives a storage's values when their turn comes; called once, and may throw.
    using Values = std::function<std::vector<float>()>;

    /// Announces a storage of `count` values. Returns the key by which the pickle names it.
    std::string addStorage(std::int64_t count, Values values);

    /// Writes the file with one storage in memory at a time; it appears under its name only when it is whole, and an
    /// earlier file stays as it is where anything fails. For one call. Throws Error(Unreadable), for instance where the
    /// disk is full, and what the storages' values throw.
    void write(const std::filesystem::path& path, const std::string& pickle);

private:
    struct Storage {
        std::int64_t count = 0;
        Values values;
    };

    std::vector<Storage> m_storages;
};

} // namespace ocellus
