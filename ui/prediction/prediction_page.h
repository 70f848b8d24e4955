// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/engine/failure.h"
#include "ui/files/file_dialogs.h"

namespace ocellus {

class DatasetDocument;
class Document;
class LiveAnswer;
class Settings;

/// What the model that is open says of new pictures, as a table that can be corrected.
class PredictionPage : public QWidget {
    Q_OBJECT

public:
    /// All of them must outlive the page.
    PredictionPage(Document& document, LiveAnswer& answer, DatasetDocument& dataset, Settings& settings,
                   AskForFiles ask, QWidget* parent = nullptr);

signals:
    void done(const QString& what);
    void failed(const ocellus::Failure& failure);

private:
    Document& m_document;
    LiveAnswer& m_answer;
    DatasetDocument& m_dataset;
    Settings& m_settings;
    AskForFiles m_ask;
};

} // namespace ocellus
