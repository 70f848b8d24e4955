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
    return nearMark ? Text::tr("on the mark or on the cell beside it") : Text::tr("away from the mark");
}

QString unlimitedPlace(bool isNear, bool wasNear)
{
    return isNear == wasNear ? Text::tr("So it did before the limit.")
                             : Text::tr("Before the limit it lay %1.").arg(placeOf(wasNear));
}

QString rankOf(int rank)
{
    return rank == 1 ? Text::tr("the one with the highest peak score")
                     : Text::tr("number %1 of the heads by peak score").arg(rank);
}

} // namespace

TourFacts::TourFacts(const Document& document, const LiveAnswer& answer, const TourScene& scene,
                     const MarkedHead& chosen, bool wasNearMark)
{
    const ClassNames& names = document.classNames();
    const auto set = [this](const char* name, const QString& value) {
        m_values[QLatin1Char('{') + QLatin1String(name) + QLatin1Char('}')] = value;
    };
    const Decoding& decoding = *answer.result().decoding;
    const auto ranked = [&decoding](std::size_t place) {
        return decoding.classes().at(static_cast<std::size_t>(decoding.ranking().at(place)));
    };
    QStringList others;
    for (const int classIndex : scene.ring)
        if (classIndex != scene.species)
            others << names.name(classIndex);
    set("species", names.name(scene.species));
    set("partner", names.name(scene.partner));
    set("others", QLocale().createSeparatedList(others));
    set("ringCount", QString::number(scene.ring.size()));
    set("classes", QString::number(document.classCount()));
    set("shown", names.name(document.currentClass()));
    set("prediction", names.name(ranked(0)));
    set("logit", FigureText::number(decoding.logit(ranked(0))));
    set("p", FigureText::probability(decoding.probability(ranked(0))));
    set("second", names.name(ranked(1)));
    set("secondLogit", FigureText::number(decoding.logit(ranked(1))));
    set("secondP", FigureText::probability(decoding.probability(ranked(1))));
    set("heads", QString::number(document.headCount()));
    set("head", FigureText::head(chosen.head));
    set("rank", rankOf(chosen.rank));
    set("where", placeOf(chosen.nearMark));
    set("unlimited", unlimitedPlace(chosen.nearMark, wasNearMark));
}

void TourFacts::setBefore(const TourFacts& before)
{
    m_values[QStringLiteral("{before}")] = before.m_values.value(QStringLiteral("{prediction}"));
    m_values[QStringLiteral("{beforeP}")] = before.m_values.value(QStringLiteral("{p}"));
}

QString TourFacts::fill(QString text) const
{
    for (auto value = m_values.begin(); value != m_values.end(); ++value)
        text.replace(value.key(), value.value());
    return text;
}

} // namespace ocellus
