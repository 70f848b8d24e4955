// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/engine/engine.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ocellus {

/// What no tensor of a Vision Transformer tells, with where each value comes from: changed here, asked for again with
/// the button, and kept beside the checkpoint on request.
class ModelSettingsForm : public QWidget {
    Q_OBJECT

public:
    explicit ModelSettingsForm(QWidget* parent = nullptr);

    /// Hidden for a model that has none of these.
    void setModel(const ModelDescription& model);
    /// What the controls say, as far as it differs from what is in use or was said before. Throws Error(BadArgument).
    ModelSettings settings() const;

signals:
    void applied(const ocellus::ModelSettings& settings);
    void keepRequested(const ocellus::ModelSettings& settings); ///< all that the controls say

private:
    void addRow(const QString& title, QWidget* control, const QString& explanation, const char* name);
    ModelSettings all() const; ///< that the controls say; throws as settings()
    void fill(const ModelDescription& model);
    void fillHeads(int width, int heads);
    /// Whether what a control says came from nowhere, from the user, or from the file.
    void showOrigins(const ModelDescription& model);
    void check();

    ModelDescription m_model;
    ModelSettings m_inUse; ///< all of them
    QFormLayout* m_form;
    QComboBox* m_heads;
    QComboBox* m_resampling;
    QComboBox* m_activation;
    QLineEdit* m_eps;
    QLineEdit* m_preprocessing;
    QLabel* m_problem;
    QPushButton* m_apply;
    QPushButton* m_keep;
    struct Row {
        QWidget* control;
        QLabel* label;
        QString title;
        const char* name;
    };
    QList<Row> m_rows;
};

} // namespace ocellus
