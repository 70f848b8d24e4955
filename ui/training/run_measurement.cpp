// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/run_measurement.h"

#include <cmath>

#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/error.h"
#include "ui/dataset/dataset_document.h"
#include "ui/engine/paths.h"
#include "ui/figures/number_text.h"
#include "ui/training/run_launcher.h"
#include "ui/training/training_run.h"

namespace ocellus {

namespace {

QString bytesText(double bytes)
{
    return bytes < 1e9 ? RunMeasurement::tr("%1 MB").arg(std::lround(bytes / 1e6))
                       : RunMeasurement::tr("%1 GB").arg(fixedText(bytes / 1e9, 1));
}

QString durationText(double seconds)
{
    if (seconds < 90)
        return RunMeasurement::tr("%n second(s)", nullptr, static_cast<int>(std::ceil(seconds)));
    if (seconds < 90 * 60)
        return RunMeasurement::tr("%n minute(s)", nullptr, static_cast<int>(std::lround(seconds / 60)));
    return RunMeasurement::tr("%n hour(s)", nullptr, static_cast<int>(std::lround(seconds / 3600)));
}

QString lastLine(const QByteArray& text)
{
    const QStringList lines = QString::fromUtf8(text).split('\n', Qt::SkipEmptyParts);
    return lines.isEmpty() ? QString() : lines.last().section('\r', -1).trimmed();
}

} // namespace

QString toText(const RunEstimate& estimate)
{
    QString text =
        RunMeasurement::tr("An estimate from a few steps: about %1 for %n epoch(s), %2 of memory, %3 on disk.", nullptr,
                           estimate.epochs)
            .arg(durationText(estimate.seconds), bytesText(estimate.memoryBytes), bytesText(estimate.diskBytes));
    if (estimate.featureSeconds > 0)
        text += QLatin1Char(' ') + RunMeasurement::tr("The first %1 of it go into looking at each picture once.")
                                       .arg(durationText(estimate.featureSeconds));
    return text;
}

RunMeasurement::RunMeasurement(QObject* parent) : QObject(parent) {}

RunMeasurement::~RunMeasurement()
{
    cancel();
}

void RunMeasurement::measure(const DatasetDocument& dataset, const QStringList& options)
{
    cancel();
    m_folder = std::make_unique<QTemporaryDir>();
    const std::filesystem::path run = toPath(m_folder->path());
    try {
        const std::filesystem::path program = launcher::requireProgram();
        dataset.writeCopy(datasetOf(run));
        m_process = new QProcess(this);
        m_process->setProgram(toQString(program));
    } catch (const Error& error) {
        emit refused(QString::fromStdString(error.what()));
        return;
    }
    m_process->setArguments(launcher::arguments(run, options, false) +
                            QStringList{QStringLiteral("--dry-run"), QStringLiteral("--json")});
    connect(m_process, &QProcess::finished, this, &RunMeasurement::finish);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish(-1);
    });
    m_process->start();
    emit changed();
}

void RunMeasurement::cancel()
{
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->kill();
    // Reaped when it is gone; the folder goes after it.
    connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
    m_process->setParent(nullptr);
    m_process = nullptr;
    m_folder.reset();
    emit changed();
}

void RunMeasurement::finish(int code)
{
    const QString said = lastLine(m_process->readAllStandardOutput());
    const QString complained = lastLine(m_process->readAllStandardError());
    const QString failure = m_process->errorString();
    m_process->deleteLater();
    m_process = nullptr;
    m_folder.reset();
    emit changed();
    const QJsonObject json = QJsonDocument::fromJson(said.toUtf8()).object();
    if (code != 0 || json.isEmpty()) {
        emit refused(complained.isEmpty() ? failure : complained);
        return;
    }
    RunEstimate estimate;
    estimate.seconds = json[QStringLiteral("seconds")].toDouble();
    estimate.epochSeconds = json[QStringLiteral("epoch_seconds")].toDouble();
    estimate.featureSeconds = json[QStringLiteral("feature_seconds")].toDouble();
    estimate.memoryBytes = json[QStringLiteral("memory_bytes")].toDouble();
    estimate.diskBytes = json[QStringLiteral("disk_bytes")].toDouble();
    estimate.epochs = json[QStringLiteral("epochs")].toInt();
    emit measured(estimate);
}

} // namespace ocellus
