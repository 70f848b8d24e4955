// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include <QObject>

#include "core/data/class_table.h"
#include "ui/engine/batch_run.h"

namespace ocellus {

/// A model beside the open one, whose maps are compared with that one's: what it is, and which of its classes is which.
class SecondModel : public QObject {
    Q_OBJECT

public:
    /// `controller` must outlive this object.
    explicit SecondModel(EngineController& controller, QObject* parent = nullptr);

    /// Reads it beside the request's model, in the background; the one before is let go.
    void open(const std::filesystem::path& checkpoint, const ViewRequest& request);
    /// Gives its memory back as soon as the worker has time. Who still asks it is to be stopped before.
    void close();

    const std::optional<ModelDescription>& model() const { return m_model; }
    bool isOnItsWay() const { return m_run.isRunning(); }

    /// Its own class of that name, by the names in its file; by the index where it has none and as many classes.
    /// Nothing where it has no such class.
    std::optional<int> classOf(int classIndex, const ClassTable& names) const;
    /// Whether classOf() goes by index alone.
    bool isByIndex() const;

signals:
    void changed();
    void failed(const ocellus::Failure& failure);

private:
    void letGo();

    BatchRun m_run;
    BatchRun m_closing;
    std::filesystem::path m_path; ///< of what is open or on its way
    std::optional<ModelDescription> m_model;
};

} // namespace ocellus
