// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/zip_archive.h"

#include <algorithm>

#include <unistd.h>
#include <zip.h>

#include "core/base/error.h"
#include "core/io/text.h"
#include "core/io/zip_directory.h"
#include "core/io/zip_handle.h"

namespace ocellus {

namespace {

struct CloseEntry {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};

zip_t* openArchive(const InputFile& file)
{
    const std::string subject = file.path().string();
    const int descriptor = dup(file.descriptor());
    int code = 0;
    zip_t* archive = descriptor < 0 ? nullptr : zip_fdopen(descriptor, ZIP_CHECKCONS, &code);
    if (archive)
        return archive;
    if (descriptor >= 0)
        close(descriptor);
    const std::string reason = code == ZIP_ER_EXISTS   ? "two entries have the same name (a duplicate)"
                               : code == ZIP_ER_INCONS ? "its headers contradict each other"
                                                       : zipErrorText(code);
    throw Error(ErrorCode::Damaged, subject, "it begins like a zip archive, but cannot be read as one: " + reason,
                "The file may be cut short: compare its size with the original's or copy it again");
}

} // namespace

void ZipArchive::Discard::operator()(zip* archive) const
{
    zip_discard(archive);
}

ZipArchive::ZipArchive(const InputFile& file, const Progress& progress)
    : m_subject(file.path().string()),
      m_fileBytes(file.size())
{
    checkZipDirectory(file);
    m_archive.reset(openArchive(file));
    const auto count = static_cast<std::uint64_t>(std::max<zip_int64_t>(0, zip_get_num_entries(m_archive.get(), 0)));
    for (std::uint64_t i = 0; i < count; ++i) {
        if (i % 1024 == 0)
            progress.throwIfStopped();
        addEntry(i);
    }
    m_verified.resize(m_entries.size(), false);
}

void ZipArchive::addEntry(std::uint64_t index)
{
    zip_stat_t status;
    zip_stat_init(&status);
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD |
                                    ZIP_STAT_ENCRYPTION_METHOD | ZIP_STAT_CRC;
    if (zip_stat_index(m_archive.get(), index, ZIP_FL_ENC_RAW, &status) != 0 || (status.valid & needed) != needed)
        throw Error(ErrorCode::Damaged, m_subject, "entry " + std::to_string(index) + " of the archive is incomplete");
    const std::string name = status.name;
    if (!m_index.emplace(name, m_entries.size()).second)
        throw Error(ErrorCode::Damaged, m_subject, "the entry " + excerpt(name) + " is there twice (a duplicate)");
    const bool encrypted = status.encryption_method != ZIP_EM_NONE;
    const bool compressed = status.comp_method != ZIP_CM_STORE;
    m_entries.push_back({name, status.size, status.comp_size,
                         encrypted    ? "encrypted"
                         : compressed ? "compressed"
                                      : std::string_view()});
}

void ZipArchive::requireStored() const
{
    // Headers count too, so that entries which overlap cannot hide in their room.
    constexpr std::uint64_t localHeader = 30;
    constexpr std::uint64_t directoryHeader = 46;
    std::uint64_t bytesLeft = m_fileBytes;
    for (const Entry& entry : m_entries) {
        if (!entry.packing.empty())
            throw Error(ErrorCode::Unsupported, m_subject,
                        "the entry " + excerpt(entry.name) + " is " + std::string(entry.packing) +
                            ", torch.save only stores");
        const std::uint64_t headers = localHeader + directoryHeader + 2 * entry.name.size();
        if (entry.bytes != entry.packedBytes || headers > bytesLeft || entry.bytes > bytesLeft - headers)
            throw Error(ErrorCode::Damaged, m_subject,
                        "the entry " + excerpt(entry.name) + " claims " + std::to_string(entry.bytes) +
                            " bytes, more than the file can hold (entries may not overlap)");
        bytesLeft -= headers + entry.bytes;
    }
}

std::ptrdiff_t ZipArchive::find(std::string_view name) const
{
    const auto found = m_index.find(name);
    return found == m_index.end() ? -1 : static_cast<std::ptrdiff_t>(found->second);
}

void ZipArchive::read(std::size_t entry, std::uint64_t offset, std::span<std::byte> out) const
{
    const auto fail = [&](const std::string& reason) {
        throw Error(ErrorCode::Damaged, m_subject, "the entry " + excerpt(m_entries[entry].name) + " " + reason);
    };
    if (offset > m_entries[entry].bytes || out.size() > m_entries[entry].bytes - offset)
        fail("has " + std::to_string(m_entries[entry].bytes) + " bytes, too few");
    const std::unique_ptr<zip_file_t, CloseEntry> file(zip_fopen_index(m_archive.get(), entry, 0));
    if (!file)
        fail(std::string("cannot be read: ") + zip_strerror(m_archive.get()));
    const auto readFully = [&](std::span<std::byte> part) {
        while (!part.empty()) {
            const zip_int64_t got = zip_fread(file.get(), part.data(), part.size());
            if (got <= 0)
                fail(std::string("cannot be read: ") + (got < 0 ? zip_file_strerror(file.get()) : "it is cut short"));
            part = part.subspan(static_cast<std::size_t>(got));
        }
    };
    if (m_verified[entry]) {
        if (zip_fseek(file.get(), static_cast<zip_int64_t>(offset), SEEK_SET) != 0)
            fail(std::string("cannot be read: ") + zip_file_strerror(file.get()));
        return readFully(out);
    }
    // libzip compares the CRC when it has seen every byte up to the end.
    std::vector<std::byte> rest(static_cast<std::size_t>(std::min<std::uint64_t>(m_entries[entry].bytes, 1U << 18)));
    const auto skip = [&](std::uint64_t count) {
        for (std::uint64_t part = 0; count > 0; count -= part) {
            part = std::min<std::uint64_t>(count, rest.size());
            readFully(std::span(rest).first(static_cast<std::size_t>(part)));
        }
    };
    skip(offset);
    readFully(out);
    skip(m_entries[entry].bytes - offset - out.size());
    std::byte beyond{};
    if (const zip_int64_t got = zip_fread(file.get(), &beyond, 1); got != 0)
        fail(got < 0 ? std::string("is damaged: ") + zip_file_strerror(file.get()) : "is longer than it claims");
    m_verified[entry] = true;
}

} // namespace ocellus
