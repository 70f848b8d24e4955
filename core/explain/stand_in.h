// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/explain/explanation_source.h"

namespace ocellus {

/// Grad-CAM, in the place of maps of classes that a model has not.
struct StandIn {
    static constexpr const char* source = "gradcam"; ///< its id in the table of sources

    std::vector<SourceMap> maps; ///< one, of the class; none where `why` says why
    std::string why;             ///< a sentence without a full stop
};

/// Throws what ExplanationSource::maps throws.
StandIn standInFor(Engine& engine, ModelProbe& probe, const SourceSubject& subject, int classIndex,
                   const Progress& progress);

} // namespace ocellus
