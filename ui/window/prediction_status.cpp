// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/prediction_status.h"

#include <optional>

#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>
#include <QtMath>

#include "ui/engine/prediction_queue.h"
#include "ui/figures/time_text.h"
#include "ui/widgets/elided_label.h"

namespace ocellus {

namespace {

constexpr int ProgressWidth = 80;

} // namespace

PredictionStatus::PredictionStatus(PredictionQueue& queue, QWidget* parent)
    : QWidget(parent),
      m_queue(queue),
      m_text(new ElidedLabel),
      m_progress(new QProgressBar),
      m_pause(new QToolButton)
{
    m_text->setAccessibleName(tr("Classifying the pictures"));
    m_progress->setMaximumWidth(ProgressWidth);
    m_progress->setAccessibleName(tr("Pictures classified"));
    m_progress->setTextVisible(false);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text);
    layout->addWidget(m_progress);
    layout->addWidget(m_pause);
    m_clock.start();
    connect(m_pause, &QToolButton::clicked, this, [this] { m_queue.setPaused(!m_queue.isPaused()); });
    connect(&queue, &PredictionQueue::changed, this, &PredictionStatus::refresh);
    refresh();
}

void PredictionStatus::refresh()
{
    m_pace.note(m_queue.done(), m_queue.total(), !m_queue.isPaused() && !m_queue.isEmpty(), m_clock.elapsed());
    const QString text = m_queue.isPaused() ? tr("Classifying is paused, %1 of %2") : tr("Classifying, %1 of %2");
    QStringList words{text.arg(m_queue.done()).arg(m_queue.total())};
    if (const std::optional<double> left = m_pace.secondsLeft(); left && !m_queue.isPaused())
        words << timeLeftText(*left);
    m_text->setText(words.join(QStringLiteral(", ")));
    m_progress->setRange(0, m_queue.total());
    m_progress->setValue(m_queue.done());
    m_pause->setText(m_queue.isPaused() ? tr("Continue") : tr("Pause"));
    m_pause->setAccessibleName(m_queue.isPaused() ? tr("Continue classifying the pictures")
                                                  : tr("Pause classifying the pictures"));
    m_pause->setToolTip(m_pause->accessibleName());
    setVisible(!m_queue.isEmpty());
}

} // namespace ocellus
