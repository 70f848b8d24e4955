// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/class_order.h"

#include <algorithm>
#include <array>
#include <set>
#include <system_error>

#include "core/base/error.h"
#include "core/data/class_rows.h"
#include "core/data/name_text.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

bool isDigit(char letter)
{
    return letter >= '0' && letter <= '9';
}

/// Takes the digits at the start off, and gives them without leading zeros: then longer ones are larger.
std::string_view takeNumber(std::string_view& text)
{
    std::size_t end = 0;
    while (end < text.size() && isDigit(text[end]))
        ++end;
    std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    return digits;
}

bool comesBefore(const std::string& first, const std::string& second)
{
    std::string_view a = first;
    std::string_view b = second;
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            const std::string_view numberOfA = takeNumber(a);
            const std::string_view numberOfB = takeNumber(b);
            if (numberOfA.size() != numberOfB.size())
                return numberOfA.size() < numberOfB.size();
            if (numberOfA != numberOfB)
                return numberOfA < numberOfB;
        } else if (a.front() != b.front()) {
            return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front());
        } else {
            a.remove_prefix(1);
            b.remove_prefix(1);
        }
    }
    return a.empty() != b.empty() ? a.empty() : first < second;
}

/// A number and nothing else, or one that displayName takes off: "10" and "010.Wren", but not "7_spot_ladybird".
bool isNumbered(const std::string& name)
{
    return areNumbers({name}) || (isDigit(name.empty() ? ' ' : name.front()) &&
                                  displayName(name).size() < name.size() && !isDigit(displayName(name).front()));
}

[[noreturn]] void refuse(const fs::path& folder, const std::string& detail, const std::string& wayOut)
{
    throw Error(ErrorCode::Mismatch, folder.string(),
                "the checkpoint holds no class names, so its classes would be these folders in their order, but " +
                    detail,
                wayOut);
}

void requireOrderOfNumbers(const fs::path& folder, const std::vector<std::string>& names)
{
    const auto count = std::ranges::count_if(names, isNumbered);
    if (count == 0)
        return;
    const std::string wayOut = "Give the class table that the checkpoint was trained with";
    if (static_cast<std::size_t>(count) < names.size() && 2 * static_cast<std::size_t>(count) > names.size())
        refuse(folder, *std::ranges::find_if_not(names, isNumbered) + " has no number, as the others have", wayOut);
    if (static_cast<std::size_t>(count) < names.size())
        return;
    std::vector<std::string> natural = names;
    sortFolders(natural, FolderOrder::Natural);
    const auto [byBytes, byNumber] = std::ranges::mismatch(names, natural);
    if (byBytes != names.end())
        refuse(folder,
               "class " + std::to_string(byBytes - names.begin()) + " is " + *byBytes +
                   " in byte order, as torchvision sorts them, and " + *byNumber + " in the order of the numbers",
               "Choose with --class-order bytes or --class-order natural, or give a class table");
}

/// The other splits of a data set have the classes that the model was trained with, as far as one can know.
void requireNamesOfOtherSplits(const fs::path& folder, const std::vector<std::string>& names)
{
    static constexpr std::array<std::string_view, 3> splits{"train", "training", "val"};
    std::error_code failure;
    const fs::path own = fs::canonical(folder, failure);
    std::set<std::string> known;
    for (const std::string& name : names)
        known.insert(normalised(name));
    for (const std::string_view split : splits) {
        const fs::path other = own.parent_path() / split;
        if (other == own || !fs::is_directory(other, failure))
            continue;
        const std::vector<std::string> others = listClassFolders(other).names;
        if (others.size() != names.size())
            continue;
        const auto strange = std::ranges::find_if(
            others, [&known](const std::string& name) { return !known.contains(normalised(name)); });
        if (strange != others.end())
            refuse(folder, *strange + " of " + other.string() + " is not among them",
                   "Name the folders alike, or give the class table that the checkpoint was trained with");
    }
}

} // namespace

FolderOrder folderOrderFromName(std::string_view name, const std::string& option)
{
    if (name == "bytes")
        return FolderOrder::Bytes;
    if (name == "natural")
        return FolderOrder::Natural;
    throw Error(ErrorCode::BadArgument, option, "expected bytes or natural, got \"" + std::string(name) + "\"");
}

void sortFolders(std::vector<std::string>& names, FolderOrder order)
{
    // Python sorts by code point; UTF-8 bytes, taken as unsigned, sort the same. std::string compares them so.
    if (order == FolderOrder::Bytes)
        std::ranges::sort(names);
    else
        std::ranges::sort(names, comesBefore);
}

bool areNumbers(const std::vector<std::string>& names)
{
    return !names.empty() && std::ranges::all_of(names, [](const std::string& name) {
        return !name.empty() && std::ranges::all_of(name, isDigit);
    });
}

void requireOrderOfFolders(const fs::path& folder, const std::vector<std::string>& names)
{
    requireOrderOfNumbers(folder, names);
    requireNamesOfOtherSplits(folder, names);
}

} // namespace ocellus
