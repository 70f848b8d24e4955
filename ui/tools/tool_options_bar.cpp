// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/tool_options_bar.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>

#include "ui/tools/tool_box.h"

namespace ocellus {

ToolOptionsBar::ToolOptionsBar(ToolBox& tools, QWidget* parent) : QWidget(parent), m_tools(tools)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 6, 0);
    m_size = addField(tr("Size"), 1, ToolOptions::largestBrush, 0, tr(" px"));
    m_size.box->setToolTip(tr("Diameter of the brush in pixels of the picture ([ and ], or Ctrl and the wheel)"));
    m_hardness = addField(tr("Hardness"), 0, 100, 0, tr(" %"));
    m_hardness.box->setToolTip(
        tr("Share of the brush that covers wholly (Shift and [ or ], or Ctrl, Shift and the wheel)"));
    m_tolerance = addField(tr("Tolerance"), 0, 100, 1, {});
    m_tolerance.box->setToolTip(tr("How far colours may differ from the one clicked, Delta E in CIELAB"));
    m_blend = new QCheckBox(tr("Blend in"), this);
    m_blend->setToolTip(tr("Keep the texture and take the colour of the new surroundings (Poisson blending)"));
    row->addWidget(m_blend);
    row->addStretch(1);
    connect(m_blend, &QCheckBox::toggled, this, &ToolOptionsBar::readFields);
    connect(&m_tools, &ToolBox::optionsChanged, this, &ToolOptionsBar::showOptions);
    connect(&m_tools, &ToolBox::chosen, this, &ToolOptionsBar::showFields);
    showOptions();
    showFields();
}

ToolOptionsBar::Field ToolOptionsBar::addField(const QString& name, double least, double most, int decimals,
                                               const QString& suffix)
{
    const Field field{new QLabel(name, this), new QDoubleSpinBox(this)};
    field.label->setBuddy(field.box);
    field.box->setAccessibleName(name);
    field.box->setRange(least, most);
    field.box->setDecimals(decimals);
    field.box->setSuffix(suffix);
    layout()->addWidget(field.label);
    layout()->addWidget(field.box);
    connect(field.box, &QDoubleSpinBox::valueChanged, this, &ToolOptionsBar::readFields);
    return field;
}

void ToolOptionsBar::showOptions()
{
    m_showing = true;
    const ToolOptions& options = m_tools.options();
    m_size.box->setValue(options.size);
    m_hardness.box->setValue(100 * options.hardness);
    m_tolerance.box->setValue(options.tolerance);
    m_blend->setChecked(options.blend);
    m_showing = false;
}

void ToolOptionsBar::showFields()
{
    const ToolKind kind = m_tools.kind();
    const auto show = [](const Field& field, bool visible) {
        field.label->setVisible(visible);
        field.box->setVisible(visible);
    };
    const bool brush = kind == ToolKind::Brush || kind == ToolKind::Eraser;
    show(m_size, brush);
    show(m_hardness, brush);
    show(m_tolerance, kind == ToolKind::Wand);
    m_blend->setVisible(kind == ToolKind::Move);
}

void ToolOptionsBar::readFields()
{
    if (m_showing)
        return;
    m_tools.setOptions(
        {m_size.box->value(), m_hardness.box->value() / 100, m_tolerance.box->value(), m_blend->isChecked()});
}

} // namespace ocellus
