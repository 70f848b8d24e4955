// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include <QImage>

#include "core/base/lru_cache.h"
#include "core/base/progress.h"
#include "ui/engine/failure.h"
#include "ui/engine/view_request.h"
#include "ui/engine/view_result.h"

namespace ocellus {

/// Owns the engine on the queue's thread and brings it to a wished-for state, skipping what is already so.
class EngineWorker {
public:
    /// What a request passes on its way; called from the thread that works.
    struct Announcements {
        std::function<void(const DeviceReport&)> deviceReported;
        std::function<void(const ModelDescription&)> modelOpened;
        std::function<void(const std::filesystem::path&, const QImage&)> pictureReady;
    };

    /// A result without a decoding where the request names no picture. Throws what the engine and the decoder throw;
    /// step() then says how far it got.
    ViewResult view(const ViewRequest& request, const Progress& progress, const Announcements& announce);

    /// Nothing where another model than the request's is open. Throws as view().
    std::optional<Prediction> predict(const ViewRequest& request, const Progress& progress);

    Step step() const { return m_step; }

private:
    /// A picture, decoded and ready for the backbone.
    struct Prepared {
        QImage picture;
        ModelInput input;
    };

    void startEngine(const EngineOptions& options, const Announcements& announce);
    void openModel(const std::filesystem::path& checkpoint, const Progress& progress, const Announcements& announce);
    bool hasOpen(const std::filesystem::path& checkpoint) const;
    std::shared_ptr<const Prepared> prepare(const ViewRequest& request, const Progress& progress);

    std::unique_ptr<Engine> m_engine;
    std::filesystem::file_time_type m_modelTime;
    LruCache<ContentKey, Prepared> m_pictures{std::size_t{256} << 20};
    Step m_step = Step::Device;
};

} // namespace ocellus
