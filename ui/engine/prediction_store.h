// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>

#include "core/base/hash.h"
#include "ui/engine/view_result.h"

namespace ocellus {

/// What models said of whole, unedited pictures, kept on disk until the next start: by the model with all that its
/// answer depends on, and by the content of the picture's file, so that a file may be moved. For one thread.
///
/// What cannot be written is done without, and what was damaged is asked again. Answers of the models used last are
/// kept, 48 bytes a picture; the others go.
class PredictionStore {
public:
    static constexpr std::size_t ModelsKept = 32;

    /// `folder` is made when there is something to keep; empty: nothing is kept.
    explicit PredictionStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    /// Of one of `classes` classes.
    std::optional<Prediction> find(const ContentKey& model, const ContentKey& picture, int classes);
    void keep(const ContentKey& model, const ContentKey& picture, const Prediction& prediction);

private:
    void turnTo(const ContentKey& model);
    void read();
    void append(const ContentKey& picture, const Prediction& prediction) const;
    void removeOldest() const;

    std::filesystem::path m_folder;
    std::optional<ContentKey> m_model; ///< that m_known is of
    std::filesystem::path m_file;
    std::map<ContentKey, Prediction> m_known;
};

/// Of the file's bytes and the page that is meant. Throws Error: NotFound, Unreadable, Cancelled.
ContentKey keyOfFile(const std::filesystem::path& picture, const Progress& progress = {});

} // namespace ocellus
