// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/second_view.h"

#include <QAction>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QScreen>
#include <QVBoxLayout>

#include "ui/document/settings.h"
#include "ui/figures/figure_text.h"
#include "ui/widgets/image_view.h"

namespace ocellus {

SecondView::SecondView(LinkedView& view, Settings& settings, QAction* toggle, const QList<QAction*>& actions,
                       QWidget* window)
    : QWidget(window, Qt::Window),
      m_settings(settings),
      m_toggle(toggle),
      m_image(new ImageView(view, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_image);
    resize(800, 600);
    // Their keys work here as they do there.
    addActions(actions);
    connect(toggle, &QAction::toggled, this, [this](bool on) {
        if (on)
            open();
        else
            close();
    });
}

void SecondView::open()
{
    if (!m_hasBeenOpen) {
        m_hasBeenOpen = true;
        // What lay on a screen that is gone is brought back by Qt; at first it takes the screen that is free.
        if (!restoreGeometry(m_settings.value(Setting::SecondViewGeometry).toByteArray()))
            for (const QScreen* other : QGuiApplication::screens())
                if (other != parentWidget()->screen())
                    setGeometry(other->availableGeometry().adjusted(40, 60, -40, -40));
    }
    show();
    raise();
}

void SecondView::setExplanation(const Explanation& explanation, int head)
{
    m_image->setExplanation(explanation, head);
    // It has no chips of its own.
    const QString subject =
        (QStringList{explanation.pictureName} + FigureText::banners(explanation)).join(QStringLiteral(", "));
    setWindowTitle(explanation.pictureName.isEmpty() ? tr("Large view – Ocellus")
                                                     : tr("%1 – Large view – Ocellus").arg(subject));
}

void SecondView::closeEvent(QCloseEvent* event)
{
    QWidget::closeEvent(event);
    m_toggle->setChecked(false);
}

void SecondView::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    if (m_hasBeenOpen)
        m_settings.setValue(Setting::SecondViewGeometry, saveGeometry());
}

} // namespace ocellus
