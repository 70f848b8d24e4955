// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/engine/view_key.h"
#include "core/explain/explanation_source.h"
#include "ui/engine/picture_source.h"

namespace ocellus {

/// A picture that is explained, with all that explainers want to know of it, and the key of what that is.
struct ExplainedSubject {
    ViewKey key;
    Picture picture; ///< with its edits, at its own resolution
    std::shared_ptr<const PictureSource::Prepared> prepared;
    std::shared_ptr<const Encoding> encoding;
    std::shared_ptr<const Decoding> decoding; ///< under the key's limit and intervention

    /// Valid as long as this is.
    SourceSubject subject() const { return {picture, key.preprocess, prepared->input, encoding, decoding}; }
};

} // namespace ocellus
