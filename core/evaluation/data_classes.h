// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "core/data/class_table.h"
#include "core/data/labelled_pictures.h"
#include "core/dataset/dataset_listing.h"
#include "core/engine/engine.h"

namespace ocellus {

/// The table given, else the checkpoint's own names, else numbers. Throws Error: Mismatch for a table of another count
/// or one that contradicts the checkpoint's names, or a folder's names its order where none is chosen; Damaged for
/// names that cannot be.
ClassTable classesOf(const std::optional<ClassTable>& given, const ModelDescription& model,
                     std::optional<FolderOrder> order);

/// A model's classes and what a data set's pictures are matched to them by.
struct DataClasses {
    ClassTable table;
    std::string matchedBy; ///< "name", "index" (the folders' numbers) or "order"
};

/// The same for a folder of class folders: where there are neither, its folders in their order, of which there must be
/// one a class.
DataClasses classesOfData(const std::optional<ClassTable>& given, const ModelDescription& model,
                          const std::filesystem::path& data, std::optional<FolderOrder> order);

/// The same for a data set: by name, or where neither table nor checkpoint has names by the order of the data set's.
/// Throws what classesOf throws, and Error(Mismatch) for another count.
DataClasses classesOfDataset(const std::optional<ClassTable>& given, const ModelDescription& model,
                             const NamedDataset& set, std::optional<FolderOrder> order);

/// "folders by name, names in the checkpoint", for people.
std::string description(const DataClasses& classes);

/// The pictures that a model is evaluated on, with its classes.
struct LabelledData {
    DataClasses classes;
    LabelledListing listing;
};

/// Throws what classesOfData and listLabelledPictures throw.
LabelledData labelledData(const std::filesystem::path& folder, const std::optional<ClassTable>& given,
                          const ModelDescription& model, std::optional<FolderOrder> order, const std::stop_token& stop);
/// Of one part of a data set, or of all. Throws what classesOfDataset and listLabelledPictures throw.
LabelledData labelledData(const NamedDataset& set, std::optional<PictureSplit> part,
                          const std::optional<ClassTable>& given, const ModelDescription& model,
                          std::optional<FolderOrder> order);

/// The part that is evaluated where nobody says which: val where there is one, else all.
std::optional<PictureSplit> usualPart(const DatasetState& state);

/// Throws Error(BadArgument), which `subject` names, for a bare backbone.
void requireClasses(const ModelDescription& model, const std::string& subject);

} // namespace ocellus
