// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/data/training_set.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/hash.h"
#include "core/data/class_matching.h"
#include "core/data/image_folder.h"
#include "core/image/decode.h"
#include "core/train/data/picture_check.h"
#include "core/train/data/training_classes.h"
#include "core/train/data/validation_share.h"

namespace ocellus {

namespace {

namespace fs = std::filesystem;

/// A model learns hardly anything of a class with fewer; not an error, for some species have no more.
constexpr int fewPictures = 10;

constexpr const char* layout = "Lay the pictures out as DIR/train/CLASS/*.jpg and DIR/val/CLASS/*.jpg";
constexpr const char* layoutOrShare =
    "Lay the pictures out as DIR/train/CLASS/*.jpg and DIR/val/CLASS/*.jpg, or have a "
    "part of train drawn for validation with --val-share 0.2";

void requireFolder(const fs::path& folder, const char* wayOut)
{
    std::error_code failure;
    if (!fs::is_directory(folder, failure))
        throw Error(ErrorCode::NotFound, folder.string(),
                    fs::exists(folder, failure) ? "is a file, expected a folder" : "there is no such folder", wayOut);
}

/// train and val below the folder; with a share for validation, train alone or the folder itself.
struct Splits {
    fs::path train = "train";
    std::optional<fs::path> val = "val";
};

Splits findSplits(const fs::path& folder, double valShare)
{
    requireFolder(folder, layout);
    std::error_code failure;
    if (valShare <= 0) {
        requireFolder(folder / "train", layoutOrShare);
        requireFolder(folder / "val", layoutOrShare);
        return {};
    }
    if (fs::exists(folder / "val", failure))
        throw Error(ErrorCode::BadArgument, "--val-share",
                    "expected no folder val, of which a part of train takes the place, got " +
                        (folder / "val").string(),
                    "Leave the option out, or move that folder away");
    return {fs::is_directory(folder / "train", failure) ? "train" : "", std::nullopt};
}

/// The pictures of train/ or val/ before any is opened, in byte order.
std::vector<TrainingPicture> listSplit(TrainingSet& set, const fs::path& split,
                                       const std::map<std::string, int>& classOfFolder, const std::stop_token& stop)
{
    ImageListing listing = listImages(set.folder / split, stop);
    const std::string prefix = split.empty() ? "" : split.generic_string() + "/";
    set.skipped.add(listing.skipped, prefix);
    std::vector<TrainingPicture> pictures;
    for (const ImageFile& file : listing.images) {
        const bool isInFolder = file.relative.has_parent_path();
        const auto found = classOfFolder.find(isInFolder ? file.relative.begin()->string() : std::string());
        if (found == classOfFolder.end()) {
            set.skipped.add("in no class's folder", prefix + file.relative.generic_string());
            continue;
        }
        TrainingPicture& picture = pictures.emplace_back();
        picture.path = file.path;
        picture.relative = split / file.relative;
        picture.classIndex = found->second;
    }
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
void requirePictures(const TrainingSet& set, const Splits& splits, const std::string& which)
{
    std::vector<std::pair<fs::path, const std::vector<TrainingPicture>*>> filled{{splits.train, &set.train}};
    if (splits.val)
        filled.emplace_back(*splits.val, &set.val);
    for (const auto& [split, pictures] : filled) {
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
            lines += picture.contentName() + "  " + picture.relative.string() + "\n";
    }
    return sha256(lines);
}

/// Leaves the readable pictures, of which there is one of each class in each split.
void openAll(TrainingSet& set, const Splits& splits, const TrainingSetOptions& options, const Progress& progress)
{
    dropUnreadable(set, progress);
    if (options.strict && !set.unreadable.empty())
        refuseUnreadable(set);
    requirePictures(set, splits, "readable picture");
}

void tellAbout(TrainingSet& set)
{
    noteSmallClasses(set);
    noteDuplicates(set);
    set.dataHash = hashOf(set);
}

/// Where hashes are known, they say whether the pictures are still the same.
void noteChanged(TrainingSet& set, const std::set<std::string>& known)
{
    std::vector<std::string> changed;
    for (const auto* pictures : {&set.train, &set.val})
        for (const TrainingPicture& picture : *pictures)
            if (!known.contains(picture.sha256))
                changed.push_back(picture.relative.string());
    if (!changed.empty() && !known.contains({}))
        set.notes.push_back(std::to_string(changed.size()) +
                            " pictures are not those that the data set was made of: " + listed(changed));
}

void requireDivided(const NamedDataset& dataset)
{
    const std::string wayOut =
        "Draw a split: ocellus-cli dataset " + dataset.file.string() + " --split 0.2 --out " + dataset.file.string();
    const auto counts = dataset.state.counts();
    std::vector<std::string> undivided, noTrain, noVal;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i][static_cast<std::size_t>(PictureSplit::Unset)] > 0)
            undivided.push_back(dataset.state.classNames[i]);
        if (counts[i][static_cast<std::size_t>(PictureSplit::Train)] == 0)
            noTrain.push_back(dataset.state.classNames[i]);
        if (counts[i][static_cast<std::size_t>(PictureSplit::Val)] == 0)
            noVal.push_back(dataset.state.classNames[i]);
    }
    const auto refuse = [&](const std::string& detail) {
        throw Error(ErrorCode::Mismatch, dataset.file.string(), detail, wayOut);
    };
    if (!undivided.empty())
        refuse("expected every picture in train, val or test, got others of " + listed(undivided));
    if (!noTrain.empty())
        refuse("expected pictures of each class in train, got none of " + listed(noTrain));
    if (!noVal.empty())
        refuse("expected pictures of each class in val, got none of " + listed(noVal));
    if (counts.size() < 2)
        throw Error(ErrorCode::Mismatch, dataset.file.string(),
                    "expected at least two classes, got " + std::to_string(counts.size()));
}

