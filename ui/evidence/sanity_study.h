// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "core/engine/model_settings.h"
#include "core/explain/sanity_run.h"
#include "core/image/decode.h"
#include "ui/engine/failure.h"

namespace ocellus {

/// Compares a model's maps with those of networks with random weights, once for the model: what came out is kept in a
/// folder, by the checkpoint's hash and what is said of it.
///
/// Checkpoints are opened beside the one that is shown, on a thread of its own.
class SanityStudy : public QObject {
    Q_OBJECT

public:
    /// What is checked.
    struct Request {
        std::filesystem::path checkpoint;
        EngineOptions engine;
        std::vector<std::filesystem::path> pictures; ///< without edits
        DecodeOptions decode;
        PreprocessOptions preprocess;
        std::vector<SourceText> sources; ///< whose maps are compared
    };

    explicit SanityStudy(std::filesystem::path folder, QObject* parent = nullptr);

    /// What is known of a model is read in the background; one that is checked now is given up where it is another.
    /// `given` as ModelDescription's. No hash: there is no model.
    void setModel(const std::string& hash, const ModelSettings& given);
    /// Nothing before it was checked.
    const std::optional<SanityReport>& report() const { return m_report; }

    void start(const Request& request);
    void cancel();
    bool isRunning() const { return m_isRunning; }
    double fraction() const { return m_fraction; }

signals:
    void changed(); ///< what is known, or whether it runs
    void progressed();
    void failed(const ocellus::Failure& failure);

private:
    void post(std::uint64_t run, std::function<void()> inMyThread);
    void work(std::uint64_t run, const Request& request, const std::filesystem::path& file, const std::string& hash,
              const std::stop_token& stop);
    void end();
    std::filesystem::path file() const;

    std::filesystem::path m_folder;
    std::string m_model; ///< its hash
    ModelSettings m_given;
    std::optional<SanityReport> m_report;
    std::uint64_t m_run = 0; ///< the newest: what others post is dropped
    bool m_isRunning = false;
    double m_fraction = 0;
    LatestWinsQueue m_queue; // last: it is gone before anything that its jobs use
};

} // namespace ocellus
