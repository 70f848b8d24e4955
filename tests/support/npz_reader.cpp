// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/npz_reader.h"

#include <cstring>
#include <memory>
#include <stdexcept>

#include <QRegularExpression>

#include <zip.h>

namespace ocellus {

namespace {

constexpr std::size_t fixedHeaderBytes = 10; // magic, version, header length

std::string entryContent(zip_t* archive, zip_uint64_t index, const zip_stat_t& entry)
{
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(archive, index, 0), zip_fclose);
    std::string content(entry.size, '\0');
    if (!file || zip_fread(file.get(), content.data(), entry.size) != static_cast<zip_int64_t>(entry.size))
        throw std::runtime_error("cannot read an entry");
    return content;
}

template <typename T>
std::vector<double> valuesOf(const std::string& content, std::size_t begin)
{
    std::vector<T> typed((content.size() - begin) / sizeof(T));
    std::memcpy(typed.data(), content.data() + begin, typed.size() * sizeof(T));
    return std::vector<double>(typed.begin(), typed.end());
}

NpyArray parseNpy(const std::string& content)
{
    if (content.size() < fixedHeaderBytes || content.compare(0, 8, std::string("\x93NUMPY\x01\x00", 8)) != 0)
        throw std::runtime_error("no .npy of version 1.0");
    const std::size_t begin =
        fixedHeaderBytes + static_cast<unsigned char>(content[8]) + 256U * static_cast<unsigned char>(content[9]);
    const std::string header = content.substr(fixedHeaderBytes, begin - fixedHeaderBytes);
    static const QRegularExpression form(
        R"(^\{'descr': '([^']+)', 'fortran_order': False, 'shape': \(([0-9, ]*)\), \} *\n$)");
    const QRegularExpressionMatch match = form.match(QString::fromStdString(header));
    if (!match.hasMatch())
        throw std::runtime_error("unexpected header " + header);

    NpyArray array;
    array.type = match.captured(1).toStdString();
    static const QRegularExpression between("[, ]+");
    for (const QString& side : match.captured(2).split(between, Qt::SkipEmptyParts))
        array.shape.push_back(side.toLongLong());
    if (array.type == "<f4")
        array.values = valuesOf<float>(content, begin);
    else if (array.type == "<i8")
        array.values = valuesOf<std::int64_t>(content, begin);
    else if (array.type == "|u1")
        array.values = valuesOf<std::uint8_t>(content, begin);
    else
        throw std::runtime_error("unexpected type " + array.type);
    return array;
}

} // namespace

std::map<std::string, NpyArray> readNpz(const std::filesystem::path& path)
{
    const std::unique_ptr<zip_t, void (*)(zip_t*)> archive(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, nullptr),
                                                           zip_discard);
    if (!archive)
        throw std::runtime_error("cannot open " + path.string());
    std::map<std::string, NpyArray> arrays;
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        zip_stat_t entry;
        if (zip_stat_index(archive.get(), index, 0, &entry) != 0)
            throw std::runtime_error("cannot read the directory");
        const std::filesystem::path name = entry.name;
        arrays[name.stem()] = parseNpy(entryContent(archive.get(), index, entry));
    }
    return arrays;
}

} // namespace ocellus