/// The classes in the order of a table, or in byte order.
std::vector<int> takeClasses(TrainingSet& set, const NamedDataset& dataset, const std::optional<ClassTable>& given)
{
    const std::vector<std::string>& names = dataset.state.classNames;
    std::vector<int> classes(names.size());
    if (!given) {
        set.classNames = names;
        std::iota(classes.begin(), classes.end(), 0);
        return classes;
    }
    if (given->count() != static_cast<int>(names.size()))
        throw Error(ErrorCode::Mismatch, given->source,
                    "expected the " + std::to_string(names.size()) + " classes of " + dataset.file.string() + ", got " +
                        std::to_string(given->count()));
    for (const ClassTable::Entry& entry : given->entries)
        set.classNames.push_back(entry.name);
    return classesOfNames(names, *given, dataset.file.string());
}

TrainingSet listDataset(const NamedDataset& dataset, const std::optional<ClassTable>& given)
{
    requireDivided(dataset);
    TrainingSet set;
    set.folder = dataset.file;
    set.crop = dataset.cropText();
    const std::vector<int> classes = takeClasses(set, dataset, given);
    for (std::size_t i = 0; i < dataset.dataset.pictures.size(); ++i) {
        const DatasetMember& member = dataset.state.members[i];
        const DatasetPicture& known = dataset.dataset.pictures[i];
        const std::filesystem::path name = dataset.nameOf(i);
        if (!member.takesPart() || member.split == PictureSplit::Test) {
            set.skipped.add(member.takesPart() ? "for a test" : "excluded: " + member.excluded, name.generic_string());
            continue;
        }
        TrainingPicture& picture = (member.split == PictureSplit::Val ? set.val : set.train).emplace_back();
        picture.path = known.path;
        picture.relative = name;
        picture.classIndex = classes[static_cast<std::size_t>(member.classIndex)];
        picture.size = known.size;
        picture.sha256 = known.sha256;
        picture.crop = cropOf(dataset.state, i, known.size);
    }
    const auto byName = [](const TrainingPicture& picture) { return picture.relative.native(); };
    std::ranges::sort(set.train, {}, byName);
    std::ranges::sort(set.val, {}, byName);
    return set;
}

} // namespace

TrainingSet readTrainingSet(const fs::path& folder, const TrainingSetOptions& options, const Progress& progress)
{
    const Splits splits = findSplits(folder, options.valShare);
    TrainingSet set;
    set.folder = folder;
    const std::optional<fs::path> val = splits.val ? std::optional(folder / *splits.val) : std::nullopt;
    TrainingClasses classes = findTrainingClasses(folder / splits.train, val, options.order, options.classes);
    set.classNames = std::move(classes.names);
    set.notes = std::move(classes.notes);
    set.train = listSplit(set, splits.train, classes.ofTrainFolder, progress.stopToken());
    if (splits.val)
        set.val = listSplit(set, *splits.val, classes.ofValFolder, progress.stopToken());
    requirePictures(set, splits, "picture");

    openAll(set, splits, options, progress);
    if (!splits.val)
        drawValidation(set, options.valShare, options.seed);
    tellAbout(set);
    return set;
}

TrainingSet readTrainingSet(const NamedDataset& dataset, const TrainingSetOptions& options, const Progress& progress)
{
    TrainingSet set = listDataset(dataset, options.classes);
    std::vector<std::string> known;
    for (const auto* pictures : {&set.train, &set.val})
        for (const TrainingPicture& picture : *pictures)
            known.push_back(picture.sha256);
    openAll(set, {}, options, progress);
    noteChanged(set, std::set<std::string>(known.begin(), known.end()));
    tellAbout(set);
    return set;
}

std::string TrainingPicture::contentName() const
{
    return crop ? sha256 + " " + cropText(crop) : sha256;
}

Picture shownPicture(const TrainingPicture& picture)
{
    return shownPart(decodePicture(picture.path), picture.crop, picture.path);
}

} // namespace ocellus
