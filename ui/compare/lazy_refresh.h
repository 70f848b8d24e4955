// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QObject>
#include <QTimer>

class QWidget;

namespace ocellus {

/// Brings a widget up to date while it is visible only, once for many changes.
class LazyRefresh : public QObject {
    Q_OBJECT

public:
    /// `widget` owns this and calls nothing itself.
    LazyRefresh(QWidget* widget, std::function<void()> refresh);

    /// Soon, or when the widget is shown.
    void ask();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();

    QWidget* m_widget;
    std::function<void()> m_refresh;
    QTimer m_timer;
    bool m_outOfDate = true;
};

} // namespace ocellus
