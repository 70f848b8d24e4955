// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/tool_box.h"

#include <algorithm>
#include <cmath>

#include <QIcon>

#include "ui/tools/box_tool.h"
#include "ui/tools/brush_tool.h"
#include "ui/tools/colour_picker_tool.h"
#include "ui/tools/lasso_tool.h"
#include "ui/tools/move_tool.h"
#include "ui/tools/polygon_tool.h"
#include "ui/tools/wand_tool.h"
#include "ui/widgets/symbol_icon.h"

namespace ocellus {

namespace {

constexpr double sizeFactor = 1.25;
constexpr double hardnessStep = 0.1;

} // namespace

ToolBox::ToolBox(QObject* parent) : QObject(parent)
{
    m_tools[ToolKind::Brush] = std::make_unique<BrushTool>(m_options, tr("Brush"), Combine::Add);
    m_tools[ToolKind::Eraser] = std::make_unique<BrushTool>(m_options, tr("Eraser"), Combine::Subtract);
    m_tools[ToolKind::Lasso] = std::make_unique<LassoTool>();
    m_tools[ToolKind::Polygon] = std::make_unique<PolygonTool>();
    m_tools[ToolKind::Rectangle] = std::make_unique<BoxTool>(BoxTool::Shape::Rectangle);
    m_tools[ToolKind::Ellipse] = std::make_unique<BoxTool>(BoxTool::Shape::Ellipse);
    m_tools[ToolKind::Wand] = std::make_unique<WandTool>(m_options);
    auto move = std::make_unique<MoveTool>(m_options);
    m_move = move.get();
    m_tools[ToolKind::Move] = std::move(move);
    m_tools[ToolKind::ColourPicker] = std::make_unique<ColourPickerTool>();

    addAction(ToolKind::Point, tr("&Point"), QStringLiteral("V"), QStringLiteral("point"),
              tr("Choose cells and tiles; change nothing"));
    addAction(ToolKind::Brush, tr("&Brush"), QStringLiteral("B"), QStringLiteral("brush"),
              tr("Paint what an edit applies to. Ctrl subtracts; [ and ], or Ctrl and the wheel, change the size; with "
                 "Shift the hardness"));
    addAction(ToolKind::Eraser, tr("&Eraser"), QStringLiteral("X"), QStringLiteral("eraser"),
              tr("Take away from the mask. Alt adds"));
    addAction(ToolKind::Lasso, tr("&Lasso"), QStringLiteral("Q"), QStringLiteral("lasso"),
              tr("Select what a line goes around. Alt adds, Ctrl subtracts"));
    addAction(ToolKind::Polygon, tr("Pol&ygon"), QStringLiteral("P"), QStringLiteral("polygon"),
              tr("Click corners; Return or a double click closes, Backspace takes one back. Alt adds, Ctrl subtracts"));
    addAction(ToolKind::Rectangle, tr("&Rectangle"), QStringLiteral("M"), QStringLiteral("rectangle"),
              tr("Select a rectangle, with Shift a square. Alt adds, Ctrl subtracts"));
    addAction(ToolKind::Ellipse, tr("Ell&ipse"), QStringLiteral("O"), QStringLiteral("ellipse"),
              tr("Select an ellipse, with Shift a circle. Alt adds, Ctrl subtracts"));
    addAction(ToolKind::Wand, tr("Magic &wand"), QStringLiteral("W"), QStringLiteral("wand"),
              tr("Select what is connected and of like colour. Alt adds, Ctrl subtracts"));
    addAction(ToolKind::Move, tr("&Move pixels"), QStringLiteral("D"), QStringLiteral("move"),
              tr("Drag the mask’s pixels elsewhere. Alt leaves them where they were, too"));
    addAction(ToolKind::ColourPicker, tr("&Take colour"), QStringLiteral("I"), QStringLiteral("colour-picker"),
              tr("Take the colour from here"));
    m_actions.at(m_kind)->setChecked(true);

    addBrushAction(tr("Smaller brush"), {QKeySequence(QStringLiteral("["))}, -1, 0);
    addBrushAction(tr("Larger brush"), {QKeySequence(QStringLiteral("]"))}, 1, 0);
    // Which of the two a keyboard sends depends on its layout.
    addBrushAction(tr("Softer brush"),
                   {QKeySequence(QStringLiteral("Shift+[")), QKeySequence(Qt::SHIFT | Qt::Key_BraceLeft)}, 0, -1);
    addBrushAction(tr("Harder brush"),
                   {QKeySequence(QStringLiteral("Shift+]")), QKeySequence(Qt::SHIFT | Qt::Key_BraceRight)}, 0, 1);
}

ToolBox::~ToolBox() = default;

void ToolBox::addAction(ToolKind kind, const QString& text, const QString& keys, const QString& icon,
                        const QString& help)
{
    auto* action = m_group.addAction(symbolIcon(QStringLiteral(":/icons/%1.svg").arg(icon)), text);
    action->setCheckable(true);
    action->setShortcut(QKeySequence(keys));
    action->setStatusTip(help);
    action->setToolTip(tr("%1 (%2)\n%3").arg(QString(text).remove(QLatin1Char('&')), keys, help));
    connect(action, &QAction::triggered, this, [this, kind] { choose(kind); });
    m_actions[kind] = action;
}

void ToolBox::addBrushAction(const QString& text, const QList<QKeySequence>& keys, double larger, double harder)
{
    auto* action = new QAction(text, this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, [this, larger, harder] { changeBrush(larger, harder); });
    m_brushActions << action;
}

void ToolBox::changeBrush(double larger, double harder)
{
    ToolOptions changed = m_options;
    changed.size *= std::pow(sizeFactor, larger);
    changed.hardness += hardnessStep * harder;
    setOptions(changed);
}

void ToolBox::choose(ToolKind kind)
{
    m_actions.at(kind)->setChecked(true);
    if (kind == m_kind)
        return;
    if (Tool* tool = current())
        tool->cancel();
    m_kind = kind;
    emit chosen(kind);
}

Tool* ToolBox::current() const
{
    const auto found = m_tools.find(m_kind);
    return found == m_tools.end() ? nullptr : found->second.get();
}

void ToolBox::setOptions(const ToolOptions& options)
{
    ToolOptions next = options;
    next.size = std::clamp(next.size, 1.0, ToolOptions::largestBrush);
    next.hardness = std::clamp(next.hardness, 0.0, 1.0);
    next.tolerance = std::clamp(next.tolerance, 0.0, 100.0);
    if (next == m_options)
        return;
    m_options = next;
    emit optionsChanged();
}

} // namespace ocellus
