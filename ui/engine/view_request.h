// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include <QMetaType>

#include "core/edit/edit.h"
#include "core/engine/attention_intervention.h"
#include "core/engine/engine.h"
#include "core/engine/query_set.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"

namespace ocellus {

/// A whole wished-for state; the worker brings the engine there step by step and skips what is already so.
struct ViewRequest {
    EngineOptions engine;
    std::filesystem::path checkpoint; ///< empty: the picture is shown, and no model is asked
    std::filesystem::path picture;    ///< empty: only the model is opened
    DecodeOptions decode;
    PreprocessOptions preprocess; ///< the user's
    bool ownPreprocess = true;    ///< the checkpoint's own instead, where it declares one
    EditList edits;               ///< done to the picture, at its own resolution
    QuerySet set;
    AttentionIntervention intervention;
    bool pictureOnly = false;     ///< the edited picture is shown, and the model is not asked
    std::uint64_t generation = 0; ///< given by the controller

    PreprocessOptions preprocessFor(const ModelDescription& model) const
    {
        return ownPreprocess && model.preprocess ? *model.preprocess : preprocess;
    }
};

} // namespace ocellus

Q_DECLARE_METATYPE(ocellus::ViewRequest)
