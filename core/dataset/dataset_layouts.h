// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/image_folder.h"
#include "core/data/skipped_files.h"
#include "core/dataset/dataset.h"
#include "core/dataset/dataset_opening.h"

namespace ocellus {

/// What one source holds; columns and parts of the pictures are this value's own.
struct LayoutPictures {
    std::vector<DatasetPicture> pictures;
    std::vector<std::string> columns, parts;
    SkippedFiles skipped;
    std::vector<std::string> notes;
};

/// True for a folder with images.txt and image_class_labels.txt.
bool isCubFolder(const std::filesystem::path& folder);
/// Throws Error: Unreadable, TooLarge, Damaged (with the line), NotFound.
LayoutPictures readCubFolder(const std::filesystem::path& folder, const std::stop_token& stop);

/// The table of records of an unpacked Darwin Core archive, where the folder is one.
std::optional<std::filesystem::path> recordsOfArchive(const std::filesystem::path& folder);
/// Throws what readCsvColumns throws, and NotFound where none of the pictures lies there.
LayoutPictures readPictureTable(const std::filesystem::path& table, const TableColumns& columns,
                                const std::stop_token& stop);
/// The folder's only table with a picture or a record number, and a species.
std::optional<std::filesystem::path> pictureTableIn(const std::filesystem::path& folder);
/// Throws UnclearTable where the folder has one table, and that names pictures in a column of no known name.
void requireClearTable(const std::filesystem::path& folder);

/// CLASS/* or train/CLASS/*, from a listing of the folder.
LayoutPictures readClassFolders(ImageListing listing);

} // namespace ocellus
