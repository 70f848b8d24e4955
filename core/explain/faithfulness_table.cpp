// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/faithfulness_table.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/data/csv_reader.h"
#include "core/io/atomic_file.h"
#include "core/io/csv.h"

namespace ocellus {

namespace {

constexpr const char* columns = "picture,class,judged_class,probability,order,insertion,deletion";

template <typename Number>
Number numberOf(const std::string& text, const std::filesystem::path& path)
{
    Number value{};
    const char* const end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc() || rest != end)
        throw Error(ErrorCode::Damaged, path.string(), "expected a number, got \"" + text + "\"");
    return value;
}

std::string textOf(const FaithfulnessRow& row)
{
    CsvLine line;
    line.text(row.picture).number(row.classIndex).number(row.judgedClass).number(row.probability).text(row.order);
    if (row.order == FaithfulnessTable::leftOut)
        return line.empty().empty().str();
    return line.number(row.insertion).number(row.deletion).str();
}

bool endsPicture(const FaithfulnessRow& row)
{
    return row.order == FaithfulnessTable::lastOrder || row.order == FaithfulnessTable::leftOut;
}

/// Rows of whole pictures.
std::vector<FaithfulnessRow> readRows(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file && !file.eof())
        throw Error(ErrorCode::Unreadable, path.string(), "cannot be read");
    text.resize(text.rfind('\n') + 1); // npos + 1 is 0
    if (text.empty())
        return {};
    CsvReader reader(text, ',');
    std::vector<FaithfulnessRow> rows;
    std::size_t whole = 0;
    while (const std::optional<CsvReader::Record> record = reader.next()) {
        const std::vector<std::string>& fields = record->fields;
        if (record->line == 1) {
            if (csvHeader(columns) != text.substr(0, text.find('\n') + 1))
                throw Error(ErrorCode::Damaged, path.string(),
                            "expected a table with the columns " + std::string(columns));
            continue;
        }
        if (record->isBlank())
            continue;
        constexpr std::size_t width = 7;
        if (record->damaged || fields.size() != width)
            throw Error(ErrorCode::Damaged, path.string(),
                        "expected seven fields in line " + std::to_string(record->line));
        FaithfulnessRow row{fields[0], numberOf<int>(fields[1], path), numberOf<int>(fields[2], path),
                            numberOf<double>(fields[3], path), fields[4]};
        if (row.order != FaithfulnessTable::leftOut) {
            row.insertion = numberOf<double>(fields[5], path);
            row.deletion = numberOf<double>(fields[6], path);
        }
        rows.push_back(std::move(row));
        if (endsPicture(rows.back()))
            whole = rows.size();
    }
    rows.resize(whole);
    return rows;
}

/// "random" of "random 7".
std::string kindOf(const std::string& order)
{
    return order.starts_with("random ") ? FaithfulnessTable::randomOrder : order;
}

bool isNull(const std::string& kind)
{
    return kind == FaithfulnessTable::randomOrder || kind == FaithfulnessTable::lastOrder ||
           kind.starts_with("reversed ");
}

/// Each picture's areas of each kind of order, the mean of several.
struct Areas {
    std::vector<std::string> kinds;                                 ///< in the order in which they come up
    std::map<std::string, std::vector<double>> insertion, deletion; ///< by kind, picture by picture
};

Areas areasOf(const std::vector<FaithfulnessRow>& rows)
{
    Areas areas;
    std::map<std::string, std::pair<double, double>> sums;
    std::map<std::string, int> counts;
    for (const FaithfulnessRow& row : rows) {
        if (row.order == FaithfulnessTable::leftOut)
            continue;
        const std::string kind = kindOf(row.order);
        if (std::ranges::find(areas.kinds, kind) == areas.kinds.end())
            areas.kinds.push_back(kind);
        sums[kind].first += row.insertion;
        sums[kind].second += row.deletion;
        ++counts[kind];
        if (!endsPicture(row))
            continue;
        for (const auto& [name, sum] : sums) {
            areas.insertion[name].push_back(sum.first / counts[name]);
            areas.deletion[name].push_back(sum.second / counts[name]);
        }
        sums.clear();
        counts.clear();
    }
    return areas;
}

BootstrapMean meanDifference(const std::vector<double>& a, const std::vector<double>& b, std::uint64_t seed)
{
    std::vector<double> differences;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        differences.push_back(a[i] - b[i]);
    return bootstrapMean(differences, seed);
}

} // namespace

FaithfulnessTable::FaithfulnessTable(std::filesystem::path path) : m_path(std::move(path))
{
    if (std::filesystem::exists(m_path))
        m_rows = readRows(m_path);
    std::string text = csvHeader(columns);
    for (const FaithfulnessRow& row : m_rows) {
        m_done.insert(row.picture);
        text += textOf(row);
    }
    writeFileAtomically(m_path, text);
}

void FaithfulnessTable::add(const std::vector<FaithfulnessRow>& rows)
{
    if (rows.empty() || !endsPicture(rows.back()))
        throw Error(ErrorCode::BadArgument, "faithfulness", "expected the rows of a whole picture");
    std::string text;
    for (const FaithfulnessRow& row : rows)
        text += textOf(row);
    std::ofstream file(m_path, std::ios::binary | std::ios::app);
    file << text << std::flush;
    if (!file)
        throw Error(ErrorCode::Unreadable, m_path.string(), "cannot be written");
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    m_done.insert(rows.front().picture);
}

void FaithfulnessTable::merge(const std::filesystem::path& other)
{
    std::set<std::string> taken;
    for (FaithfulnessRow& row : readRows(other))
        if (!m_done.contains(row.picture)) {
            taken.insert(row.picture);
            m_rows.push_back(std::move(row));
        }
    m_done.merge(taken);
}

int FaithfulnessTable::measured() const
{
    return static_cast<int>(std::ranges::count(m_rows, std::string(lastOrder), &FaithfulnessRow::order));
}

int FaithfulnessTable::leftOutCount() const
{
    return static_cast<int>(std::ranges::count(m_rows, std::string(leftOut), &FaithfulnessRow::order));
}

std::vector<FaithfulnessSummary> FaithfulnessTable::summaries(std::uint64_t seed) const
{
    const Areas areas = areasOf(m_rows);
    std::vector<FaithfulnessSummary> all;
    for (const std::string& kind : areas.kinds)
        all.push_back({kind, isNull(kind), bootstrapMean(areas.insertion.at(kind), seed),
                       bootstrapMean(areas.deletion.at(kind), seed)});
    return all;
}

std::vector<FaithfulnessDifference> FaithfulnessTable::differences(std::uint64_t seed) const
{
    const Areas areas = areasOf(m_rows);
    std::vector<std::string> sources;
    std::ranges::remove_copy_if(areas.kinds, std::back_inserter(sources), isNull);
    std::vector<FaithfulnessDifference> all;
    const auto compare = [&](const std::string& first, const std::string& second) {
        all.push_back({first, second, meanDifference(areas.insertion.at(first), areas.insertion.at(second), seed),
                       meanDifference(areas.deletion.at(first), areas.deletion.at(second), seed)});
    };
    for (std::size_t a = 0; a < sources.size(); ++a)
        for (std::size_t b = a + 1; b < sources.size(); ++b)
            compare(sources[a], sources[b]);
    for (const std::string& source : sources)
        for (const char* null : {randomOrder, lastOrder})
            if (areas.insertion.contains(null))
                compare(source, null);
    return all;
}

} // namespace ocellus
