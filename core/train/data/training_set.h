// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/image/picture.h"

namespace ocellus {

/// One picture that a model is trained on or measured with.
struct TrainingPicture {
    std::filesystem::path path;     ///< as given: folder / relative
    std::filesystem::path relative; ///< to the set's folder: train/CLASS/name.jpg
    int classIndex = 0;             ///< into TrainingSet::classNames
    Size size;                      ///< after EXIF orientation
    std::string sha256;             ///< of the file's bytes, lower-case hexadecimal
};

/// The pictures of DIR/train/CLASS/* and DIR/val/CLASS/*, each of which can be decoded.
struct TrainingSet {
    std::filesystem::path folder;
    std::vector<std::string> classNames;     ///< sub-folders of train/ in byte order, as torchvision sorts them
    std::vector<TrainingPicture> train, val; ///< sorted by relative path, at least one a class each
    std::vector<Error> unreadable;           ///< left out, each with its reason, in the order of the relative paths
    std::vector<std::string> notes;          ///< what is no error but should be known: few pictures, duplicates, ...
    std::string dataHash;                    ///< SHA-256 of what `sha256sum` prints for the used files in that order
};

/// Decodes every picture once, on several threads, so that a damaged one is known before hours are lost. Reports
/// Stage::Read from the calling thread. `strict` makes unreadable pictures an error that lists them.
/// Throws Error: NotFound (no such folder, no train/ or val/), Damaged (no classes, a class without a readable picture,
/// strict), Mismatch (a single class, other classes in val than in train), Unreadable, TooLarge, Cancelled.
TrainingSet readTrainingSet(const std::filesystem::path& folder, bool strict, const Progress& progress = {});

} // namespace ocellus
