// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/zip_checkpoint.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/pickle_reader.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

/// The checkpoint that somebody packed as any other file, or empty.
std::string packedCheckpoint(const ZipArchive& archive)
{
    for (const ZipArchive::Entry& entry : archive.entries())
        for (const char* ending : {".pth", ".pt", ".ckpt", ".bin", ".safetensors"})
            if (entry.name.ends_with(ending) && !entry.name.starts_with("__MACOSX/"))
                return entry.name;
    return {};
}

} // namespace

ZipCheckpoint::ZipCheckpoint(InputFile input, const TorchContentsFinder& find, const Progress& progress)
    : TorchCheckpoint(std::move(input)),
      m_archive(file(), progress),
      m_folder(findFolder())
{
    m_archive.requireStored();
    checkByteOrder();
    const std::vector<std::byte> bytes = readPickleBytes();
    PickleInput pickle(
        [&](std::uint64_t offset, std::span<std::byte> out) { std::memcpy(out.data(), &bytes[offset], out.size()); },
        bytes.size(), subject());
    PickleHeap heap(subject());
    const PickleRef root = readPickle(pickle, heap, progress);
    setContents(find(heap, root, fileBytes()));
    checkStorages();
    progress.at(Stage::Read, 1.0);
}

std::string ZipCheckpoint::findFolder() const
{
    constexpr std::string_view suffix = "/data.pkl";
    std::string folder;
    for (const ZipArchive::Entry& entry : m_archive.entries()) {
        if (!entry.name.ends_with(suffix) || entry.name.find('/') != entry.name.size() - suffix.size())
            continue;
        if (!folder.empty())
            throw Error(ErrorCode::Damaged, subject(), "the archive has more than one data.pkl");
        folder = entry.name.substr(0, entry.name.size() - suffix.size() + 1);
    }
    if (const std::string packed = packedCheckpoint(m_archive); folder.empty() && !packed.empty())
        throw Error(ErrorCode::Unsupported, subject(),
                    "this is a zip archive with the checkpoint " + excerpt(packed) + " in it, not a checkpoint itself",
                    "Unpack the archive and open " + excerpt(packed));
    const auto isArray = [](const ZipArchive::Entry& entry) { return entry.name.ends_with(".npy"); };
    if (folder.empty() && std::ranges::any_of(m_archive.entries(), isArray))
        throw Error(ErrorCode::Unsupported, subject(),
                    "this is an archive of NumPy arrays (.npz), in which Google publishes its JAX weights under other "
                    "names and layouts",
                    "Open the same model's weights for PyTorch: timm's, or Hugging Face's model.safetensors");
    if (folder.empty())
        throw Error(ErrorCode::Unsupported, subject(),
                    "this zip archive has no data.pkl, so it is no checkpoint of torch.save",
                    "Save the model's state dict with torch.save(model.state_dict(), ...)");
    if (m_archive.find(folder + "constants.pkl") >= 0)
        throw Error(
            ErrorCode::Unsupported, subject(), "this is a TorchScript archive, which holds a program",
            "Save the state dict alone: torch.save(torch.jit.load(FILE).state_dict(), ...); of OpenAI's CLIP too");
    return folder;
}

void ZipCheckpoint::checkByteOrder() const
{
    constexpr std::string_view little = "little";
    const std::ptrdiff_t entry = m_archive.find(m_folder + "byteorder");
    if (entry < 0)
        return; // PyTorch before 2.1
    const auto index = static_cast<std::size_t>(entry);
    std::string order(m_archive.entries()[index].bytes == little.size() ? little.size() : 0, '\0');
    m_archive.read(index, 0, std::as_writable_bytes(std::span(order)));
    if (order != little)
        throw Error(ErrorCode::Unsupported, subject(), "it was written in big-endian byte order",
                    "Load it with PyTorch and save it on a little-endian machine");
}

std::vector<std::byte> ZipCheckpoint::readPickleBytes() const
{
    const auto entry = static_cast<std::size_t>(m_archive.find(m_folder + "data.pkl"));
    const std::uint64_t size = m_archive.entries()[entry].bytes;
    if (size > limits::pickleBytes)
        throw Error(ErrorCode::TooLarge, subject(),
                    "data.pkl has " + std::to_string(size) + " bytes, at most " + std::to_string(limits::pickleBytes) +
                        " are read");
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    m_archive.read(entry, 0, bytes);
    return bytes;
}

void ZipCheckpoint::checkStorages() const
{
    for (const TensorPlace& place : contents().places) {
        const PickleStorage& storage = *place.storage;
        const std::uint64_t bytes = m_archive.entries()[entryOf(storage)].bytes;
        const std::size_t elementSize = sizeOf(*storage.dtype);
        if (bytes % elementSize != 0 || bytes / elementSize != static_cast<std::uint64_t>(storage.fileCount))
            throw Error(ErrorCode::Damaged, subject(),
                        "storage " + excerpt(storage.key) + " should have " + std::to_string(storage.fileCount) +
                            " elements of " + std::to_string(elementSize) + " bytes, its entry has " +
                            std::to_string(bytes) + " bytes");
    }
}

std::size_t ZipCheckpoint::entryOf(const PickleStorage& storage) const
{
    const std::ptrdiff_t entry = m_archive.find(m_folder + "data/" + storage.key);
    if (entry < 0)
        throw Error(ErrorCode::Damaged, subject(), "the storage " + excerpt(storage.key) + " is not in the archive");
    return static_cast<std::size_t>(entry);
}

void ZipCheckpoint::readStorage(const PickleStorage& storage, std::uint64_t offset, std::span<std::byte> out) const
{
    m_archive.read(entryOf(storage), offset, out);
}

} // namespace ocellus
