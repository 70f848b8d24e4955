// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/display_panel.h"

#include <algorithm>
#include <cmath>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/panels/colour_map_combo.h"
#include "ui/panels/source_form.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

enum RangeRule { Shared, Locked, PerMap };

/// Rows of a combo box whose index is the value, each with a plain explanation.
void fill(QComboBox* box, std::initializer_list<std::pair<QString, QString>> rows)
{
    for (const auto& [text, explanation] : rows) {
        box->addItem(text);
        box->setItemData(box->count() - 1, explanation, Qt::ToolTipRole);
    }
}

QLayout* sideBySide(QWidget* wide, QWidget* narrow)
{
    auto* row = new QHBoxLayout;
    row->addWidget(wide, 1);
    row->addWidget(narrow);
    return row;
}

void name(QWidget* widget, const QString& accessibleName, const QString& toolTip)
{
    widget->setAccessibleName(accessibleName);
    widget->setToolTip(toolTip);
}

/// Long texts shrink with the dock instead of widening it.
void letShrink(QComboBox* box)
{
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
}

} // namespace

DisplayPanel::DisplayPanel(QWidget* parent) : QWidget(parent), m_form(new QFormLayout)
{
    auto* layout = new QVBoxLayout(this);
    m_source = new SourceForm;
    layout->addWidget(m_source);
    layout->addLayout(m_form);
    QFormLayout* const form = m_form;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_ofHeadsAlone = plainLabel(this);
    m_ofHeadsAlone->setText(
        tr("Layer, colours, threshold and order belong to the model's own maps; those of this source "
           "have a scale of their own."));
    form->addRow(m_ofHeadsAlone);
    buildLayerRow(form);
    buildOverlayRow(form);
    buildColourRows(form);
    buildShapeRows(form);
    buildResetRow(form);
    connectControls();
    setLayerCount(1);
}

void DisplayPanel::buildLayerRow(QFormLayout* form)
{
    m_layerSlider = new QSlider(Qt::Horizontal);
    m_layerSlider->setPageStep(1);
    m_layerSlider->setTickPosition(QSlider::TicksBelow);
    m_layer = new QSpinBox;
    auto* label = new QLabel;
    label->setBuddy(m_layer);
    m_layerRow = sideBySide(m_layerSlider, m_layer);
    form->addRow(label, m_layerRow);
    m_layerLabel = label;
    nameLayers(LayerKind::Decoder);
}

void DisplayPanel::nameLayers(LayerKind kind)
{
    const bool isBlock = kind == LayerKind::Block;
    const QString toolTip = isBlock ? tr("Block of the Vision Transformer whose attention is shown; the last one comes "
                                         "before its answer")
                                    : tr("Decoder layer whose attention is shown; the last one decides the logits");
    const QString title = isBlock ? tr("Block") : tr("Layer");
    m_layerLabel->setText(isBlock ? tr("B&lock") : tr("&Layer"));
    name(m_layerSlider, title, toolTip);
    name(m_layer, title, toolTip);
}

void DisplayPanel::setOffer(const ModelOffer& offer)
{
    nameLayers(offer.layerKind);
    // A patch is where its cell is, stretched or not.
    const bool isSame = offer.field.stride > 0 && offer.field.start * 2 == offer.field.stride;
    m_form->setRowVisible(m_placement, !isSame);
    m_form->setRowVisible(m_sortByBlurring, offer.canBlurHeads);
    // Prototypes have an order of their own, and no layers.
    const bool areHeads = offer.mapKind == MapKind::Head;
    m_form->setRowVisible(m_layerRow, areHeads);
    m_form->setRowVisible(m_sort, areHeads);
    m_form->setRowVisible(m_sortByWorth, areHeads);
    m_form->setRowVisible(m_boxes, !areHeads);
    setLayerCount(offer.layers);
}

