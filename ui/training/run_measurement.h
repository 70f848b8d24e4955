// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace ocellus {

class DatasetDocument;

/// What a run will take, scaled up from a few of its steps.
struct RunEstimate {
    double seconds = 0, epochSeconds = 0, featureSeconds = 0;
    double memoryBytes = 0, diskBytes = 0;
    int epochs = 0;
};

/// "An estimate from a few steps: about 25 minutes, 0.9 GB of memory, 120 MB on disk."
QString toText(const RunEstimate& estimate);

/// Lets the command line check everything of a run, make a few steps and say what all of it will take. Nothing of it
/// stays.
class RunMeasurement : public QObject {
    Q_OBJECT

public:
    explicit RunMeasurement(QObject* parent = nullptr);
    ~RunMeasurement() override;

    /// What runs is given up first.
    void measure(const DatasetDocument& dataset, const QStringList& options);
    void cancel();
    bool isRunning() const { return m_process != nullptr; }

signals:
    void changed(); ///< isRunning()
    void measured(const ocellus::RunEstimate& estimate);
    void refused(const QString& why); ///< a run like that would fail the same way

private:
    void finish(int code);

    std::unique_ptr<QTemporaryDir> m_folder;
    QProcess* m_process = nullptr;
};

} // namespace ocellus
