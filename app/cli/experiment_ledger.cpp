// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/experiment_ledger.h"

#include <limits>
#include <span>
#include <system_error>
#include <utility>
#include <vector>

#include <QByteArray>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/io/atomic_file.h"
#include "core/io/input_file.h"
#include "core/session/experiment_row_json.h"
#include "core/session/record_text.h"
#include "ui/figures/png_writer.h"

namespace ocellus {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::size_t mostLineBytes = 8U << 20; ///< two thumbnails and the effects of a thousand controls are 2 MB
constexpr std::size_t mostThumbnailBytes = 2U << 20;
constexpr std::size_t mostHashDigits = 64;
constexpr std::size_t sumDigits = 16;
constexpr int mostClasses = 1'000'000, mostDepth = 8;
constexpr std::size_t mostValues = 100'000;

/// Of a line before its sum is in it.
std::string sumOf(const json& line)
{
    return sha256(recordText(line)).substr(0, sumDigits);
}

std::string base64Of(const QImage& image)
{
    return image.isNull() ? std::string() : pngBytes(image).toBase64().toStdString();
}

QImage imageIn(const StrictJson& reader, const json& value, const char* what)
{
    const std::string& text = reader.text(value, what, mostThumbnailBytes);
    QImage image;
    if (!text.empty() && !image.loadFromData(QByteArray::fromBase64(QByteArray::fromStdString(text)), "PNG"))
        reader.fail(std::string("expected a PNG as \"") + what + "\"");
    return image;
}

/// A file's lines one after the other, of which the next may be long enough to fill the memory.
class BoundedLines {
public:
    explicit BoundedLines(const fs::path& path) : m_path(path), m_file(path, std::ios::binary), m_buffer(mostLineBytes)
    {
        requireGood();
    }

    /// False at the end, and where nothing ends the last line.
    bool next()
    {
        m_offset = m_next;
        m_file.getline(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size()));
        m_next += static_cast<std::uint64_t>(m_file.gcount());
        m_isTooLong = m_file.fail() && !m_file.eof() && m_file.gcount() > 0;
        if (m_isTooLong) {
            m_file.clear(m_file.rdstate() & ~std::ios::failbit);
            m_file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
            m_next += static_cast<std::uint64_t>(m_file.gcount());
        }
        requireGood();
        m_isTorn = m_file.eof() && m_next > m_offset;
        return !m_file.eof();
    }

    bool isTooLong() const { return m_isTooLong; }
    bool isTorn() const { return m_isTorn; } ///< after the last one
    std::uint64_t offset() const { return m_offset; }
    /// Empty where the line is too long.
    std::string text() const
    {
        return m_isTooLong ? std::string() : std::string(m_buffer.data(), m_next - m_offset - 1);
    }

private:
    void requireGood() const
    {
        if (!m_file.is_open() || m_file.bad())
            throw Error(ErrorCode::Unreadable, m_path.string(), "cannot be read");
    }

    const fs::path& m_path;
    std::ifstream m_file;
    std::vector<char> m_buffer;
    std::uint64_t m_offset = 0, m_next = 0;
    bool m_isTooLong = false, m_isTorn = false;
};

} // namespace

ExperimentLedger::ExperimentLedger(fs::path path, int classes, Beginning beginning)
    : m_path(std::move(path)),
      m_classes(classes)
{
    std::error_code failure; // what cannot be looked at cannot be opened either
    const bool goesOn = beginning == Beginning::Resumed && fs::exists(m_path, failure);
    if (goesOn)
        readEarlier();
    m_file.open(m_path, std::ios::binary | (goesOn ? std::ios::app : std::ios::trunc));
    if (!m_file)
        throw Error(ErrorCode::Unreadable, m_path.string(), "cannot be written");
}

void ExperimentLedger::readEarlier()
{
    std::size_t number = 0, damaged = 0;
    BoundedLines lines(m_path);
    while (lines.next()) {
        ++number;
        try {
            if (lines.isTooLong())
                throw Error(ErrorCode::TooLarge, m_path.string(),
                            "line " + std::to_string(number) + ": expected at most " + std::to_string(mostLineBytes) +
                                " bytes, got more");
            const std::string text = lines.text();
            m_earlier[lineIn(text, number, mostClasses).hash] = {lines.offset(), text.size()};
        } catch (const Error& error) {
            if (damaged++ == 0)
                m_damage = error.what();
        }
    }
    if (damaged > 0)
        m_damage += "; lines that are damaged: " + std::to_string(damaged) + ", whose pictures are done again";
    if (damaged > 0 || lines.isTorn())
        keepWhole();
}

/// What is appended later must not go on where a line was cut.
void ExperimentLedger::keepWhole()
{
    std::map<std::uint64_t, Place*> inOrder;
    for (auto& [hash, place] : m_earlier)
        inOrder[place.offset] = &place;
    AtomicFile file(m_path);
    std::uint64_t offset = 0;
    for (const auto& [before, place] : inOrder) {
        file.write(textAt(*place) + '\n');
        place->offset = offset;
        offset += place->bytes + 1;
    }
    file.commit();
}

std::string ExperimentLedger::textAt(const Place& place) const
{
    std::string text(place.bytes, '\0');
    InputFile(m_path).readAt(place.offset, std::as_writable_bytes(std::span(text)));
    return text;
}

ExperimentLedger::Line ExperimentLedger::lineIn(const std::string& text, std::size_t number, int classes) const
{
    StrictJson reader(m_path.string());
    reader.setPlace("line " + std::to_string(number));
    json value = reader.parsed(text, mostDepth, mostValues);
    reader.requireKeys(value, "a picture's entry", {"hash", "row", "before", "after", "sum"});
    const std::string sum = reader.text(value["sum"], "sum", sumDigits);
    value.erase("sum");
    if (sum != sumOf(value))
        reader.fail("expected an entry as it was written, got one that was changed");
    return {reader.text(value["hash"], "hash", mostHashDigits),
            {experimentRowIn(reader, value["row"], classes), imageIn(reader, value["before"], "before"),
             imageIn(reader, value["after"], "after")}};
}

std::optional<ExperimentLedger::Entry> ExperimentLedger::entry(const std::string& hash) const
{
    const auto earlier = m_earlier.find(hash);
    if (earlier == m_earlier.end())
        return std::nullopt;
    try {
        Line line = lineIn(textAt(earlier->second), 0, m_classes);
        if (line.hash == hash)
            return std::move(line.entry);
    } catch (const Error&) {
        // asked again
    }
    return std::nullopt;
}

void ExperimentLedger::add(const std::string& hash, const Entry& entry)
{
    json line{{"hash", hash},
              {"row", jsonOf(entry.row)},
              {"before", base64Of(entry.before)},
              {"after", base64Of(entry.after)}};
    line["sum"] = sumOf(line);
    m_file << recordText(line) << '\n' << std::flush;
    if (!m_file)
        throw Error(ErrorCode::Unreadable, m_path.string(), "cannot be written");
}

} // namespace ocellus