void DisplayPanel::buildOverlayRow(QFormLayout* form)
{
    m_overlay = new QComboBox;
    // In the order of OverlayRule.
    fill(m_overlay,
         {{tr("Clear below even spread"),
           tr("Clear up to 1\u00d7 an even spread, then ever more opaque: the animal keeps its colours")},
          {tr("Flat tint"), tr("Equally opaque everywhere, as many published figures are")},
          {tr("Contour lines"), tr("Lines at a quarter, half and three quarters of the scale, and nothing else")},
          {tr("Spotlight"), tr("The picture's own colours where there is attention, the rest dim and grey")},
          {tr("Heat on grey"), tr("As the first one, on the picture in grey: for animals in the map's colours")},
          {tr("Mask by mass"), tr("The fewest cells that together hold a share of the map, as DINO's figures show it; "
                                  "the rest dim and grey")}});
    letShrink(m_overlay);
    name(m_overlay, tr("Overlay"), tr("How maps lie on the picture"));
    form->addRow(tr("Ove&rlay"), m_overlay);
    m_mass = new QSpinBox;
    m_mass->setRange(1, 100);
    m_mass->setSuffix(tr(" %"));
    name(m_mass, tr("Share of the map in its mask"),
         tr("How much of each map its mask holds; DINO's published figures keep 60 %"));
    form->addRow(tr("&Mask holds"), m_mass);
}

void DisplayPanel::buildResetRow(QFormLayout* form)
{
    auto* reset = new QPushButton(tr("Reset displa&y"));
    reset->setToolTip(tr("Everything here as it is at first, but the source and the layer"));
    connect(reset, &QPushButton::clicked, this, [this] {
        DisplayChoice choice;
        choice.layer = m_choice.layer;
        choice.source = m_choice.source;
        if (choice == m_choice)
            return;
        setChoice(choice);
        emit displayChanged(m_choice);
    });
    form->addRow(reset);
}

void DisplayPanel::buildColourRows(QFormLayout* form)
{
    m_opacitySlider = new QSlider(Qt::Horizontal);
    m_opacitySlider->setRange(0, 100);
    m_opacity = new QSpinBox;
    m_opacity->setRange(0, 100);
    m_opacity->setSuffix(tr(" %"));
    const QString opacity = tr("Where the map is most opaque: 0 % shows the picture alone, 100 % the map alone");
    name(m_opacitySlider, tr("Opacity"), opacity);
    name(m_opacity, tr("Opacity"), opacity);
    auto* label = new QLabel(tr("&Opacity"));
    label->setBuddy(m_opacity);
    form->addRow(label, sideBySide(m_opacitySlider, m_opacity));

    m_colourMap = new ColourMapCombo;
    name(m_colourMap, tr("Colour map"), tr("Jet is there to compare with published figures; it misleads the eye"));
    form->addRow(tr("Colo&urs"), m_colourMap);

    m_range = new QComboBox;
    fill(m_range, {{tr("Shared, from 0"), tr("One scale for all tiles, from 0 to the largest value shown")},
                   {tr("Locked"), tr("The present scale is held across classes and pictures")},
                   {tr("Stretched per map"),
                    tr("Each map over its own smallest to largest value: tiles cannot be compared, and say so")}});
    m_scale = new QComboBox;
    // In the order of ValueScale.
    fill(m_scale, {{tr("Linear"), tr("Equal steps of attention are equal steps of colour")},
                   {tr("Square root"), tr("Weak attention stays visible beside one strong cell")},
                   {tr("Logarithmic"), tr("Equal ratios of attention are equal steps of colour")}});
    letShrink(m_scale);
    name(m_scale, tr("Scale of the colours"), tr("How values between the two ends take their part of the colours"));
    form->addRow(tr("Sc&ale"), m_scale);

    letShrink(m_range);
    name(m_range, tr("Range of the colours"), tr("What the two ends of the colour scale stand for"));
    form->addRow(tr("Ran&ge"), m_range);
}

