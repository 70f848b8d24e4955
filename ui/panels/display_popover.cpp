// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/display_popover.h"

#include <algorithm>

#include <QLabel>
#include <QScreen>
#include <QVBoxLayout>

#include "ui/panels/display_panel.h"

namespace ocellus {

namespace {

constexpr int Width = 340; // pixels

} // namespace

DisplayPopover::DisplayPopover(QWidget* parent)
    : QFrame(parent, Qt::Popup),
      m_unit(new QLabel),
      m_panel(new DisplayPanel)
{
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Display of the maps"));
    m_unit->setWordWrap(true);
    tellUnit(MapKind::Head);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_unit);
    layout->addWidget(m_panel);
}

void DisplayPopover::setOffer(const ModelOffer& offer)
{
    tellUnit(offer.mapKind);
    m_panel->setOffer(offer);
}

void DisplayPopover::tellUnit(MapKind kind)
{
    m_unit->setText(
        kind == MapKind::Head
            ? tr("The colours of heads count in multiples of an even spread: 1\u00d7 is what every cell would have "
                 "if the head preferred none, 10\u00d7 is ten times as much (F1 has a drawing).")
            : tr("The colours of prototypes count in multiples of each map's mean similarity: how alike the most alike "
                 "place is, the numbers above each map say."));
}

void DisplayPopover::popUpAt(const QWidget& anchor)
{
    ensurePolished();
    const int wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(Width) : sizeHint().height();
    const QRect screen = anchor.screen()->availableGeometry();
    const QSize size = QSize(Width, wanted).boundedTo(screen.size());
    const QPoint above = anchor.mapToGlobal(QPoint(anchor.width() - size.width(), -size.height()));
    QRect place(anchor.mapToGlobal(QPoint(anchor.width() - size.width(), anchor.height())), size);
    if (place.bottom() > screen.bottom())
        place.moveTop(above.y());
    place.moveLeft(std::clamp(place.left(), screen.left(), screen.right() + 1 - size.width()));
    place.moveTop(std::clamp(place.top(), screen.top(), screen.bottom() + 1 - size.height()));
    setGeometry(place);
    show();
    m_panel->setFocus(Qt::PopupFocusReason);
    m_panel->nextInFocusChain()->setFocus(Qt::PopupFocusReason);
}

} // namespace ocellus
