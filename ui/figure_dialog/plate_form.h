// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "ui/figures/plate.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFontComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace ocellus {

class PlateChoice;

/// The choices of a figure for a paper.
class PlateForm : public QWidget {
    Q_OBJECT

public:
    explicit PlateForm(QWidget* parent = nullptr);

    void setOptions(const PlateOptions& options);
    const PlateOptions& options() const { return m_options; }
    /// What there is to choose from; nothing: what there was stays to be seen.
    void setMatrix(const std::optional<MapMatrix>& matrix);

signals:
    /// By the user.
    void changed();

private:
    QWidget* makeSize();
    QWidget* makeLayout();
    QWidget* makeText();
    QWidget* makeMaps();
    QWidget* makeScale();
    void connectControls();
    void showOptions();
    void takeControls();
    void updateEnabled();
    double sizeInFile() const;

    PlateOptions m_options;
    std::optional<MapMatrix> m_matrix;
    bool m_showing = false;
    PlateChoice* m_rows;
    PlateChoice* m_columnChoice;
    QComboBox* m_size;
    QDoubleSpinBox* m_width;
    QDoubleSpinBox* m_mostHeight;
    QSpinBox* m_dots;
    QSpinBox* m_columns;
    QComboBox* m_picture;
    QComboBox* m_labels;
    QCheckBox* m_rowTitles;
    QCheckBox* m_predictions;
    QCheckBox* m_notes;
    QComboBox* m_numbers;
    QFontComboBox* m_font;
    QSpinBox* m_textSize;
    QComboBox* m_names;
    QComboBox* m_overlay;
    QComboBox* m_valueScale;
    QComboBox* m_range;
    QDoubleSpinBox* m_low;
    QDoubleSpinBox* m_high;
    QCheckBox* m_colourBar;
    QComboBox* m_scale;
    QDoubleSpinBox* m_pixel;
    QLabel* m_inFile;
};

} // namespace ocellus
