// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/model/model.h"

namespace ocellus {

class Checkpoint;
struct Compute;

/// A model in memory, and what it came from.
struct LoadedModel {
    ModelDescription description;
    std::unique_ptr<const Model> model;

    bool isOpen() const { return model != nullptr; }
};

/// A checkpoint's tensors under the names that its model has for them, whatever the program called them that wrote it.
struct ModelWeights {
    std::unique_ptr<Checkpoint> checkpoint;
    std::unique_ptr<const TensorSource> renamed; ///< null where the file has these names

    const TensorSource& source() const;
};

/// Reads names and shapes, and what lies beside the file, but no weights. Throws as loadModel().
ModelWeights openWeights(const std::filesystem::path& path, const std::string& stateDict, const ModelSettings& given,
                         const Progress& progress);

/// Parses, infers the architecture, compares every tensor and only then reads weights. Errors as Engine::open.
/// `stateDict` chooses among several in the file, as in Checkpoint::open; what is `given` goes before what the file and
/// its companions say.
LoadedModel loadModel(const std::filesystem::path& path, const std::string& stateDict, const ModelSettings& given,
                      const Compute& compute, const Progress& progress, const Engine::Acceptance& accept);

} // namespace ocellus
