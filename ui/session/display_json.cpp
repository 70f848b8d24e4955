// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/display_json.h"

#include <algorithm>

#include <QJsonDocument>
#include <QJsonObject>

#include "core/base/error.h"

namespace ocellus {

namespace {

ColourMap colourMapOf(const QString& name)
{
    try {
        return colourMapFromString(name.toStdString());
    } catch (const Error&) {
        return MapStyle().colourMap;
    }
}

/// The model's own where the text says nothing that can be read.
SourceText sourceIn(const QString& text)
{
    try {
        return text.isEmpty() ? SourceText() : parseSource(text.toStdString());
    } catch (const Error&) {
        return {};
    }
}

QString text(std::string_view name)
{
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

std::string jsonOf(const DisplayChoice& display, const std::optional<PlateOptions>& figure)
{
    const MapStyle& style = display.style;
    QJsonObject object{{QStringLiteral("colours"), text(toString(style.colourMap))},
                       {QStringLiteral("overlay"), text(toString(style.overlay))},
                       {QStringLiteral("scale"), text(toString(style.scale))},
                       {QStringLiteral("opacity"), style.opacity},
                       {QStringLiteral("mass"), style.mass},
                       {QStringLiteral("smooth"), style.smooth},
                       {QStringLiteral("contour"), style.contour},
                       {QStringLiteral("stretchEach"), style.perMapStretch},
                       {QStringLiteral("asPublished"), style.placement == Placement::AsPublished},
                       {QStringLiteral("boxes"), display.boxes},
                       {QStringLiteral("sortByRanking"), display.sortByRanking},
                       {QStringLiteral("sortByBlurring"), display.sortByBlurring},
                       {QStringLiteral("sortByWorth"), display.sortByWorth},
                       {QStringLiteral("lockRange"), display.lockRange}};
    if (style.threshold)
        object.insert(QStringLiteral("threshold"), static_cast<double>(*style.threshold));
    if (!display.source.source.empty())
        object.insert(QStringLiteral("source"), QString::fromStdString(toString(display.source)));
    if (figure)
        object.insert(QStringLiteral("figure"), jsonOf(*figure));
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

DisplayChoice displayOf(const std::string& json)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    const auto flag = [&object](const char* name) { return object.value(QLatin1String(name)).toBool(); };
    DisplayChoice display;
    MapStyle& style = display.style;
    style.colourMap = colourMapOf(object.value(QLatin1String("colours")).toString());
    style.opacity = std::clamp(object.value(QLatin1String("opacity")).toDouble(style.opacity), 0.0, 1.0);
    // Sessions of earlier versions name no rule: they had the one of then.
    const auto name = [&object](const char* key) { return object.value(QLatin1String(key)).toString().toStdString(); };
    const bool isEarlier = object.contains(QLatin1String("colours")) && !object.contains(QLatin1String("overlay"));
    style.overlay = overlayRuleFromString(name("overlay")).value_or(isEarlier ? OverlayRule::Flat : style.overlay);
    style.scale = valueScaleFromString(name("scale")).value_or(isEarlier ? ValueScale::Linear : style.scale);
    if (const double mass = object.value(QLatin1String("mass")).toDouble(); mass > 0 && mass <= 1)
        style.mass = mass;
    style.smooth = flag("smooth");
    style.contour = flag("contour");
    style.perMapStretch = flag("stretchEach");
    style.placement = flag("asPublished") ? Placement::AsPublished : Placement::Receptive;
    if (const QJsonValue threshold = object.value(QLatin1String("threshold")); threshold.isDouble())
        style.threshold = static_cast<float>(threshold.toDouble());
    display.source = sourceIn(object.value(QLatin1String("source")).toString());
    display.boxes = flag("boxes");
    display.sortByRanking = flag("sortByRanking");
    display.sortByBlurring = flag("sortByBlurring") && !display.sortByRanking;
    display.sortByWorth = flag("sortByWorth") && !display.sortByRanking && !display.sortByBlurring;
    display.lockRange = flag("lockRange") && !style.perMapStretch;
    return display;
}

std::optional<PlateOptions> plateOptionsIn(const std::string& json)
{
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(json)).object();
    const QJsonValue figure = object.value(QLatin1String("figure"));
    return figure.isObject() ? std::optional(plateOptionsOf(figure.toObject())) : std::nullopt;
}

} // namespace ocellus