void DisplayPanel::buildShapeRows(QFormLayout* form)
{
    m_useThreshold = new QCheckBox(tr("Hide &below"));
    name(m_useThreshold, tr("Hide below a threshold"), tr("Draws nothing where a map is lower than this"));
    m_threshold = new QDoubleSpinBox;
    m_threshold->setRange(0, 100'000);
    m_threshold->setDecimals(2);
    m_threshold->setSingleStep(0.5);
    m_threshold->setValue(1);
    m_threshold->setSuffix(tr(" \u00d7"));
    m_threshold->setMinimumWidth(m_threshold->fontMetrics().horizontalAdvance(QStringLiteral("0000.0 x0000")));
    name(m_threshold, tr("Threshold, times uniform"), tr("In multiples of an even spread over the picture"));
    form->addRow(m_useThreshold, m_threshold);

    m_contour = new QCheckBox(tr("Co&ntour"));
    m_contour->setToolTip(tr("A line around what lies above the threshold, or above half the range"));
    form->addRow(QString(), m_contour);

    m_cells = new QComboBox;
    fill(m_cells, {{tr("As cells"), tr("Each cell in one colour: what the model really computed")},
                   {tr("Smooth"), tr("Values between cell centres are interpolated")}});
    letShrink(m_cells);
    name(m_cells, tr("Cells or smooth"), tr("How the values between cell centres are drawn"));
    form->addRow(tr("&Drawn"), m_cells);

    m_placement = new QComboBox;
    fill(m_placement, {{tr("Receptive field"), tr("Each cell where its receptive field is centred")},
                       {tr("As published"),
                        tr("The map stretched over the picture, as in published figures: half a cell too far to the "
                           "lower right")}});
    letShrink(m_placement);
    name(m_placement, tr("Placement"), tr("Where a cell lies on the picture"));
    form->addRow(tr("&Placement"), m_placement);

    m_boxes = new QCheckBox(tr("Bo&xes as published"));
    m_boxes->setToolTip(
        tr("A rectangle around the highest 5 % of each prototype's map, or in a tree around its highest "
           "cell, on the map stretched over the picture: as the papers' figures draw them"));
    form->addRow(m_boxes);
    form->setRowVisible(m_boxes, false);

    m_sort = new QCheckBox(tr("&Sort heads by peak score"));
    m_sort->setToolTip(tr("The paper's ranking of heads; otherwise they keep their own order"));
    form->addRow(m_sort);
    m_sortByBlurring = new QCheckBox(tr("Sort heads by blurr&ing"));
    m_sortByBlurring->setToolTip(tr("Prompt-CAM's ranking: first the head whose blurring, one head after the other, "
                                    "costs the class most"));
    form->addRow(m_sortByBlurring);
    form->setRowVisible(m_sortByBlurring, false);
    m_sortByWorth = new QCheckBox(tr("Sort heads by what they are wo&rth"));
    m_sortByWorth->setToolTip(tr("First the head whose attention adds most to the class's logit, beside attending "
                                 "everywhere alike: known of the last layer"));
    form->addRow(m_sortByWorth);
    // Tiles have one order.
    const std::initializer_list<QCheckBox*> orders{m_sort, m_sortByBlurring, m_sortByWorth};
    for (QCheckBox* order : orders)
        connect(order, &QCheckBox::clicked, this, [order, orders = std::vector(orders)](bool on) {
            for (QCheckBox* other : orders)
                if (on && other != order)
                    other->setChecked(false);
        });
}

void DisplayPanel::connectControls()
{
    connect(m_source, &SourceForm::sourceChanged, this, &DisplayPanel::readControls);
    connect(m_layerSlider, &QSlider::valueChanged, m_layer, &QSpinBox::setValue);
    connect(m_layer, &QSpinBox::valueChanged, m_layerSlider, &QSlider::setValue);
    connect(m_opacitySlider, &QSlider::valueChanged, m_opacity, &QSpinBox::setValue);
    connect(m_opacity, &QSpinBox::valueChanged, m_opacitySlider, &QSlider::setValue);

    connect(m_layer, &QSpinBox::valueChanged, this, &DisplayPanel::readControls);
    connect(m_opacity, &QSpinBox::valueChanged, this, &DisplayPanel::readControls);
    connect(m_mass, &QSpinBox::valueChanged, this, &DisplayPanel::readControls);
    for (QComboBox* box : {m_overlay, qobject_cast<QComboBox*>(m_colourMap), m_scale, m_range, m_cells, m_placement})
        connect(box, &QComboBox::currentIndexChanged, this, &DisplayPanel::readControls);
    for (QCheckBox* box : {m_useThreshold, m_contour, m_boxes, m_sort, m_sortByBlurring, m_sortByWorth})
        connect(box, &QCheckBox::toggled, this, &DisplayPanel::readControls);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, &DisplayPanel::readControls);
}

void DisplayPanel::setLayerCount(int layers)
{
    m_layers = std::max(layers, 1);
    setChoice(m_choice);
}

void DisplayPanel::setModel(const ModelDescription& model)
{
    m_source->setModel(model);
    enableRows();
}

void DisplayPanel::setChoice(const DisplayChoice& choice)
{
    m_choice = choice;
    m_choice.layer = std::clamp(choice.layer, 0, m_layers - 1);
    m_choice.style.opacity = std::clamp(std::isnan(choice.style.opacity) ? 0.0 : choice.style.opacity, 0.0, 1.0);
    m_choice.lockRange = choice.lockRange && !choice.style.perMapStretch;
    showChoice();
}

