// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/hash.h"
#include "core/edit/edit.h"
#include "core/engine/attention_intervention.h"
#include "core/engine/model_settings.h"
#include "core/engine/precision.h"
#include "core/engine/query_set.h"
#include "core/image/decode.h"
#include "core/image/preprocess_options.h"

namespace ocellus {

/// All that numbers and maps of one picture depend on: equal keys, equal results.
///
/// What is wanted has one, and each result carries the one that it was computed for. A result is out of date where the
/// two differ, whatever the reason. What is not known yet, because a file has not been read, is empty, which no
/// result's is.
struct ViewKey {
    std::string model;   ///< SHA-256 of the checkpoint
    ModelSettings given; ///< what the user said of it
    ContentKey picture;  ///< of the decoded pixels, before edits
    ContentKey edits;    ///< of those that are enabled
    DecodeOptions decode;
    PreprocessOptions preprocess; ///< what the pixels were really resized to: a draft's are half of what is wanted
    QuerySet limit;
    AttentionIntervention intervention;
    Precision precision;

    bool operator==(const ViewKey&) const = default;

    /// Of the same picture as its file has it; nothing was taken away from its attention.
    ViewKey withoutEdits() const
    {
        ViewKey key = withoutIntervention();
        key.edits = contentKey(EditList());
        return key;
    }

    ViewKey withoutIntervention() const
    {
        ViewKey key = *this;
        key.intervention = {};
        return key;
    }

    ViewKey withoutLimit() const
    {
        ViewKey key = withoutIntervention();
        key.limit = {};
        return key;
    }
};

} // namespace ocellus
