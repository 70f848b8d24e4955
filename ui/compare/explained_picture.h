// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QImage>

#include "core/engine/decoding.h"
#include "ui/engine/engine_controller.h"
#include "ui/figures/explanation.h"

namespace ocellus {

class Document;

/// One class in one picture, small enough to keep many.
struct ExplainedPicture {
    ViewKey key;
    std::filesystem::path path;
    PictureFacts facts;                       ///< of its file
    std::filesystem::file_time_type fileTime; ///< when it was written last, before it was read
    EditList edits;                           ///< done to the picture before it was explained
    QImage picture;                           ///< edited; its longer side at most LongSide
    double shrunk = 1;                        ///< its pixels to one of `picture`
    Size inputSize;                           ///< of the whole picture after the resize
    std::shared_ptr<const Decoding> decoding; ///< maps of the one class alone; null where it has none
    int classIndex = 0;                       ///< that class
    int predicted = 0;                        ///< the best class, without a limit
    std::vector<std::vector<float>> attended; ///< by layer, attendedMemory() of the class; empty where not wanted

    static constexpr int LongSide = 768;
};

/// What to explain and keep of a picture.
struct WantedPicture {
    ViewRequest request;
    std::optional<int> classIndex; ///< none: the one that is predicted
    bool attendedMemory = false;
};

/// The file has been written since it was explained.
bool isOutdated(const ExplainedPicture& explained);

/// A request for another of the document's pictures, with the edits that it has there.
ViewRequest requestFor(const Document& document, const std::filesystem::path& picture);

/// Explains the picture on the worker's thread; `deliver` is called on the controller's.
EngineUnit explainingUnit(WantedPicture wanted, std::function<void(const ExplainedPicture&)> deliver);

/// The explanation as the document would show it, in its style and layer. `like` is the document's own at the time of
/// the request: the names of the model.
Explanation explanationOf(const ExplainedPicture& explained, const Document& document, const Explanation& like);

} // namespace ocellus
