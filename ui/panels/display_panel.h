// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/engine/engine.h"
#include "core/model/model_offer.h"
#include "ui/models/display_choice.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLayout;
class QSlider;
class QSpinBox;

namespace ocellus {

class ColourMapCombo;
class SourceForm;

/// What makes the maps and how they are drawn: source, layer, colours, range, threshold, cells, placement, order of the
/// tiles.
class DisplayPanel : public QWidget {
    Q_OBJECT

public:
    explicit DisplayPanel(QWidget* parent = nullptr);

    /// Decoder layers of the open model, at least 1; a layer beyond them becomes the last, without a signal.
    void setLayerCount(int layers);
    /// The sources that the model has maps of.
    void setModel(const ModelDescription& model);

    /// What the layers are called, and only what makes a difference to the model's maps.
    void setOffer(const ModelOffer& offer);

    /// Shows a choice without a signal.
    void setChoice(const DisplayChoice& choice);
    const DisplayChoice& choice() const { return m_choice; }

signals:
    void displayChanged(const ocellus::DisplayChoice& choice);

private:
    void buildLayerRow(QFormLayout* form);
    void buildOverlayRow(QFormLayout* form);
    void buildColourRows(QFormLayout* form);
    void buildResetRow(QFormLayout* form);
    void buildShapeRows(QFormLayout* form);
    void connectControls();
    void enableRows();
    void showChoice();
    void readControls();

    void nameLayers(LayerKind kind);
    void showRowsOfOverlay();

    DisplayChoice m_choice;
    QFormLayout* m_form;
    int m_layers = 1;
    bool m_showing = false; ///< controls are being set, not moved by the user
    SourceForm* m_source;
    QLabel* m_layerLabel;
    QLayout* m_layerRow;
    QSpinBox* m_layer;
    QSlider* m_layerSlider;
    QSlider* m_opacitySlider;
    QSpinBox* m_opacity;
    ColourMapCombo* m_colourMap;
    QComboBox* m_overlay;
    QSpinBox* m_mass;
    QComboBox* m_scale;
    QComboBox* m_range;
    QCheckBox* m_useThreshold;
    QDoubleSpinBox* m_threshold;
    QCheckBox* m_contour;
    QComboBox* m_cells;
    QComboBox* m_placement;
    QCheckBox* m_boxes;
    QCheckBox* m_sort;
    QCheckBox* m_sortByBlurring;
    QCheckBox* m_sortByWorth;
    QLabel* m_ofHeadsAlone; ///< why some rows have nothing to say
};

} // namespace ocellus
