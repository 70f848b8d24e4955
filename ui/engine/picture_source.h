// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QImage>

#include "core/base/lru_cache.h"
#include "core/base/progress.h"
#include "core/image/model_input.h"
#include "ui/engine/view_request.h"

namespace ocellus {

/// Gives a request's picture as its file has it, as its edits leave it, and as the model wants it; keeps those used
/// last. For one thread.
class PictureSource {
public:
    struct Decoded {
        Picture picture;
        ContentKey content; ///< of its pixels
        PictureFacts facts;
        QImage image;                             ///< the same for painters
        std::filesystem::file_time_type fileTime; ///< when the file was written last, before it was read
    };
    struct Prepared {
        QImage image; ///< edited, at the picture's own resolution
        ModelInput input;
    };

    /// The file's. Throws what decodePicture() throws.
    std::shared_ptr<const Decoded> original(const ViewRequest& request, const Progress& progress);

    /// These pixels, whatever the file holds by now, with `edits` done, resized as `options` say. Throws what
    /// applyEdits() throws.
    std::shared_ptr<const Prepared> prepared(const Decoded& original, const EditList& edits,
                                             const PreprocessOptions& options, const Progress& progress);

    /// What the model wants of the file's picture; kept only where it was known before. Throws what decodePicture()
    /// throws.
    ModelInput input(const ViewRequest& request, const PreprocessOptions& options, const Progress& progress);

    /// As the file is now.
    static ContentKey keyOf(const ViewRequest& request);

private:
    static ContentKey keyOf(const Decoded& original, const EditList& edits, const PreprocessOptions& options);

    LruCache<ContentKey, Decoded> m_originals{std::size_t{256} << 20};
    LruCache<ContentKey, Prepared> m_prepared{std::size_t{256} << 20};
};

/// The least there is for a file that is gone, which is reported by whoever opens it.
std::filesystem::file_time_type timeOf(const std::filesystem::path& path);

} // namespace ocellus
