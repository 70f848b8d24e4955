// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QStringList>

namespace ocellus {

class DatasetDocument;
struct RunRecord;

/// A job for Slurm that trains in its own folder, on as many nodes as it is given, and goes on where it was when it is
/// sent again.
QString clusterJobText(const RunRecord& record);

/// Writes job.sbatch with the data set, the weights to start from and the record into the folder, which becomes the
/// run's. Throws Error: Unreadable, BadArgument where there is a run already, and what writeDatasetFile throws.
std::filesystem::path writeClusterJob(const std::filesystem::path& folder, const RunRecord& record,
                                      const DatasetDocument& dataset);

} // namespace ocellus
