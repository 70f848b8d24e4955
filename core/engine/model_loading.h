// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/model/intr.h"

namespace ocellus {

/// A model in memory and what it came from.
struct LoadedModel {
    ModelDescription description;
    std::unique_ptr<const Intr> model;
};

/// Parses, infers the architecture, compares every tensor and only then reads weights. Errors as Engine::open.
LoadedModel loadModel(const std::filesystem::path& path, const Compute& compute, const Progress& progress);

} // namespace ocellus
