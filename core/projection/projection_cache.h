// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "core/engine/engine.h"

namespace ocellus {

/// What the numbers of a search depend on beside the pictures: the model's hash, what was said of it, and how pictures
/// are prepared; 64 hexadecimal digits.
std::string searchKey(const ModelDescription& model, const PreprocessOptions& preprocess);

/// As pictures are prepared for a search: the model's own way.
PreprocessOptions searchPreprocess(const ModelDescription& model);

/// XDG_CACHE_HOME/ocellus/prototypes, or below HOME/.cache; empty where there is neither, and nothing is kept.
std::filesystem::path projectionCache();

/// What was found in each picture of a search of that key (SearchRecords), and the last result (readProjection).
std::filesystem::path searchFile(const std::filesystem::path& cache, const std::string& key);
std::filesystem::path projectionFile(const std::filesystem::path& cache, const std::string& key);

} // namespace ocellus
