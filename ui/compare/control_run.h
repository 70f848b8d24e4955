// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include <QObject>

#include "core/experiment/control_edits.h"
#include "ui/compare/control_result.h"
#include "ui/engine/batch_run.h"
#include "ui/engine/view_request.h"

namespace ocellus {

/// Sets one edit of a picture among control edits: draws their places and asks the model about each, between the
/// user's requests.
class ControlRun : public QObject {
    Q_OBJECT

public:
    enum class Place {
        EstimatedAnimal, ///< estimatedAnimal() of the picture before the edit
        Mask,            ///< Request::animal
        Anywhere
    };
    /// What is to be found out.
    struct Request {
        ViewRequest view;     ///< the picture with all its edits
        std::size_t edit = 0; ///< which of them; it must be enabled and have a mask
        int classIndex = -1;  ///< -1: the class that is predicted without the edit
        int count = 20;
        Place place = Place::EstimatedAnimal;
        Mask animal;
    };
    /// What was found out, without words.
    struct Found {
        int classIndex = 0;
        ControlResult result;
    };

    /// `controller` must outlive the run.
    explicit ControlRun(EngineController& controller, QObject* parent = nullptr);

    /// One that still runs is cancelled first. The effect of the edit and of each control is told against the picture
    /// with all other edits.
    void start(const Request& request);
    void cancel();
    bool isRunning() const { return m_prepare.isRunning() || m_controls.isRunning(); }

signals:
    void started();
    /// Counts what was asked of the model.
    void progressed(int done, int total);
    /// Once, at the end; names are for the receiver to fill in.
    void finished(const ocellus::ControlRun::Found& found);
    void failed(const ocellus::Failure& failure);
    void cancelled();

private:
    struct Work;

    void prepare();
    void askAboutControls(const EditList& controls);
    void finish();
    void fail(const Failure& failure);

    BatchRun m_prepare;
    BatchRun m_controls;
    std::shared_ptr<Work> m_work; ///< null while nothing runs
};

} // namespace ocellus
