// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/legacy_checkpoint.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/error.h"
#include "core/io/pickle_reader.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

constexpr std::string_view magicNumber("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);
constexpr std::int64_t protocolVersion = 1001;

bool isMagic(const PickleHeap& heap, PickleRef ref)
{
    const auto* number = heap.get<PickleBigInt>(ref);
    return number && number->bytes == magicNumber;
}

} // namespace

LegacyCheckpoint::LegacyCheckpoint(InputFile input, const TorchContentsFinder& find, const Progress& progress)
    : TorchCheckpoint(std::move(input))
{
    PickleInput pickles([this](std::uint64_t offset, std::span<std::byte> out) { file().readAt(offset, out); },
                        fileBytes(), subject());
    PickleHeap heap(subject());
    const PickleRef root = readObject(pickles, heap, progress);
    setContents(find(heap, root, fileBytes()));
    for (const TensorPlace& place : contents().places)
        if (!m_starts.contains(place.storage->key))
            throw Error(ErrorCode::Damaged, subject(),
                        "the storage " + excerpt(place.storage->key) + " is not in the file");
    progress.at(Stage::Read, 1.0);
}

PickleRef LegacyCheckpoint::readObject(PickleInput& input, PickleHeap& heap, const Progress& progress)
{
    heap.setNestedReader([this](const PickleBytes& bytes) { return readNested(bytes); });
    const PickleRef first = readPickle(input, heap, progress);
    heap.setNestedReader({});
    if (!isMagic(heap, first)) {
        m_isPlain = true;
        if (m_starts.empty())
            throw Error(ErrorCode::Unsupported, subject(), "this is a Python pickle, but not one of torch.save",
                        "Save the model's state dict with torch.save(model.state_dict(), ...)");
        return first;
    }
    requireSystem(input, heap);
    const PickleRef root = readPickle(input, heap, progress);
    const PickleRef keys = readPickle(input, heap, progress);
    locateStorages(heap, keys, input.position());
    return root;
}

/// Where the one storage of a small file within this one lies. Keys are unique in each small file only.
PickleStorage LegacyCheckpoint::readNested(const PickleBytes& bytes)
{
    // Its values come after the pickles, and a pickle may name the same bytes any number of times.
    constexpr std::uint64_t mostPickled = 4096;
    PickleInput input(
        [this, &bytes](std::uint64_t offset, std::span<std::byte> out) { file().readAt(bytes.position + offset, out); },
        std::min(bytes.size, mostPickled), subject());
    PickleHeap heap(subject()); // without a nested reader: one level is all that there is
    const bool isFile = isMagic(heap, readPickle(input, heap));
    if (isFile)
        requireSystem(input, heap);
    const PickleRef root = isFile ? readPickle(input, heap) : PickleRef{0};
    const auto* storage = heap.get<std::shared_ptr<const PickleStorage>>(root);
    if (!storage || !(*storage)->dtype)
        throw Error(ErrorCode::Damaged, subject(),
                    "the bytes at " + std::to_string(bytes.position) + " of the pickle should hold one storage");
    readPickle(input, heap); // its key
    PickleStorage found = **storage;
    found.key = "at byte " + std::to_string(bytes.position);
    locateStorage(found, bytes.position + input.position(), bytes.position + bytes.size);
    return found;
}

void LegacyCheckpoint::requireSystem(PickleInput& input, PickleHeap& heap) const
{
    const auto* version = heap.get<std::int64_t>(readPickle(input, heap));
    if (!version || *version != protocolVersion)
        throw Error(ErrorCode::Unsupported, subject(),
                    "its format has version " + (version ? std::to_string(*version) : std::string("?")) +
                        ", expected " + std::to_string(protocolVersion));
    const auto* system = heap.get<PickleDict>(readPickle(input, heap));
    const PickleRef* little = system ? heap.find(*system, "little_endian") : nullptr;
    const bool* isLittle = little ? heap.get<bool>(*little) : nullptr;
    if (!isLittle)
        throw Error(ErrorCode::Damaged, subject(), "it does not say in which byte order it was written");
    if (!*isLittle)
        throw Error(ErrorCode::Unsupported, subject(), "it was written in big-endian byte order",
                    "Load it with PyTorch and save it on a little-endian machine");
}

void LegacyCheckpoint::locateStorages(const PickleHeap& heap, PickleRef keys, std::uint64_t position)
{
    const auto* list = heap.get<PickleList>(keys);
    if (!list)
        throw Error(ErrorCode::Damaged, subject(), "the list of its storages is missing");
    for (const PickleRef item : list->items) {
        const auto* key = heap.get<PickleText>(item);
        const PickleStorage* storage = key ? heap.findStorage(key->text) : nullptr;
        if (!storage || m_starts.contains(key->text))
            throw Error(ErrorCode::Damaged, subject(),
                        "its list of storages names " + (key ? excerpt(key->text) : std::string("something")) +
                            (storage ? " twice" : ", which nothing refers to"));
        if (!storage->dtype)
            throw Error(ErrorCode::Unsupported, subject(),
                        "storage " + excerpt(key->text) + " has complex or quantised values");
        position = locateStorage(*storage, position, file().size());
    }
}

std::uint64_t LegacyCheckpoint::locateStorage(const PickleStorage& storage, std::uint64_t position, std::uint64_t end)
{
    std::array<std::byte, sizeof(std::int64_t)> prefix{};
    file().readAt(position, prefix); // which refuses what the file has not
    position += prefix.size();
    if (position > end)
        throw Error(ErrorCode::Damaged, subject(), "its bytes end before storage " + excerpt(storage.key));
    const auto count = loadLittleEndian<std::int64_t>(prefix.data());
    if (count != storage.fileCount)
        throw Error(ErrorCode::Damaged, subject(),
                    "storage " + excerpt(storage.key) + " should have " + std::to_string(storage.fileCount) +
                        " elements, the file says " + std::to_string(count));
    const std::size_t elementSize = sizeOf(*storage.dtype);
    if (static_cast<std::uint64_t>(count) > (end - position) / elementSize)
        throw Error(ErrorCode::Damaged, subject(),
                    "storage " + excerpt(storage.key) + " needs " + std::to_string(count) + " elements of " +
                        std::to_string(elementSize) + " bytes, " + std::to_string(end - position) +
                        " bytes are left in the file");
    m_starts.emplace(storage.key, position);
    return position + static_cast<std::uint64_t>(count) * elementSize;
}

void LegacyCheckpoint::readStorage(const PickleStorage& storage, std::uint64_t offset, std::span<std::byte> out) const
{
    file().readAt(m_starts.find(storage.key)->second + offset, out);
}

} // namespace ocellus
