// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include <QObject>

#include "core/engine/view_key.h"
#include "core/explain/source_map.h"
#include "core/explain/source_settings.h"
#include "ui/engine/batch_run.h"
#include "ui/engine/failure.h"
#include "ui/engine/view_request.h"

namespace ocellus {

/// What sources are asked for maps of.
struct SourceQuestion {
    ViewRequest request;             ///< model, picture, edits and settings
    std::vector<SourceText> sources; ///< ids with the options that differ from the standard
    std::vector<int> classes;
    std::filesystem::path other =
        {}; ///< a checkpoint beside the open one that answers in its place, with its own classes
};

/// What one source said.
struct SourceAnswer {
    SourceText source;
    ViewKey key;                 ///< of what it was made of: without a limit where the source does not read one
    std::vector<SourceMap> maps; ///< class by class in the question's order, of several heads next to each other
    bool isPartial = false;      ///< more is on its way
};

/// Asks sources for maps in the background, between the user's requests, one source after the other. The newest
/// question wins.
class SourceInquiry : public QObject {
    Q_OBJECT

public:
    /// `controller` must outlive the inquiry.
    explicit SourceInquiry(EngineController& controller, QObject* parent = nullptr);
    /// What runs is stopped.
    ~SourceInquiry() override;

    /// A question that is still being answered is cancelled first. Without sources it finishes at once.
    void ask(const SourceQuestion& question);
    /// The engine is free within a fraction of a second, and nothing more is answered.
    void cancel() { m_run.cancel(); }

    bool isRunning() const { return m_run.isRunning(); }

signals:
    /// From 0 to 1 over all sources; starts again where a request of the user came between.
    void progressed(double fraction);
    /// Of each source in turn; before its last answer partial ones, where it has such.
    void answered(const ocellus::SourceAnswer& answer);
    /// One source has no maps, and why; the others go on.
    void failed(const ocellus::SourceText& source, const ocellus::Failure& failure);
    void finished();
    /// By cancel() or a newer question, or because another model is open now.
    void cancelled();

private:
    struct Question;
    struct Wanted {};

    EngineUnit unitOf(std::shared_ptr<const Question> question, std::size_t position);

    EngineController& m_controller;
    std::shared_ptr<const Wanted> m_wanted; // as long as answers are; held weakly by units and what they post
    BatchRun m_run;
};

} // namespace ocellus

Q_DECLARE_METATYPE(ocellus::SourceText)
Q_DECLARE_METATYPE(ocellus::SourceAnswer)
