// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/training_set.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/hash.h"
#include "core/data/class_rows.h"
#include "core/data/image_folder.h"
#include "core/train/data/picture_check.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// A model learns hardly anything of a class with fewer; not an error, for some species have no more.
constexpr int fewPictures = 10;
constexpr std::size_t mostNamed = 20;

/// The first of the names, and how many more there are.
std::string listed(const std::vector<std::string>& names, std::string_view separator = ", ")
{
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), mostNamed); ++i)
        text += (i ? std::string(separator) : std::string()) + names[i];
    if (names.size() > mostNamed)
        text += std::string(separator) + "and " + std::to_string(names.size() - mostNamed) + " more";
    return text;
}

void requireFolder(const fs::path& folder)
{
    std::error_code failure;
    if (!fs::is_directory(folder, failure))
        throw Error(ErrorCode::NotFound, folder.string(),
                    fs::exists(folder, failure) ? "is a file, expected a folder" : "there is no such folder",
                    "Lay the pictures out as DIR/train/CLASS/*.jpg and DIR/val/CLASS/*.jpg");
}

/// The folders' own names, checked for what no table of classes may hold.
std::vector<std::string> classFolders(const fs::path& split)
{
    requireFolder(split);
    const std::vector<ClassRow> rows = rowsFromFolder(split);
    tableFromRows(split.string(), rows);
    std::vector<std::string> names;
    for (const ClassRow& row : rows)
        names.push_back(row.name);
    return names;
}

void requireSameClasses(const fs::path& folder, const std::vector<std::string>& train,
                        const std::vector<std::string>& val)
{
    std::vector<std::string> onlyTrain, onlyVal;
    std::set_difference(train.begin(), train.end(), val.begin(), val.end(), std::back_inserter(onlyTrain));
    std::set_difference(val.begin(), val.end(), train.begin(), train.end(), std::back_inserter(onlyVal));
    if (onlyTrain.empty() && onlyVal.empty())
        return;
    std::string detail = "expected the same classes in train and val, got ";
    if (!onlyTrain.empty())
        detail += listed(onlyTrain) + " only in train";
    if (!onlyVal.empty())
        detail += (onlyTrain.empty() ? "" : " and ") + listed(onlyVal) + " only in val";
    throw Error(ErrorCode::Mismatch, folder.string(), detail,
                "Give every class pictures in both, or remove its folder");
}

/// The pictures of train/ or val/ before any is opened, in byte order.
std::vector<TrainingPicture> listSplit(const fs::path& folder, const std::string& split,
                                       const std::vector<std::string>& classNames)
{
    std::vector<TrainingPicture> pictures;
    for (std::size_t i = 0; i < classNames.size(); ++i) {
        // One listing a class: a class may be a link to a folder elsewhere, which a listing of the split passes over.
        const fs::path classFolder = fs::path(split) / classNames[i];
        for (const ImageFile& file : listImages(folder / classFolder)) {
            TrainingPicture& picture = pictures.emplace_back();
            picture.path = file.path;
            picture.relative = classFolder / file.relative;
            picture.classIndex = static_cast<int>(i);
        }
    }
    std::sort(pictures.begin(), pictures.end(), [](const TrainingPicture& a, const TrainingPicture& b) {
        return a.relative.native() < b.relative.native();
    });
    return pictures;
}

std::vector<int> countsOf(const std::vector<TrainingPicture>& pictures, std::size_t classes)
{
    std::vector<int> counts(classes);
    for (const TrainingPicture& picture : pictures)
        ++counts[static_cast<std::size_t>(picture.classIndex)];
    return counts;
}

std::vector<std::string> classesBelow(int count, const std::vector<TrainingPicture>& pictures,
                                      const std::vector<std::string>& classNames)
{
    const std::vector<int> counts = countsOf(pictures, classNames.size());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] < count)
            names.push_back(classNames[i]);
    }
    return names;
}

/// `which` is "picture" before they are opened, "readable picture" after.
void requirePictures(const TrainingSet& set, const std::string& which)
{
    for (const auto& [split, pictures] : {std::pair("train", &set.train), std::pair("val", &set.val)}) {
        const std::vector<std::string> empty = classesBelow(1, *pictures, set.classNames);
        if (empty.empty())
            continue;
        const std::string reason =
            set.unreadable.empty()
                ? ""
                : "; the first left out: " + set.unreadable.front().subject() + ": " + set.unreadable.front().detail();
        throw Error(ErrorCode::Damaged, (set.folder / split).string(),
                    "expected at least one " + which + " of each class, got none of " + listed(empty) + reason,
                    "Add pictures of these classes or remove their folders from train and val");
    }
}

