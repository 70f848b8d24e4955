// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/model/model.h"

namespace ocellus {

struct Compute;

/// A model in memory, and what it came from.
struct LoadedModel {
    ModelDescription description;
    std::unique_ptr<const Model> model;

    bool isOpen() const { return model != nullptr; }
};

/// Parses, infers the architecture, compares every tensor and only then reads weights. Errors as Engine::open.
/// `stateDict` chooses among several in the file, as in Checkpoint::open; what is `given` goes before what the file and
/// its companions say.
LoadedModel loadModel(const std::filesystem::path& path, const std::string& stateDict, const ModelSettings& given,
                      const Compute& compute, const Progress& progress, const Engine::Acceptance& accept);

} // namespace ocellus
