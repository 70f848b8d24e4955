// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/data/class_table.h"
#include "core/data/skipped_files.h"
#include "core/dataset/dataset_listing.h"
#include "core/image/picture.h"

namespace ocellus {

/// One picture that a model is trained on or measured with.
struct TrainingPicture {
    std::filesystem::path path;     ///< as given: folder / relative
    std::filesystem::path relative; ///< to the set's folder: train/CLASS/name.jpg
    int classIndex = 0;             ///< into TrainingSet::classNames
    Size size;                      ///< after EXIF orientation
    std::string sha256;             ///< of the file's bytes, lower-case hexadecimal
    std::optional<PixelBox> crop;   ///< the part that is shown to the model; then `size` is that part's

    /// What it shows, for hashes and caches: the hash, and the crop where there is one.
    std::string contentName() const;
};

/// Decodes it, as far as it is shown. Throws what decodePicture() throws, and Error(Mismatch) for a crop outside it.
Picture shownPicture(const TrainingPicture& picture);

/// The pictures of DIR/train/CLASS/* and DIR/val/CLASS/*, each of which can be decoded.
struct TrainingSet {
    std::filesystem::path folder;
    std::vector<std::string> classNames;     ///< sub-folders of train/ in the order chosen, or a table's classes
    std::vector<TrainingPicture> train, val; ///< sorted by relative path, at least one a class each
    std::vector<Error> unreadable;           ///< left out, each with its reason, in the order of the relative paths
    SkippedFiles skipped;                    ///< no pictures, or in no class's folder
    std::vector<std::string> notes;          ///< what is no error but should be known: few pictures, duplicates, ...
    std::string dataHash;                    ///< SHA-256 of what `sha256sum` prints for the used files in that order
    std::string crop;                        ///< how pictures are cropped, for people; empty: they are not
};

/// How a training set is to be read.
struct TrainingSetOptions {
    bool strict = false; ///< unreadable pictures are an error that lists them
    FolderOrder order = FolderOrder::Bytes;
    std::optional<ClassTable> classes = {}; ///< names and order of the classes, instead of the folders' own
    double valShare = 0;                    ///< above 0: no val/; so much of train/ instead, as drawValidation draws it
    std::uint64_t seed = 1;                 ///< of what is drawn
};

/// Decodes every picture once, on several threads, so that a damaged one is known before hours are lost. Reports
/// Stage::Read from the calling thread. With a share for validation, DIR/CLASS/* serve where there is no train/.
/// Throws Error: NotFound (no such folder, no train/ or val/), BadArgument (val/ and a share of train/ for it), Damaged
/// (no classes, a class without a readable picture, strict), Mismatch (a single class, other classes in val or in the
/// table than in train), Unreadable, TooLarge, Cancelled.
TrainingSet readTrainingSet(const std::filesystem::path& folder, const TrainingSetOptions& options,
                            const Progress& progress = {});

/// The same of a data set's file: its classes and splits, and its crops. Pictures for a test are left out.
/// Throws what openNamedDataset throws, and Error: Mismatch (a picture in no split, a class without pictures in train
/// or val, another table), Damaged (strict, or no readable picture of a class), Cancelled.
TrainingSet readTrainingSet(const NamedDataset& dataset, const TrainingSetOptions& options,
                            const Progress& progress = {});

} // namespace ocellus
