// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace ocellus {

/// How far a long task in the background is, with a way to stop it; hidden while there is none.
class TaskStatus : public QWidget {
    Q_OBJECT

public:
    explicit TaskStatus(QWidget* parent = nullptr);

    void begin(const QString& task);
    void setProgress(int done, int total);
    void end() { hide(); }

signals:
    void cancelRequested();

private:
    QLabel* m_task;
    QProgressBar* m_progress;
    QToolButton* m_cancel;
};

} // namespace ocellus
