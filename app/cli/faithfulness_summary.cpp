// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/faithfulness_summary.h"

#include <iomanip>
#include <locale>
#include <sstream>
#include <utility>

#include <QCoreApplication>

namespace ocellus {

using Json = nlohmann::ordered_json;

namespace {

/// The words of this file.
class FaithfulnessFactText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::FaithfulnessFacts)
};

Json meanJson(const BootstrapMean& mean)
{
    return {{"mean", mean.mean}, {"low", mean.low}, {"high", mean.high}};
}

std::string meanText(const BootstrapMean& mean)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << std::fixed << std::setprecision(3) << mean.mean << " (" << mean.low << " to " << mean.high << ')';
    return text.str();
}

QString textOf(const Json& value)
{
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

/// "intr.safetensors, SHA-256 0123456789ab, fixed:224"
QString modelText(const Json& model)
{
    constexpr std::size_t shownHashDigits = 12;
    return FaithfulnessFactText::tr("%1, SHA-256 %2, %3")
        .arg(textOf(model["file"]),
             QString::fromStdString(model["sha256"].get<std::string>().substr(0, shownHashDigits)),
             textOf(model["size"]));
}

} // namespace

FaithfulnessSummaries::FaithfulnessSummaries(const FaithfulnessTable& table, Json settings, std::uint64_t seed)
    : m_settings(std::move(settings)),
      m_measured(table.measured()),
      m_leftOut(table.leftOutCount()),
      m_summaries(table.summaries(seed)),
      m_differences(table.differences(seed))
{
}

Json FaithfulnessSummaries::json() const
{
    Json json = m_settings;
    json["n"] = m_measured;
    json["left_out"] = m_leftOut;
    json["interval"] = "95 % bootstrap over pictures";
    for (const FaithfulnessSummary& summary : m_summaries)
        json["orders"].push_back({{"order", summary.order},
                                  {"null", summary.isNull},
                                  {"insertion", meanJson(summary.insertion)},
                                  {"deletion", meanJson(summary.deletion)}});
    for (const FaithfulnessDifference& difference : m_differences)
        json["differences"].push_back({{"first", difference.first},
                                       {"second", difference.second},
                                       {"insertion", meanJson(difference.insertion)},
                                       {"deletion", meanJson(difference.deletion)}});
    return json;
}

std::string FaithfulnessSummaries::text() const
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << "pictures\t" << m_measured;
    if (m_leftOut > 0)
        text << ", and " << m_leftOut
             << " left out that the model or the judge names wrongly (--wrong-too measures them too)";
    text << "\njudge\t" << m_settings["judge"]["file"].get<std::string>() << "\norder\tinsertion\tdeletion\n";
    for (const FaithfulnessSummary& summary : m_summaries)
        text << summary.order << '\t' << meanText(summary.insertion) << '\t' << meanText(summary.deletion) << '\n';
    for (const FaithfulnessDifference& difference : m_differences)
        text << difference.first << " less " << difference.second << '\t' << meanText(difference.insertion) << '\t'
             << meanText(difference.deletion) << '\n';
    return text.str();
}

FaithfulnessResults FaithfulnessSummaries::results() const
{
    using Text = FaithfulnessFactText;
    FaithfulnessResults results;
    results.pictures = m_measured;
    results.leftOut = m_leftOut;
    results.summaries = m_summaries;
    results.differences = m_differences;
    const Json& substrate = m_settings["substrate"];
    results.facts = {{Text::tr("Model"), modelText(m_settings["model"])},
                     {Text::tr("Judge"), modelText(m_settings["judge"])},
                     {Text::tr("Ranked and exchanged"),
                      Text::tr("%1, %2 at a time").arg(textOf(m_settings["unit"]), textOf(m_settings["step"]))},
                     {Text::tr("Deletion puts in"), textOf(substrate["deletion"])},
                     {Text::tr("Insertion starts from"), textOf(substrate["insertion"])},
                     {Text::tr("Random orders a picture"), textOf(m_settings["random_orders"])},
                     {Text::tr("Seed"), textOf(m_settings["seed"])}};
    for (const Json& source : m_settings["sources"])
        results.facts.emplace_back(Text::tr("Source %1").arg(textOf(source["source"])), textOf(source["settings"]));
    return results;
}

} // namespace ocellus
