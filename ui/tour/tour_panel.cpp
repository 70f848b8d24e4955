// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tour_panel.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/tint.h"

namespace ocellus {

namespace {

constexpr int LongestLine = 120; // characters: longer ones are hard to read on a wide screen

} // namespace

TourPanel::TourPanel(QWidget* parent)
    : QFrame(parent),
      m_heading(new QLabel(this)),
      m_text(new QLabel(this)),
      m_note(new QLabel(this)),
      m_back(new QPushButton(tr("&Back"), this)),
      m_next(new QPushButton(this)),
      m_close(new QPushButton(this))
{
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setObjectName(QStringLiteral("tour"));
    m_back->setObjectName(QStringLiteral("tourBack"));
    m_next->setObjectName(QStringLiteral("tourNext"));
    m_close->setObjectName(QStringLiteral("tourClose"));
    for (QLabel* label : {m_heading, m_text, m_note}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setMaximumWidth(LongestLine * fontMetrics().averageCharWidth());
    QFont bold = font();
    bold.setBold(true);
    m_heading->setFont(bold);
    connect(m_back, &QPushButton::clicked, this, &TourPanel::backClicked);
    connect(m_next, &QPushButton::clicked, this, &TourPanel::nextClicked);
    connect(m_close, &QPushButton::clicked, this, &TourPanel::closeClicked);
    buildLayout();
    hide();
}

void TourPanel::buildLayout()
{
    auto* top = new QHBoxLayout;
    top->addWidget(m_heading, 1);
    for (QPushButton* button : {m_back, m_next, m_close})
        top->addWidget(button);
    // A vertical layout alone would ask the text for its height at the full width.
    auto* middle = new QHBoxLayout;
    middle->addWidget(m_text, 1);
    middle->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->addLayout(top);
    layout->addLayout(middle);
    layout->addWidget(m_note);
}

void TourPanel::showPage(const Page& page)
{
    m_heading->setText(page.heading);
    m_text->setText(page.text);
    m_text->setVisible(!page.text.isEmpty());
    m_back->setVisible(page.hasBack);
    m_next->setText(page.next);
    m_close->setText(page.close);
    setNote({});
    applyColours();
    show();
    setAccessibleName(page.heading);
    setAccessibleDescription(page.text);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void TourPanel::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void TourPanel::focusNext()
{
    m_next->setFocus();
}

QString TourPanel::heading() const
{
    return m_heading->text();
}

QString TourPanel::text() const
{
    return m_text->text();
}

QString TourPanel::note() const
{
    return m_note->text();
}

void TourPanel::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    // Our own palette is derived from the one that changes; ours comes back here, and is then as it is wanted.
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyColours();
}

void TourPanel::keyPressEvent(QKeyEvent* event)
{
    const bool isOnButton = m_back->hasFocus() || m_next->hasFocus() || m_close->hasFocus();
    if (event->key() == Qt::Key_Escape)
        emit closeClicked();
    else if (isOnButton && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        static_cast<QPushButton*>(focusWidget())->click();
    else
        QFrame::keyPressEvent(event);
}

void TourPanel::applyColours()
{
    QPalette own; // the application's
    own.setColor(QPalette::Window, tint(own, Tint::Info));
    setPalette(own);
}

} // namespace ocellus
