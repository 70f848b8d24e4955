// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/image/picture_facts.h"

namespace ocellus {

namespace {

std::string rangeRemark(const PictureFacts& facts)
{
    const int share = (facts.greatest - facts.least) * 100 / SampleRange::largest;
    std::string text = "samples " + std::to_string(facts.least) + " to " + std::to_string(facts.greatest) +
                       " of 0 to 65535 (" + (share < 1 ? "less than 1" : std::to_string(share)) + " %)";
    if (facts.black != 0 || facts.white != SampleRange::largest)
        return text + ", shown from " + std::to_string(facts.black) + " to " + std::to_string(facts.white);
    return facts.usesLittle() ? text + ": nearly black, choose a range such as auto" : text;
}

} // namespace

bool PictureFacts::usesLittle() const
{
    return isDeep && static_cast<long long>(greatest - black) * 4 < static_cast<long long>(white - black);
}

std::vector<std::string> remarks(const PictureFacts& facts)
{
    std::vector<std::string> lines;
    if (!facts.damage.empty())
        lines.push_back("damaged, part of it is filled in: " + facts.damage);
    if (facts.pages > 1)
        lines.push_back("page " + std::to_string(facts.page) + " of " + std::to_string(facts.pages) +
                        (facts.isFirstReduced && facts.page != 1 ? ", the first is a smaller copy" : ""));
    if (facts.usesLittle() || facts.black != 0 || (facts.isDeep && facts.white != SampleRange::largest))
        lines.push_back(rangeRemark(facts));
    if (!facts.profile.empty())
        lines.push_back("colour profile " + facts.profile +
                        (facts.isConverted ? ": converted to sRGB" : ": colours are taken as they are stored"));
    return lines;
}

std::vector<std::string> notices(const PictureFacts& facts)
{
    std::vector<std::string> words;
    if (!facts.damage.empty())
        words.emplace_back("damaged file");
    if (facts.pages > 1)
        words.push_back("page " + std::to_string(facts.page) + " of " + std::to_string(facts.pages));
    if (facts.isDeep && (facts.black != 0 || facts.white != SampleRange::largest))
        words.push_back("samples " + std::to_string(facts.black) + " to " + std::to_string(facts.white));
    else if (facts.usesLittle())
        words.emplace_back("16 bits, nearly black");
    if (!facts.profile.empty())
        words.push_back(facts.profile + (facts.isConverted ? " colours as sRGB" : " colours as stored"));
    return words;
}

std::string remarkText(const PictureFacts& facts)
{
    std::string text;
    for (const std::string& line : remarks(facts))
        text += (text.empty() ? "" : "; ") + line;
    return text;
}

void RemarkCounts::add(const PictureFacts& facts)
{
    if (!facts.damage.empty())
        ++m_counts["damaged"];
    if (facts.pages > 1)
        ++m_counts["several pages, of which one is taken"];
    if (facts.usesLittle())
        ++m_counts["16 bits, of which little is used: nearly black without a range such as auto"];
    if (!facts.profile.empty())
        ++m_counts["colour profile " + facts.profile +
                   (facts.isConverted ? ", converted to sRGB" : ", taken as stored")];
}

std::vector<std::string> RemarkCounts::lines() const
{
    std::vector<std::string> lines;
    for (const auto& [remark, count] : m_counts)
        lines.push_back(std::to_string(count) + (count == 1 ? " picture: " : " pictures: ") + remark);
    return lines;
}

} // namespace ocellus
