// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/explain/model_probe.h"
#include "ui/engine/explained_subject.h"
#include "ui/engine/failure.h"
#include "ui/engine/picture_source.h"
#include "ui/engine/view_request.h"
#include "ui/engine/view_result.h"

namespace ocellus {

/// Owns the engine on the queue's thread and brings it to a wished-for state, skipping what is already so.
class EngineWorker {
public:
    /// What a request passes on its way; called from the thread that works.
    struct Announcements {
        std::function<void(const EngineOptions&, const DeviceReport&)> deviceReported;
        std::function<void(const ModelDescription&)> modelOpened;
        std::function<void(const ShownPicture&)> pictureReady;
        std::function<void(const ViewResult&)> draftReady;
    };

    /// Encoding that takes longer than this is worth a draft before it.
    explicit EngineWorker(double secondsWorthADraft = 1) : m_secondsWorthADraft(secondsWorthADraft) {}

    /// A result without a decoding where the request names no picture or wants the picture only. Before it comes
    /// a draft of edits at half the resolution where encoding takes long. Throws what decoding, editing and the engine
    /// throw; step() then says how far it got.
    ViewResult view(const ViewRequest& request, const Progress& progress, const Announcements& announce);

    /// The same for work in the background, which leaves alone what speeds up the user's edits. Throws also
    /// Error(Cancelled) where another model than the request's is open now.
    ViewResult explain(const ViewRequest& request, const Progress& progress);

    /// For an experiment's own questions, in the background as explain()'s. Throws Error(Cancelled) where another model
    /// than the request's is open now.
    Engine& engineFor(const ViewRequest& request);

    /// For explainers, as engineFor(): changed pictures and gradients of the open model.
    ModelProbe& probeFor(const ViewRequest& request);

    static constexpr std::size_t MostOthers = 4;

    /// A model beside the open one, to compare with: of the same device, kept until it is closed or MostOthers were
    /// asked after it. Throws what opening throws.
    Engine& otherEngine(const std::filesystem::path& checkpoint, const Progress& progress);
    void closeOther(const std::filesystem::path& checkpoint);
    /// What takes memory now: the open one and the others.
    int openModels() const;
    ModelProbe& otherProbe(const std::filesystem::path& checkpoint, const Progress& progress);

    /// The request's picture as explainers want it, in the background; with `other` as that model sees it, which knows
    /// of no limit and no intervention. Throws as explain().
    ExplainedSubject subjectFor(const ViewRequest& request, const Progress& progress,
                                const std::filesystem::path& other = {});

    /// Keeps nothing: what the user looks at stays in the caches. Throws as view(), and Error(Cancelled) where another
    /// model than the request's is open now.
    Prediction predict(const ViewRequest& request, const Progress& progress);

    Step step() const { return m_step; }

private:
    enum class Purpose { View, Draft, Background };

    void startEngine(const EngineOptions& options, const Announcements& announce);
    void openModel(const std::filesystem::path& checkpoint, const Progress& progress, const Announcements& announce);
    bool hasOpen(const std::filesystem::path& checkpoint) const;
    using Original = std::shared_ptr<const PictureSource::Decoded>;

    /// Read once an answer: all of it is of the same pixels, even where the file is written meanwhile.
    Original originalOf(const ViewRequest& request, const Progress& progress);
    ShownPicture shownPicture(const ViewRequest& request, const Original& original, const Progress& progress);
    /// What the request comes to with this picture, resized as `preprocess` says.
    ViewKey keyOf(const ViewRequest& request, const ShownPicture& shown, const PreprocessOptions& preprocess) const;
    struct OtherModel {
        OtherModel(std::filesystem::path path, const EngineOptions& options)
            : checkpoint(std::move(path)),
              engine(options)
        {
        }

        std::filesystem::path checkpoint;
        Engine engine;
        std::filesystem::file_time_type time;
        ModelProbe probe{engine};
    };
    OtherModel& other(const std::filesystem::path& checkpoint, const Progress& progress);
    ViewResult answer(const ViewRequest& request, const Original& original, Purpose purpose, const Progress& progress);
    std::shared_ptr<const Encoding> encode(const ModelInput& input, Purpose purpose, const Progress& progress);

    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<ModelProbe> m_probe;               ///< of that engine; made when it is first asked for
    std::vector<std::unique_ptr<OtherModel>> m_others; ///< the one asked last at the end
    std::filesystem::file_time_type m_modelTime;
    PictureSource m_pictures;
    double m_secondsWorthADraft;
    double m_encodeSeconds = 0; ///< of the last picture that was not in the cache
    Step m_step = Step::Device;
};

} // namespace ocellus
