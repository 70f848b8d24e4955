// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/limit_modes.h"

#include <algorithm>

#include <QSignalBlocker>

namespace ocellus {

using Kind = LimitChoice::Kind;

LimitModes::LimitModes(QWidget* parent) : QComboBox(parent)
{
    setAccessibleName(tr("What checking classes means"));
    setToolTip(tr("What checking classes means"));
    m_offer.maps = MapSubject::Classes;
    m_offer.canLimit = m_offer.canDrop = true;
    fill();
}

void LimitModes::setOffer(const ModelOffer& offer)
{
    m_offer = offer;
    fill();
}

void LimitModes::fill()
{
    const QSignalBlocker quiet(this);
    const Kind chosen = kind();
    clear();
    const auto add = [this](Kind kind, const QString& text, const QString& explanation) {
        if (!canLimit(m_offer, kind))
            return;
        addItem(text, static_cast<int>(kind));
        setItemData(count() - 1, explanation, Qt::ToolTipRole);
    };
    add(Kind::All, tr("All classes"), tr("Every class takes part, as in training."));
    add(Kind::Zero, tr("Zero the others"),
        tr("The others stay in the decoder as zero vectors, as in the paper: logits and maps change."));
    add(Kind::Drop, tr("Drop the others"), tr("The others leave the decoder: logits, probabilities and maps change."));
    add(Kind::Filter, tr("Filter the list"),
        tr("The others are only hidden: the model is not asked again, no number changes."));
    setKind(chosen);
}

Kind LimitModes::kind() const
{
    return static_cast<Kind>(currentData().toInt());
}

void LimitModes::setKind(Kind kind)
{
    setCurrentIndex(std::max(findData(static_cast<int>(kind)), 0));
}

QString LimitModes::meaning() const
{
    if (!m_offer.hasLogits)
        return tr("This model has no classes. Its maps show where each token looks, and nothing has a score.");
    if (kind() != Kind::All || usualLimit(m_offer) != Kind::All)
        return currentData(Qt::ToolTipRole).toString();
    if (m_offer.mapKind != MapKind::Head)
        return tr(
            "This model cannot be limited to some classes: what its prototypes find is the same for all of them.");
    return m_offer.maps == MapSubject::Classes
               ? tr("This model cannot be limited to some classes: their prompts run through its blocks together.")
               : tr("This model cannot be limited to some classes: none of them has a query of its own.");
}

} // namespace ocellus
