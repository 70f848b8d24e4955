// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/torch_archive_writer.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "core/io/zip_handle.h"

namespace ocellus {

namespace {

/// One storage as libzip reads it while it writes the archive: loaded when it is opened, dropped when it is closed.
class StorageSource {
public:
    StorageSource(std::int64_t count, TorchArchiveWriter::Values values)
        : m_bytes(static_cast<std::uint64_t>(count) * sizeof(float)),
          m_values(std::move(values))
    {
        zip_error_init(&m_error);
    }
    ~StorageSource() { zip_error_fini(&m_error); }
    StorageSource(const StorageSource&) = delete;
    StorageSource& operator=(const StorageSource&) = delete;

    /// libzip's zip_source_callback; `self` is the source.
    static zip_int64_t serve(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command)
    {
        return static_cast<StorageSource*>(self)->obey(data, length, command);
    }

    void rethrow() const
    {
        if (m_failure)
            std::rethrow_exception(m_failure);
    }

private:
    zip_int64_t obey(void* data, zip_uint64_t length, zip_source_cmd_t command)
    {
        switch (command) {
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
        case ZIP_SOURCE_STAT: return describe(static_cast<zip_stat_t*>(data));
        case ZIP_SOURCE_OPEN: return load();
        case ZIP_SOURCE_READ: return read(data, length);
        case ZIP_SOURCE_CLOSE: m_loaded = std::vector<float>(); return 0; // "= {}" would keep the memory
        case ZIP_SOURCE_ERROR: return zip_error_to_data(&m_error, data, length);
        case ZIP_SOURCE_FREE: return 0;
        default: zip_error_set(&m_error, ZIP_ER_OPNOTSUPP, 0); return -1;
        }
    }

    zip_int64_t describe(zip_stat_t* status) const
    {
        zip_stat_init(status);
        status->valid = ZIP_STAT_SIZE;
        status->size = m_bytes;
        return sizeof *status;
    }

    zip_int64_t load()
    {
        try { // An exception must not pass through libzip, which is C.
            m_position = 0;
            m_loaded = m_values();
            if (m_loaded.size() * sizeof(float) != m_bytes)
                throw Error(ErrorCode::Internal, "storage", "it has another number of values than was announced");
            return 0;
        } catch (...) {
            m_failure = std::current_exception();
            zip_error_set(&m_error, ZIP_ER_READ, 0);
            return -1;
        }
    }

    zip_int64_t read(void* data, zip_uint64_t length)
    {
        const std::uint64_t count = std::min<std::uint64_t>(length, m_bytes - m_position);
        if (count > 0)
            std::memcpy(data, reinterpret_cast<const std::byte*>(m_loaded.data()) + m_position, count);
        m_position += count;
        return static_cast<zip_int64_t>(count);
    }

    std::uint64_t m_bytes;
    TorchArchiveWriter::Values m_values;
    std::vector<float> m_loaded;
    std::uint64_t m_position = 0;
    std::exception_ptr m_failure;
    zip_error_t m_error;
};

/// The archive under its temporary name.
class OpenArchive {
public:
    OpenArchive(const std::filesystem::path& path, const std::filesystem::path& temporary) : m_subject(path.string())
    {
        int code = 0;
        m_archive.reset(zip_open(temporary.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
        if (!m_archive)
            fail(zipErrorText(code));
    }

    /// The text must live until close().
    void addText(const std::string& name, std::string_view text)
    {
        add(name, zip_source_buffer(m_archive.get(), text.data(), text.size(), 0));
    }

    void addStorage(const std::string& name, StorageSource& storage)
    {
        add(name, zip_source_function(m_archive.get(), StorageSource::serve, &storage));
    }

    void close()
    {
        if (zip_close(m_archive.get()) != 0)
            fail(zip_strerror(m_archive.get()));
        static_cast<void>(m_archive.release());
    }

private:
    void add(const std::string& name, zip_source_t* source)
    {
        // What torch.save names the folder says nothing; it calls it so where it writes to a stream.
        const std::string path = "archive/" + name;
        const zip_int64_t index =
            source ? zip_file_add(m_archive.get(), path.c_str(), source, ZIP_FL_ENC_UTF_8) : zip_int64_t{-1};
        if (source && index < 0)
            zip_source_free(source);
        // Equal trainings make equal files, so no entry has a time of its own: 1980-01-01.
        constexpr zip_uint16_t firstDay = 1 << 5 | 1;
        const auto entry = static_cast<zip_uint64_t>(index);
        if (index < 0 || zip_set_file_compression(m_archive.get(), entry, ZIP_CM_STORE, 0) != 0 ||
            zip_file_set_dostime(m_archive.get(), entry, 0, firstDay, 0) != 0)
            fail(zip_strerror(m_archive.get()));
    }

    [[noreturn]] void fail(const std::string& reason) const
    {
        throw Error(ErrorCode::Unreadable, m_subject, "the checkpoint cannot be written: " + reason,
                    "Check the folder, its permissions and the free space");
    }

    std::string m_subject;
    ZipHandle m_archive;
};

} // namespace

std::string TorchArchiveWriter::addStorage(std::int64_t count, Values values)
{
    m_storages.push_back({count, std::move(values)});
    return std::to_string(m_storages.size() - 1);
}

void TorchArchiveWriter::write(const std::filesystem::path& path, const std::string& pickle)
{
    AtomicFile file(path);
    std::vector<std::unique_ptr<StorageSource>> sources; // libzip keeps their addresses
    OpenArchive archive(path, file.temporaryPath());
    // Readers take the folder's name from the first entry, which therefore is the pickle.
    archive.addText("data.pkl", pickle);
    archive.addText("byteorder", "little");
    for (Storage& storage : m_storages) {
        sources.push_back(std::make_unique<StorageSource>(storage.count, std::move(storage.values)));
        archive.addStorage("data/" + std::to_string(sources.size() - 1), *sources.back());
    }
    archive.addText("version", "3\n");
    try {
        archive.close();
    } catch (const Error&) {
        for (const std::unique_ptr<StorageSource>& source : sources)
            source->rethrow();
        throw;
    }
    file.adopt();
    file.commit();
}

} // namespace ocellus
