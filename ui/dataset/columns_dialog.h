// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/dataset/dataset_opening.h"

class QComboBox;
class QPushButton;

namespace ocellus {

class UnclearTable;

/// Asks which column of a table names the pictures and which the species, over its first lines.
class ColumnsDialog : public QDialog {
    Q_OBJECT

public:
    explicit ColumnsDialog(const UnclearTable& table, QWidget* parent = nullptr);

    /// As chosen.
    TableColumns columns() const;

private:
    QComboBox* makeChoice(const UnclearTable& table, const std::string& guess, const QString& name);
    QWidget* makePreview(const UnclearTable& table);
    void followChoices();

    QComboBox* m_pictures;
    QComboBox* m_species;
    QPushButton* m_open;
};

} // namespace ocellus
