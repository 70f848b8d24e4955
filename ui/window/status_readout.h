// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QObject>
#include <QPointF>

#include "core/base/progress.h"
#include "core/image/geometry.h"

class QAction;
class QLabel;
class QProgressBar;
class QStatusBar;
class QToolButton;

namespace ocellus {

class Document;
class LiveAnswer;
struct Explanation;
struct TileMap;

/// The status bar: what lies under the mouse, and how far the computation is.
class StatusReadout : public QObject {
    Q_OBJECT

public:
    StatusReadout(const Document& document, const LiveAnswer& answer, QAction* cancel, QAction* askAgain,
                  QStatusBar* bar);

    void showCell(Cell cell, QPointF picturePoint);
    void clearCell();
    void showProgress(Stage stage, double fraction);
    /// Whether something is computed, or what is shown is out of date.
    void showState();

    QString text() const;

private:
    struct Pointed {
        Cell cell;
        QPointF picturePoint;
        Size picture, grid; // where the two have a meaning
    };

    void showAgain();
    static QString sourceText(const TileMap& tile, std::size_t cell);
    static bool lacksPrototype(const Explanation& shown, int head);
    QString headText(const Explanation& shown, int head, std::size_t cell) const;

    const Document& m_document;
    const LiveAnswer& m_answer;
    QLabel* m_cell;
    QLabel* m_stage;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
    QToolButton* m_askAgain;
    std::optional<Pointed> m_pointed;
};

} // namespace ocellus
