// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tour/tour_facts.h"

#include <QCoreApplication>
#include <QLocale>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/figures/figure_text.h"

namespace ocellus {

namespace {

/// What translators see these texts under.
struct Text {
    Q_DECLARE_TR_FUNCTIONS(ocellus::Tour)
};

QString placeOf(bool nearMark)
{
    return nearMark ? Text::tr("at the mark") : Text::tr("away from the mark");
}

} // namespace

TourFacts::TourFacts(const Document& document, const LiveAnswer& answer, const TourScene& scene,
                     const MarkedHead& chosen)
    : m_chosen(chosen)
{
    const ClassNames& names = document.classNames();
    const auto set = [this](const char* name, const QString& value) {
        m_values[QLatin1Char('{') + QLatin1String(name) + QLatin1Char('}')] = value;
    };
    QStringList others;
    for (const int classIndex : scene.ring)
        if (classIndex != scene.species)
            others << names.name(classIndex);
    set("species", names.name(scene.species));
    set("others", QLocale().createSeparatedList(others));
    set("ringCount", QString::number(scene.ring.size()));
    set("leftOut", QString::number(document.classCount() - static_cast<int>(scene.ring.size())));
    set("prediction", names.name(bestClass(*answer.result().decoding)));
    set("heads", QString::number(document.headCount()));
    set("head", FigureText::head(chosen.head));
    set("where", placeOf(chosen.nearMark));
}

QString TourFacts::fill(QString text) const
{
    for (auto value = m_values.begin(); value != m_values.end(); ++value)
        text.replace(value.key(), value.value());
    return text;
}

} // namespace ocellus
