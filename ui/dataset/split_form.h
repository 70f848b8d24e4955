// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "core/dataset/dataset_step.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace ocellus {

class DatasetDocument;

/// How a data set's pictures are divided into those that a model learns from and those that judge it.
class SplitForm : public QWidget {
    Q_OBJECT

public:
    /// `dataset` must outlive the widget.
    explicit SplitForm(DatasetDocument& dataset, QWidget* parent = nullptr);

    SplitRecipe recipe() const;

private:
    void follow();
    void show(const SplitRecipe& recipe);
    void followColumns();

    DatasetDocument& m_dataset;
    QLabel* m_now;
    QSpinBox* m_val;
    QSpinBox* m_test;
    QComboBox* m_group;
    QCheckBox* m_stratified;
    QSpinBox* m_seed;
    QPushButton* m_draw;
    std::optional<SplitRecipe> m_drawn; ///< that the form showed last
};

} // namespace ocellus
