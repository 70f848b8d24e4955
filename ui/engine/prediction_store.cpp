// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/prediction_store.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <span>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/image/picture_address.h"
#include "core/io/input_file.h"

namespace ocellus {

namespace fs = std::filesystem;

namespace {

constexpr char ending[] = ".predictions";

/// As it lies on the disk; `check` is of the bytes before it, so that what a crash or another program left is told.
struct Record {
    std::uint64_t low, high;
    double energy;
    double logit;
    float probability;
    std::int32_t classIndex;
    std::uint64_t check;
};
constexpr std::size_t recordBytes = 48;
static_assert(sizeof(Record) == recordBytes && std::endian::native == std::endian::little);

constexpr std::size_t mostRecords = 2'000'000;

std::uint64_t checkOf(const Record& record)
{
    constexpr std::uint64_t version = 2;
    return contentKey(std::as_bytes(std::span(&record, 1)).first(offsetof(Record, check)), version).low;
}

bool isSound(const Record& record)
{
    return record.check == checkOf(record) && record.classIndex >= 0 && record.probability >= 0 &&
           record.probability <= 1 && std::isfinite(record.energy) && std::isfinite(record.logit);
}

} // namespace

std::optional<Prediction> PredictionStore::find(const ContentKey& model, const ContentKey& picture, int classes)
{
    turnTo(model);
    const auto found = m_known.find(picture);
    if (found == m_known.end() || found->second.classIndex >= classes)
        return std::nullopt;
    return found->second;
}

void PredictionStore::keep(const ContentKey& model, const ContentKey& picture, const Prediction& prediction)
{
    turnTo(model);
    if (m_folder.empty() || m_known.size() >= mostRecords || !m_known.emplace(picture, prediction).second)
        return;
    append(picture, prediction);
}

void PredictionStore::turnTo(const ContentKey& model)
{
    if (m_model == model)
        return;
    m_model = model;
    m_known.clear();
    std::array<char, 40> name{};
    std::snprintf(name.data(), name.size(), "%016llx%016llx", static_cast<unsigned long long>(model.high),
                  static_cast<unsigned long long>(model.low));
    m_file = m_folder / (name.data() + std::string(ending));
    if (!m_folder.empty())
        read();
}

void PredictionStore::read()
{
    std::error_code absent;
    const auto size = fs::file_size(m_file, absent);
    if (absent)
        return;
    // What is there behind the last whole record would shift all that are appended.
    if (size % recordBytes != 0)
        fs::resize_file(m_file, size - size % recordBytes, absent);
    fs::last_write_time(m_file, fs::file_time_type::clock::now(), absent); // it is one of those used last
    std::ifstream file(m_file, std::ios::binary);
    std::vector<Record> records(1'000);
    while (m_known.size() < mostRecords) {
        file.read(reinterpret_cast<char*>(records.data()), static_cast<std::streamsize>(records.size() * recordBytes));
        const auto count = static_cast<std::size_t>(file.gcount()) / recordBytes;
        for (const Record& record : std::span(records).first(count))
            if (isSound(record))
                m_known[{record.low, record.high}] = {record.classIndex, record.probability, record.energy,
                                                      record.logit};
        if (count < records.size())
            return;
    }
}

void PredictionStore::append(const ContentKey& picture, const Prediction& prediction) const
{
    std::error_code ignored;
    if (!fs::exists(m_file, ignored)) {
        fs::create_directories(m_folder, ignored);
        removeOldest();
    }
    Record record{picture.low,
                  picture.high,
                  prediction.energy,
                  prediction.logit,
                  prediction.probability,
                  prediction.classIndex,
                  0};
    record.check = checkOf(record);
    // Appended in one write: another window may do the same.
    std::ofstream file(m_file, std::ios::binary | std::ios::app);
    file.write(reinterpret_cast<const char*>(&record), recordBytes);
}

void PredictionStore::removeOldest() const
{
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(m_folder, ignored))
        if (entry.path().extension() == ending)
            files.emplace_back(entry.last_write_time(ignored), entry.path());
    std::ranges::sort(files);
    for (std::size_t i = 0; i + ModelsKept <= files.size(); ++i)
        fs::remove(files[i].second, ignored);
}

ContentKey keyOfFile(const fs::path& picture, const Progress& progress)
{
    const PictureAddress address = pictureAddress(picture);
    const InputFile file(address.file); // which does not wait for the writer of a pipe
    ContentKey key = contentKey(std::to_string(address.page));
    std::vector<char> piece(std::size_t{1} << 20);
    for (std::uint64_t at = 0;; at += piece.size()) {
        progress.throwIfStopped();
        piece.resize(std::min<std::uint64_t>(piece.size(), file.size() - at));
        file.readAt(at, std::as_writable_bytes(std::span(piece)));
        key = contentKey(std::string_view(piece.data(), piece.size()), key.low + key.high);
        if (piece.size() < (std::size_t{1} << 20)) // the last one, which may be empty
            break;
    }
    return key;
}

} // namespace ocellus
