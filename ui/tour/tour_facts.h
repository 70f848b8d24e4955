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
    /// The document shows a view of one of the scene's pictures; `wasNearMark`: the chosen head without the limit.
    TourFacts(const Document& document, const LiveAnswer& answer, const TourScene& scene, const MarkedHead& chosen,
              bool wasNearMark);

    /// The best class of the view before this one.
    void setBefore(const TourFacts& before);

    /// Replaces each {name}; one that is not known stays.
    QString fill(QString text) const;

private:
    QHash<QString, QString> m_values;
};

} // namespace ocellus
