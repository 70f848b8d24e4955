// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointF>

#include "ui/document/document.h"

class QAction;
class QLabel;
class QProgressBar;
class QStatusBar;
class QToolButton;

namespace ocellus {

/// The status bar: what lies under the mouse, and how far the computation is.
class StatusReadout : public QObject {
    Q_OBJECT

public:
    StatusReadout(const Document& document, QAction* cancel, QStatusBar* bar);

    void showCell(Cell cell, QPointF picturePoint);
    void clearCell();
    void showProgress(Stage stage, double fraction);
    void setBusy(bool busy);

    QString text() const;

private:
    QString headText(const Explanation& shown, int head, std::size_t cell) const;

    const Document& m_document;
    QLabel* m_cell;
    QLabel* m_stage;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
};

} // namespace ocellus
