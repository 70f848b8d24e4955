// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QObject>

#include "core/data/class_table.h"
#include "ui/experiment/folder_experiment.h"
#include "ui/experiment/preview_strip.h"

namespace ocellus {

/// Does an experiment's edit to its first three pictures before it is started, which also tells how long it will take.
class ExperimentPreview : public QObject {
    Q_OBJECT

public:
    static constexpr std::size_t Pictures = 3;

    /// Both must outlive this.
    ExperimentPreview(EngineController& controller, PreviewStrip& strip, QObject* parent = nullptr);

    /// Of a whole experiment; what was asked before is given up. Does nothing where it is the one that is shown.
    void show(const FolderExperiment::Wish& wish, const ClassTable& table);
    /// Nothing can be shown, and why.
    void clear(const QString& why);
    /// What runs is given up; what is shown stays.
    void stop();

    bool isRunning() const { return m_run.isRunning(); }
    /// Of one picture with its edit and no controls; the median of those that were done, nothing before.
    std::optional<double> seconds() const;

signals:
    void changed();

private:
    void take(const ExperimentFinding& finding);
    QString answer(const ExperimentRow& row) const;

    PreviewStrip& m_strip;
    FolderExperiment m_run;
    ClassTable m_table;
    std::string m_key; ///< of what is shown or asked for
    std::vector<PreviewPair> m_pairs;
    std::vector<double> m_seconds; ///< of those that were done
};

} // namespace ocellus
