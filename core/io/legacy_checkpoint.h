// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/io/pickle_input.h"
#include "core/io/torch_checkpoint.h"

namespace ocellus {

/// torch.save's format before PyTorch 1.6: five pickles (magic number, protocol, system, object, storage keys), then
/// every storage as its number of elements in eight bytes and its values. Also what pickle.dump makes of a model: the
/// object alone, each storage in bytes of its own that are such a file with nothing else in it.
class LegacyCheckpoint : public TorchCheckpoint {
public:
    /// Throws Error as Checkpoint::open does, and what `find` throws.
    LegacyCheckpoint(InputFile input, const TorchContentsFinder& find, const Progress& progress);

    std::string format() const override { return m_isPlain ? "Python pickle" : "PyTorch legacy"; }

protected:
    void readStorage(const PickleStorage& storage, std::uint64_t offset, std::span<std::byte> out) const override;

private:
    PickleRef readObject(PickleInput& input, PickleHeap& heap, const Progress& progress);
    PickleStorage readNested(const PickleBytes& bytes);
    void requireSystem(PickleInput& input, PickleHeap& heap) const;
    void locateStorages(const PickleHeap& heap, PickleRef keys, std::uint64_t position);
    std::uint64_t locateStorage(const PickleStorage& storage, std::uint64_t position, std::uint64_t end);

    bool m_isPlain = false;
    std::map<std::string, std::uint64_t, std::less<>> m_starts; // of each storage's values in the file
};

} // namespace ocellus
