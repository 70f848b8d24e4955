// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>

#include <QAction>
#include <QActionGroup>
#include <QObject>

#include "ui/tools/tool.h"

namespace ocellus {

class MoveTool;

/// Point: none of the tools, the view's own mouse.
enum class ToolKind { Point, Brush, Eraser, Lasso, Polygon, Rectangle, Ellipse, Wand, Move, ColourPicker };

/// The tools, which of them is in hand, and what they are set to.
class ToolBox : public QObject {
    Q_OBJECT

public:
    explicit ToolBox(QObject* parent = nullptr);
    ~ToolBox() override;

    ToolKind kind() const { return m_kind; }
    void choose(ToolKind kind);
    /// Null for Point.
    Tool* current() const;
    MoveTool& moveTool() const { return *m_move; }

    /// To be in menus and tool bars, in their order; one of them is checked.
    QList<QAction*> actions() const { return m_group.actions(); }
    QAction* at(ToolKind kind) const { return m_actions.at(kind); }
    /// The keys that change size and hardness of the brush.
    QList<QAction*> brushActions() const { return m_brushActions; }

    const ToolOptions& options() const { return m_options; }
    /// Values out of range become the nearest.
    void setOptions(const ToolOptions& options);
    /// By as many steps as one key press is, or parts of one: larger, and harder.
    void changeBrush(double larger, double harder);

signals:
    void chosen(ocellus::ToolKind kind);
    void optionsChanged();

private:
    void addAction(ToolKind kind, const QString& text, const QString& keys, const QString& icon, const QString& help);
    void addBrushAction(const QString& text, const QList<QKeySequence>& keys, double larger, double harder);

    ToolOptions m_options;
    std::map<ToolKind, std::unique_ptr<Tool>> m_tools;
    MoveTool* m_move = nullptr; // in m_tools
    std::map<ToolKind, QAction*> m_actions;
    QActionGroup m_group{this};
    QList<QAction*> m_brushActions;
    ToolKind m_kind = ToolKind::Point;
};

} // namespace ocellus
