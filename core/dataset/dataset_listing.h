// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/data/class_table.h"
#include "core/data/labelled_pictures.h"
#include "core/dataset/dataset_state.h"

namespace ocellus {

/// A data set's file as other work takes it.
struct NamedDataset {
    std::filesystem::path file;
    std::string sha256; ///< of the file
    Dataset dataset;
    DatasetState state;

    /// The picture's path below its source, or below the data set's folder, for results.
    std::filesystem::path nameOf(std::size_t picture) const;
    /// "boxes, 10 % margin", or empty where whole pictures are seen.
    std::string cropText() const;
};

/// Throws what readDatasetFile throws.
NamedDataset openNamedDataset(const std::filesystem::path& file);

/// The pictures that take part, of one split or of all, as a model's classes have them. A picture that was in no split
/// is of none. Throws Error: Mismatch (classes that the table lacks), NotFound (no such pictures).
LabelledListing listLabelledPictures(const NamedDataset& set, std::optional<PictureSplit> split,
                                     const ClassTable& table);

/// "10,20,300,200", to tell what is shown of a picture; empty where all is.
std::string cropText(const std::optional<PixelBox>& crop);

/// The part of a picture that a data set shows of it; the whole without `crop`. What reaches out of the picture is
/// left. Throws Error(Mismatch) where the two do not meet.
Picture shownPart(Picture picture, const std::optional<PixelBox>& crop, const std::filesystem::path& path);

} // namespace ocellus
