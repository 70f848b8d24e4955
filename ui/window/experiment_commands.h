// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QObject>

#include "ui/document/settings.h"
#include "ui/engine/exporter.h"
#include "ui/experiment/experiment_page.h"
#include "ui/experiment/region_form.h"
#include "ui/files/save_question.h"

namespace ocellus {

class ExperimentStudy;

/// Files of the experiments' page: those that a recipe names, and those that results are written to.
class ExperimentCommands : public QObject {
    Q_OBJECT

public:
    /// All must outlive this.
    ExperimentCommands(ExperimentPage& page, ExperimentStudy& study, Settings& settings, AskForFiles ask,
                       QObject* parent = nullptr);

signals:
    void failed(const ocellus::Failure& failure);

private:
    void askForFile(RegionForm::Kind kind);
    void write(ExperimentPage::Export what);
    void save(const QString& title, const QString& filter, const QString& proposedName,
              std::function<void(const std::filesystem::path&)> write);

    ExperimentPage& m_page;
    ExperimentStudy& m_study;
    Settings& m_settings;
    AskForFiles m_ask;
    SaveQuestion m_question;
    Exporter m_exporter;
};

} // namespace ocellus
