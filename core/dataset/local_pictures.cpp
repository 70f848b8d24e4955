// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/dataset/local_pictures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "core/data/name_text.h"
#include "core/data/part_points.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// "%C3%A9" as é; what is no such code stays.
std::string percentDecoded(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned code = 0;
        const bool isCode =
            text[i] == '%' && i + 2 < text.size() &&
            std::from_chars(text.data() + i + 1, text.data() + i + 3, code, 16).ptr == text.data() + i + 3;
        result += isCode ? static_cast<char>(code) : text[i];
        i += isCode ? 2 : 0;
    }
    return result;
}

bool isUrl(std::string_view reference)
{
    return reference.starts_with("http://") || reference.starts_with("https://") || reference.starts_with("ftp://");
}

/// Names that servers give to each picture's sizes.
bool isSizeName(const std::string& stem)
{
    static constexpr std::array<std::string_view, 9> names{"original", "large", "medium", "small",  "square",
                                                           "thumb",    "full",  "max",    "default"};
    return std::ranges::find(names, stem) != names.end();
}

/// "123" of "123_1" and "123 (2)"; nothing where no count follows.
std::optional<std::string> withoutCount(const std::string& stem)
{
    const std::size_t end = stem.find_last_of("_- .");
    if (end == std::string::npos || end == 0 || end + 1 == stem.size())
        return std::nullopt;
    const std::string count = stem.substr(end + 1);
    const bool isCount =
        std::ranges::all_of(count, [](char c) { return (c >= '0' && c <= '9') || c == '(' || c == ')'; });
    return isCount && count.size() <= 5 ? std::optional(stem.substr(0, end)) : std::nullopt;
}

} // namespace

LocalPictures::LocalPictures(fs::path folder, ImageListing listing) : m_folder(std::move(folder))
{
    for (ImageFile& image : listing.images) {
        const std::size_t place = m_files.size();
        m_byPath.emplace(PartPoints::nameOf(image.relative.generic_string()), place);
        const std::string stem = caseFolded(image.path.stem().string());
        m_byName.emplace(caseFolded(image.path.filename().string()), place);
        m_byStem.emplace(stem, place);
        m_byRecord.emplace(stem, place);
        if (const std::optional<std::string> record = withoutCount(stem))
            m_byRecord.emplace(*record, place);
        m_files.push_back(std::move(image.path));
    }
}

fs::path LocalPictures::only(const Places& places, const std::string& key) const
{
    const auto [first, last] = places.equal_range(key);
    return first != last && std::next(first) == last ? m_files[first->second] : fs::path();
}

fs::path LocalPictures::ofUrl(std::string_view url) const
{
    const fs::path path = percentDecoded(url.substr(0, url.find_first_of("?#")));
    if (isSizeName(caseFolded(path.stem().string())))
        return only(m_byStem, caseFolded(path.parent_path().filename().string()));
    const fs::path found = only(m_byName, caseFolded(path.filename().string()));
    return found.empty() ? only(m_byStem, caseFolded(path.stem().string())) : found;
}

fs::path LocalPictures::find(std::string_view reference) const
{
    if (reference.empty())
        return {};
    if (isUrl(reference))
        return ofUrl(reference);
    std::string name = PartPoints::nameOf(reference);
    const std::string fileName = name.substr(name.find_last_of('/') + 1);
    // "photos/a/1.jpg" of a table that lies in photos, or above what was copied here.
    for (std::string rest = name; !rest.empty();) {
        if (const auto found = m_byPath.find(rest); found != m_byPath.end())
            return m_files[found->second];
        const std::size_t slash = rest.find('/');
        rest = slash == std::string::npos ? std::string() : rest.substr(slash + 1);
    }
    std::error_code absent;
    const fs::path whole = fs::path(std::string(reference));
    if (fs::is_regular_file(whole.is_absolute() ? whole : m_folder / whole, absent))
        return whole.is_absolute() ? whole : (m_folder / whole).lexically_normal();
    const fs::path byName = only(m_byName, caseFolded(fileName));
    return byName.empty() ? only(m_byStem, caseFolded(fileName)) : byName;
}

std::vector<fs::path> LocalPictures::ofRecord(const std::string& number) const
{
    const auto [first, last] = m_byRecord.equal_range(caseFolded(number));
    std::vector<fs::path> paths;
    for (auto place = first; place != last; ++place)
        paths.push_back(m_files[place->second]);
    std::ranges::sort(paths);
    return paths;
}

bool LocalPictures::isAmbiguous(std::string_view reference) const
{
    const fs::path path = isUrl(reference) ? percentDecoded(reference.substr(0, reference.find_first_of("?#")))
                                           : PartPoints::nameOf(reference);
    return m_byName.count(caseFolded(path.filename().string())) > 1;
}

} // namespace ocellus