/// Decodes all of them; afterwards the set holds the readable ones alone.
void dropUnreadable(TrainingSet& set, const Progress& progress)
{
    std::vector<TrainingPicture*> all;
    for (std::vector<TrainingPicture>* split : {&set.train, &set.val}) {
        for (TrainingPicture& picture : *split)
            all.push_back(&picture);
    }
    const std::vector<std::optional<Error>> errors = checkPictures(all, progress);
    auto error = errors.begin();
    for (std::vector<TrainingPicture>* split : {&set.train, &set.val}) {
        std::vector<TrainingPicture> readable;
        for (TrainingPicture& picture : *split) {
            if (*error)
                set.unreadable.push_back(**error);
            else
                readable.push_back(std::move(picture));
            ++error;
        }
        *split = std::move(readable);
    }
}

void refuseUnreadable(const TrainingSet& set)
{
    std::string reasons;
    for (const Error& error : set.unreadable)
        reasons += (reasons.empty() ? " " : "; ") + error.subject() + ": " + error.detail();
    throw Error(ErrorCode::Damaged, set.folder.string(),
                "expected readable pictures only, got " + std::to_string(set.unreadable.size()) + " others:" + reasons,
                "Repair or remove them, or train without --strict");
}

/// Pictures of `pictures` whose content `known` has too, as "this = that", where `tells` says that it matters.
template <typename Tells>
std::vector<std::string> copies(const std::vector<TrainingPicture>& pictures,
                                const std::map<std::string_view, const TrainingPicture*>& known, Tells tells)
{
    std::vector<std::string> names;
    for (const TrainingPicture& picture : pictures) {
        const auto found = known.find(picture.sha256);
        if (found != known.end() && tells(picture, *found->second))
            names.push_back(picture.relative.string() + " = " + found->second->relative.string());
    }
    return names;
}

void noteDuplicates(TrainingSet& set)
{
    std::map<std::string_view, const TrainingPicture*> known;
    for (const TrainingPicture& picture : set.train)
        known.emplace(picture.sha256, &picture);
    const std::vector<std::string> seen =
        copies(set.val, known, [](const TrainingPicture&, const TrainingPicture&) { return true; });
    if (!seen.empty())
        set.notes.push_back(std::to_string(seen.size()) + " pictures of val are in train too, which flatters what is " +
                            "measured on val: " + listed(seen));
    const std::vector<std::string> doubtful =
        copies(set.train, known,
               [](const TrainingPicture& a, const TrainingPicture& b) { return a.classIndex != b.classIndex; });
    if (!doubtful.empty())
        set.notes.push_back(std::to_string(doubtful.size()) +
                            " pictures of train are in another class too: " + listed(doubtful));
}

void notePicturesOutside(TrainingSet& set)
{
    std::vector<std::string> names;
    for (const char* split : {"train", "val"}) {
        std::error_code failure; // what cannot be listed has been refused before
        for (const fs::directory_entry& entry : fs::directory_iterator(set.folder / split, failure)) {
            if (looksLikePicture(entry.path()) && entry.is_regular_file(failure))
                names.push_back((split / entry.path().filename()).string());
        }
    }
    std::sort(names.begin(), names.end());
    if (!names.empty())
        set.notes.push_back("not used, for they lie in no class's folder: " + listed(names));
}

void noteSmallClasses(TrainingSet& set)
{
    const std::vector<std::string> small = classesBelow(fewPictures, set.train, set.classNames);
    if (!small.empty())
        set.notes.push_back("fewer than " + std::to_string(fewPictures) + " pictures to train on: " + listed(small));
}

std::string hashOf(const TrainingSet& set)
{
    std::string lines;
    for (const std::vector<TrainingPicture>* split : {&set.train, &set.val}) {
        for (const TrainingPicture& picture : *split)
            lines += picture.sha256 + "  " + picture.relative.string() + "\n";
    }
    return sha256(lines);
}

} // namespace

TrainingSet readTrainingSet(const fs::path& folder, bool strict, const Progress& progress)
{
    requireFolder(folder);
    TrainingSet set;
    set.folder = folder;
    set.classNames = classFolders(folder / "train");
    requireSameClasses(folder, set.classNames, classFolders(folder / "val"));
    if (set.classNames.size() < 2)
        throw Error(ErrorCode::Mismatch, folder.string(),
                    "expected at least two classes, got only " + set.classNames.front(),
                    "Give each class a folder of its own in train and in val");
    set.train = listSplit(folder, "train", set.classNames);
    set.val = listSplit(folder, "val", set.classNames);
    requirePictures(set, "picture");

    dropUnreadable(set, progress);
    if (strict && !set.unreadable.empty())
        refuseUnreadable(set);
    requirePictures(set, "readable picture");

    noteSmallClasses(set);
    noteDuplicates(set);
    notePicturesOutside(set);
    set.dataHash = hashOf(set);
    return set;
}

} // namespace ocellus
