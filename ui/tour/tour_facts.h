// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QString>

#include "ui/tour/tour_scene.h"

namespace ocellus {

class Document;
class LiveAnswer;

/// What the document shows, in the words that the tour's texts ask for.
class TourFacts {
public:
    /// The answer is a view of one of the scene's pictures; `chosen` is of its class.
    TourFacts(const Document& document, const LiveAnswer& answer, const TourScene& scene, const MarkedHead& chosen);

    const MarkedHead& chosen() const { return m_chosen; }

    /// Replaces each {name}; one that is not known stays.
    QString fill(QString text) const;

private:
    MarkedHead m_chosen;
    QHash<QString, QString> m_values;
};

} // namespace ocellus
