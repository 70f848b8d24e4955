// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/base/progress.h"
#include "core/data/labelled_pictures.h"
#include "core/engine/decoding.h"
#include "core/engine/encoding.h"
#include "core/image/model_input.h"

namespace ocellus {

/// What is at hand of a picture that was named correctly.
struct NamedPicture {
    const LabelledPicture& picture;
    const ModelInput& input;
    std::shared_ptr<const Encoding> encoding;
    std::shared_ptr<const Decoding> decoding; ///< of the full set
};

/// What is counted over an evaluation's pictures.
class PictureMeasure {
public:
    virtual ~PictureMeasure() = default;

    /// Throws Error where the picture cannot be counted.
    virtual void add(const NamedPicture& named, const Progress& progress) = 0;
};

} // namespace ocellus
