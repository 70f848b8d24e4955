// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/torch_checkpoint.h"
#include "core/io/zip_archive.h"

namespace ocellus {

/// torch.save's format since PyTorch 1.6: a zip archive with `<name>/data.pkl` and one entry a storage.
class ZipCheckpoint : public TorchCheckpoint {
public:
    /// Throws Error as Checkpoint::open does, and what `find` throws.
    ZipCheckpoint(InputFile input, const TorchContentsFinder& find, const Progress& progress);

    std::string format() const override { return "PyTorch zip"; }

protected:
    void readStorage(const PickleStorage& storage, std::uint64_t offset, std::span<std::byte> out) const override;

private:
    std::string findFolder() const;
    void checkByteOrder() const;
    std::vector<std::byte> readPickleBytes() const;
    void checkStorages() const;
    std::size_t entryOf(const PickleStorage& storage) const;

    ZipArchive m_archive;
    std::string m_folder; // what comes before "data.pkl" in every name
};

} // namespace ocellus
