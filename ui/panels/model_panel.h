// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QStringList>
#include <QWidget>

#include "core/data/class_table.h"
#include "core/engine/engine.h"
#include "core/image/picture.h"
#include "core/image/preprocess.h"

class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace ocellus {

class ModelSettingsForm;

/// What is open: checkpoint, architecture with what is assumed, device, class table, sizes, precision.
class ModelPanel : public QWidget {
    Q_OBJECT

public:
    explicit ModelPanel(QWidget* parent = nullptr);

    void setModel(const ModelDescription& model);
    void clearModel();
    void setDevice(const DeviceReport& device);
    /// An empty table: "none, classes are numbered".
    void setClassTable(const ClassTable& table);
    /// `declared` is what the model was trained with, where it tells; the panel says whether that is followed.
    void setPreprocessing(const PreprocessOptions& options, const std::optional<PreprocessOptions>& declared,
                          bool ignoreExif);
    /// Of the picture that is shown; a width of 0 says that there is none.
    void setPictureSizes(Size picture, Size input, int rows, int columns);
    /// "TF32", "half precision", ...; empty: full float32 precision.
    void setPrecisionNotes(const QStringList& notes);
    /// What a check with random weights came to; empty: nobody made one.
    void setSanity(const QString& text);

signals:
    void classTableRequested();
    void checkpointRequested();
    void settingsApplied(const ocellus::ModelSettings& settings);
    void settingsKept(const ocellus::ModelSettings& settings);

private:
    QWidget* buildEmptyPage();
    QWidget* buildForm();
    QLabel* addRow(QFormLayout* form, const QString& title, const QString& toolTip = {});
    void copyHash();

    QStackedWidget* m_pages;
    QFormLayout* m_form;
    QLineEdit* m_file;
    QLabel* m_format;
    QLineEdit* m_hash;
    QToolButton* m_copyHash;
    QLabel* m_untrained;
    QLabel* m_architecture;
    ModelSettingsForm* m_settings;
    QLabel* m_parameters;
    QLabel* m_stateDict;
    QLabel* m_remarks;
    QLabel* m_training;
    QLabel* m_sanity;
    QLabel* m_device;
    QLabel* m_deviceWarning;
    QLabel* m_precision;
    QLabel* m_table;
    QPushButton* m_chooseTable;
    QLabel* m_preprocessing;
    QLabel* m_sizes;
    bool m_isPreparationAssumed = false;
};

} // namespace ocellus