void DisplayPanel::showChoice()
{
    const MapStyle& style = m_choice.style;
    m_showing = true;
    m_layer->setRange(1, m_layers);
    m_layerSlider->setRange(1, m_layers);
    m_layer->setValue(m_choice.layer + 1);
    m_opacity->setValue(static_cast<int>(std::lround(style.opacity * 100)));
    m_overlay->setCurrentIndex(static_cast<int>(style.overlay));
    m_mass->setValue(static_cast<int>(std::lround(style.mass * 100)));
    m_colourMap->setColourMap(style.colourMap);
    m_scale->setCurrentIndex(static_cast<int>(style.scale));
    m_range->setCurrentIndex(style.perMapStretch ? PerMap : m_choice.lockRange ? Locked : Shared);
    m_useThreshold->setChecked(style.threshold.has_value());
    if (style.threshold)
        m_threshold->setValue(static_cast<double>(*style.threshold));
    m_contour->setChecked(style.contour);
    m_cells->setCurrentIndex(style.smooth ? 1 : 0);
    m_placement->setCurrentIndex(style.placement == Placement::AsPublished ? 1 : 0);
    m_boxes->setChecked(m_choice.boxes);
    m_sort->setChecked(m_choice.sortByRanking);
    m_sortByBlurring->setChecked(m_choice.sortByBlurring);
    m_sortByWorth->setChecked(m_choice.sortByWorth);
    showRowsOfOverlay();
    m_source->setSource(m_choice.source);
    m_showing = false;
    enableRows();
}

/// What says nothing of another source's maps: those count in units of their own, and signed ones have colours of their
/// own.
void DisplayPanel::enableRows()
{
    const bool areHeads = m_source->areHeadsChosen();
    for (QWidget* widget : std::initializer_list<QWidget*>{m_layer, m_layerSlider, m_colourMap, m_useThreshold, m_boxes,
                                                           m_sort, m_sortByBlurring, m_sortByWorth})
        widget->setEnabled(areHeads);
    m_form->setRowVisible(m_ofHeadsAlone, !areHeads);
    m_threshold->setEnabled(areHeads && m_useThreshold->isChecked());
}

/// A mask is of cells and of two kinds alone: neither colours nor thresholds make a difference to it.
void DisplayPanel::showRowsOfOverlay()
{
    const bool isMask = m_choice.style.overlay == OverlayRule::Mass;
    m_form->setRowVisible(m_mass, isMask);
    for (QWidget* row : std::initializer_list<QWidget*>{m_colourMap, m_scale, m_range, m_threshold, m_contour, m_cells})
        m_form->setRowVisible(row, !isMask);
}

void DisplayPanel::readControls()
{
    if (m_showing)
        return;
    DisplayChoice choice;
    choice.source = m_source->source();
    choice.layer = m_layer->value() - 1;
    choice.style.overlay = static_cast<OverlayRule>(m_overlay->currentIndex());
    choice.style.scale = static_cast<ValueScale>(m_scale->currentIndex());
    choice.style.colourMap = m_colourMap->colourMap();
    // A value set by hand in finer steps than the control's stays as it is until the control moves.
    const bool massMoved = m_mass->value() != std::lround(m_choice.style.mass * 100);
    choice.style.mass = massMoved ? m_mass->value() / 100.0 : m_choice.style.mass;
    const bool opacityMoved = m_opacity->value() != std::lround(m_choice.style.opacity * 100);
    choice.style.opacity = opacityMoved ? m_opacity->value() / 100.0 : m_choice.style.opacity;
    choice.style.smooth = m_cells->currentIndex() == 1;
    if (m_useThreshold->isChecked())
        choice.style.threshold = static_cast<float>(m_threshold->value());
    choice.style.contour = m_contour->isChecked();
    choice.style.perMapStretch = m_range->currentIndex() == PerMap;
    choice.style.placement = m_placement->currentIndex() == 1 ? Placement::AsPublished : Placement::Receptive;
    choice.boxes = m_boxes->isChecked();
    choice.sortByRanking = m_sort->isChecked();
    choice.sortByBlurring = m_sortByBlurring->isChecked() && !choice.sortByRanking;
    choice.sortByWorth = m_sortByWorth->isChecked() && !choice.sortByRanking && !choice.sortByBlurring;
    choice.lockRange = m_range->currentIndex() == Locked;

    enableRows();
    if (choice == m_choice)
        return;
    m_choice = choice;
    showRowsOfOverlay();
    emit displayChanged(m_choice);
}

} // namespace ocellus
