// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/task_status.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace ocellus {

namespace {

constexpr int ProgressWidth = 120;

} // namespace

TaskStatus::TaskStatus(QWidget* parent)
    : QWidget(parent),
      m_task(new QLabel),
      m_progress(new QProgressBar),
      m_cancel(new QToolButton)
{
    m_task->setTextFormat(Qt::PlainText);
    m_progress->setMaximumWidth(ProgressWidth);
    m_cancel->setText(tr("Stop"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_task);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QToolButton::clicked, this, &TaskStatus::cancelRequested);
    hide();
}

void TaskStatus::begin(const QString& task)
{
    m_task->setText(task);
    m_progress->setAccessibleName(task);
    m_cancel->setAccessibleName(tr("Stop: %1").arg(task));
    m_cancel->setToolTip(m_cancel->accessibleName());
    setProgress(0, 0);
    show();
}

void TaskStatus::setProgress(int done, int total)
{
    m_progress->setRange(0, total);
    m_progress->setValue(done);
}

} // namespace ocellus
