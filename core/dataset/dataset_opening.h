// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/skipped_files.h"
#include "core/dataset/dataset.h"

namespace ocellus {

/// What the user says of tables; empty: found by their headings.
struct TableColumns {
    std::string picture, className, split;
    std::vector<std::string> groups; ///< further columns that are kept
};

/// A data set as it was found, before any of its pictures is opened.
struct OpenedDataset {
    Dataset dataset;
    SkippedFiles skipped;           ///< what lies there and is no picture of a class
    std::vector<std::string> notes; ///< how the sources were read, a sentence each
};

/// Reads folders and tables as they are, one after the other, into one data set:
/// - CUB's layout: images.txt, image_class_labels.txt, classes.txt, where there are train_test_split.txt,
///   bounding_boxes.txt and parts/;
/// - a Darwin Core archive, unpacked: occurrence.txt with multimedia.txt (GBIF), or observations.csv with media.csv
///   (iNaturalist);
/// - a CSV or TSV with a picture and a species column, such as GBIF's simple download or iNaturalist's export; the
///   pictures are searched below the table's folder by path, by the last part of a URL, by the number of an
///   iNaturalist photo, or by the record's number (123.jpg, 123_1.jpg);
/// - train/CLASS/*, with val and test or without;
/// - CLASS/*.
/// The same file twice is taken once.
/// Throws Error: NotFound (no such source, no picture of any class), Unreadable, TooLarge, Damaged (of tables, with
/// the line), BadArgument (no source), Unsupported (a file that is no table), Cancelled.
OpenedDataset openDataset(const std::vector<std::filesystem::path>& sources, const TableColumns& columns = {},
                          const Progress& progress = {});

/// The same besides what a data set has: its pictures keep their numbers, so that its steps hold. A split that was
/// drawn leaves further pictures to training.
OpenedDataset addSources(Dataset dataset, const std::vector<std::filesystem::path>& sources,
                         const TableColumns& columns = {}, const Progress& progress = {});

} // namespace ocellus
