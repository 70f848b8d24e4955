// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/evaluation_ledger.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "core/base/error.h"
#include "core/data/csv_reader.h"
#include "core/data/text_file.h"
#include "core/io/csv.h"

namespace ocellus::EvaluationLedger {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t maxBytes = 1'000'000'000;
constexpr std::string_view columns =
    "picture,hash,class,predicted,probability,rank,loss,energy,page,pages,first_reduced,"
    "deep,least,greatest,black,white,millimetres,profile,converted,damage";
constexpr std::size_t columnCount = 20;

/// Takes the fields of one line one after the other.
class Fields {
public:
    explicit Fields(const std::vector<std::string>& fields) : m_fields(fields) {}

    const std::string& text() { return m_fields[m_next++]; }

    template <typename Number>
    void read(Number& value)
    {
        const std::string& field = text();
        const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
        m_areNumbers = m_areNumbers && error == std::errc() && end == field.data() + field.size();
    }

    void read(bool& value)
    {
        int number = 0;
        read(number);
        value = number != 0;
    }

    bool areNumbers() const { return m_areNumbers; }

private:
    const std::vector<std::string>& m_fields;
    std::size_t m_next = 0;
    bool m_areNumbers = true;
};

/// Nothing where a field is no number. An apostrophe that CsvLine has put before a text stays: such a text is not met
/// again, and its picture asked anew.
std::optional<EvaluatedPicture> pictureOf(const std::vector<std::string>& record)
{
    EvaluatedPicture picture;
    Fields fields(record);
    fields.text();
    picture.hash = fields.text();
    PictureOutcome& outcome = picture.outcome;
    fields.read(outcome.trueClass);
    fields.read(outcome.predicted);
    fields.read(outcome.probability);
    fields.read(outcome.rank);
    fields.read(outcome.loss);
    fields.read(picture.energy);
    PictureFacts& facts = picture.facts;
    fields.read(facts.page);
    fields.read(facts.pages);
    fields.read(facts.isFirstReduced);
    fields.read(facts.isDeep);
    fields.read(facts.least);
    fields.read(facts.greatest);
    fields.read(facts.black);
    fields.read(facts.white);
    fields.read(facts.millimetresPerPixel);
    facts.profile = fields.text();
    fields.read(facts.isConverted);
    facts.damage = fields.text();
    if (!fields.areNumbers() || outcome.rank < 1 || outcome.trueClass < 0 || outcome.predicted < 0)
        return std::nullopt;
    return picture;
}

} // namespace

std::string header()
{
    return csvHeader(columns);
}

std::string line(const std::string& picture, const EvaluatedPicture& evaluated)
{
    const PictureOutcome& outcome = evaluated.outcome;
    const PictureFacts& facts = evaluated.facts;
    CsvLine line;
    line.text(picture).text(evaluated.hash).number(outcome.trueClass).number(outcome.predicted);
    line.number(outcome.probability).number(outcome.rank).number(outcome.loss).number(evaluated.energy);
    line.number(facts.page).number(facts.pages).number(int{facts.isFirstReduced}).number(int{facts.isDeep});
    line.number(facts.least).number(facts.greatest).number(facts.black).number(facts.white);
    line.number(facts.millimetresPerPixel).text(facts.profile).number(int{facts.isConverted}).text(facts.damage);
    return line.str();
}

std::map<std::string, EvaluatedPicture> read(const fs::path& path)
{
    std::map<std::string, EvaluatedPicture> pictures;
    if (!fs::exists(path))
        return pictures;
    const auto refuse = [&](const std::string& detail) {
        throw Error(ErrorCode::Damaged, path.string(), detail, "Run again without --resume");
    };
    const std::string text = readTextFile(path, "ledger", maxBytes).text;
    if (!text.starts_with(header()))
        refuse("expected the first line to be " + std::string(columns));
    CsvReader reader(std::string_view(text).substr(header().size()), ',');
    while (const std::optional<CsvReader::Record> record = reader.next()) {
        if (record->isBlank())
            continue;
        std::optional<EvaluatedPicture> picture;
        if (!record->damaged && record->fields.size() == columnCount)
            picture = pictureOf(record->fields);
        if (!picture)
            refuse("line " + std::to_string(record->line + 1) + " is none of an evaluation");
        pictures[record->fields.front()] = std::move(*picture);
    }
    return pictures;
}

} // namespace ocellus::EvaluationLedger
