// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/setting_groups.h"

#include <algorithm>

#include "core/base/error.h"

namespace ocellus {

namespace {

ColourMap colourMap(const Settings& settings)
{
    try {
        return colourMapFromString(settings.text(Setting::ColourMap).toStdString());
    } catch (const Error&) {
        return MapStyle().colourMap;
    }
}

QString toText(std::string_view name)
{
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString toText(ColourMap map)
{
    return toText(toString(map));
}

QString toText(Theme theme)
{
    switch (theme) {
    case Theme::Light: return QStringLiteral("light");
    case Theme::Dark: return QStringLiteral("dark");
    case Theme::System: break;
    }
    return QStringLiteral("system");
}

struct PictureOrderName {
    PictureOrder order;
    QLatin1String name;
};

constexpr PictureOrderName pictureOrders[] = {{PictureOrder::Opened, QLatin1String("opened")},
                                              {PictureOrder::File, QLatin1String("file")},
                                              {PictureOrder::Folder, QLatin1String("folder")},
                                              {PictureOrder::Prediction, QLatin1String("prediction")},
                                              {PictureOrder::Confidence, QLatin1String("confidence")}};

Theme themeFromText(const QString& text)
{
    for (const Theme theme : {Theme::Light, Theme::Dark})
        if (text == toText(theme))
            return theme;
    return Theme::System;
}

QString toText(StartWith start)
{
    switch (start) {
    case StartWith::LastSession: return QStringLiteral("last-session");
    case StartWith::Nothing: return QStringLiteral("nothing");
    case StartWith::Sample: break;
    }
    return QStringLiteral("sample");
}

StartWith startFromText(const QString& text)
{
    for (const StartWith start : {StartWith::LastSession, StartWith::Nothing})
        if (text == toText(start))
            return start;
    return StartWith::Sample;
}

} // namespace

EngineOptions engineOptions(const Settings& settings)
{
    EngineOptions options;
    options.device = settings.text(Setting::Device).toStdString();
    options.threads = std::max(0, settings.integer(Setting::Threads));
    options.tf32 = settings.boolean(Setting::Tf32);
    options.half = settings.boolean(Setting::Half);
    options.followEdits = true;
    return options;
}

DecodeOptions decodeOptions(const Settings& settings)
{
    DecodeOptions options;
    options.ignoreExif = settings.boolean(Setting::IgnoreExif);
    options.convertToSrgb = settings.boolean(Setting::ConvertToSrgb);
    options.showDamaged = true;
    try {
        options.range = parseSampleRange(settings.text(Setting::SampleRange).toStdString(), "range");
    } catch (const Error&) {
        options.range = {}; // a settings file that was written by hand
    }
    return options;
}

PreprocessOptions preprocessOptions(const Settings& settings)
{
    PreprocessOptions options;
    options.shortSide = std::clamp(settings.integer(Setting::ShortSide), 1, largestInputSide);
    options.longSide = std::clamp(settings.integer(Setting::LongSide), options.shortSide, largestInputSide);
    options.fixedSide = std::clamp(settings.integer(Setting::FixedSide), 0, largestInputSide);
    return options;
}

SettingsValues settingsValues(const Settings& settings)
{
    const EngineOptions engine = engineOptions(settings);
    const PreprocessOptions input = preprocessOptions(settings);
    SettingsValues values;
    values.device = QString::fromStdString(engine.device);
    values.threads = engine.threads;
    values.tf32 = engine.tf32;
    values.half = engine.half;
    values.ignoreExif = decodeOptions(settings).ignoreExif;
    values.range = decodeOptions(settings).range;
    values.convertToSrgb = decodeOptions(settings).convertToSrgb;
    values.modelsOwnSize = settings.boolean(Setting::ModelsOwnSize);
    values.shortSide = input.shortSide;
    values.longSide = input.longSide;
    values.fixedSide = input.fixedSide;
    values.colourMap = colourMap(settings);
    values.tileTextSize = settings.integer(Setting::TileTextSize);
    values.theme = themeFromText(settings.text(Setting::Theme));
    values.startWith = startFromText(settings.text(Setting::StartWith));
    return values;
}

void keep(Settings& settings, const SettingsValues& values)
{
    settings.setValue(Setting::Device, values.device);
    settings.setValue(Setting::Threads, values.threads);
    settings.setValue(Setting::Tf32, values.tf32);
    settings.setValue(Setting::Half, values.half);
    settings.setValue(Setting::IgnoreExif, values.ignoreExif);
    settings.setValue(Setting::SampleRange, QString::fromStdString(toString(values.range)));
    settings.setValue(Setting::ConvertToSrgb, values.convertToSrgb);
    settings.setValue(Setting::ModelsOwnSize, values.modelsOwnSize);
    settings.setValue(Setting::ShortSide, values.shortSide);
    settings.setValue(Setting::LongSide, values.longSide);
    settings.setValue(Setting::FixedSide, values.fixedSide);
    settings.setValue(Setting::ColourMap, toText(values.colourMap));
    settings.setValue(Setting::TileTextSize, values.tileTextSize);
    settings.setValue(Setting::Theme, toText(values.theme));
    settings.setValue(Setting::StartWith, toText(values.startWith));
}

PictureListing pictureListing(const Settings& settings)
{
    const QString order = settings.text(Setting::PictureOrder);
    const auto found = std::ranges::find(pictureOrders, order, &PictureOrderName::name);
    return {settings.boolean(Setting::PictureStrip),
            found == std::end(pictureOrders) ? PictureOrder::Opened : found->order,
            settings.boolean(Setting::PicturesGrouped)};
}

void keep(Settings& settings, const PictureListing& listing)
{
    settings.setValue(Setting::PictureStrip, listing.isStrip);
    settings.setValue(Setting::PictureOrder,
                      QString(std::ranges::find(pictureOrders, listing.order, &PictureOrderName::order)->name));
    settings.setValue(Setting::PicturesGrouped, listing.isGrouped);
}

DisplayChoice displayChoice(const Settings& settings)
{
    DisplayChoice choice;
    choice.style.colourMap = colourMap(settings);
    const auto text = [&settings](Setting setting) { return settings.text(setting).toStdString(); };
    choice.style.overlay = overlayRuleFromString(text(Setting::Overlay)).value_or(MapStyle().overlay);
    choice.style.scale = valueScaleFromString(text(Setting::ValueScale)).value_or(MapStyle().scale);
    choice.style.opacity = std::clamp(settings.value(Setting::Opacity).toDouble(), 0.0, 1.0);
    if (const double mass = settings.value(Setting::Mass).toDouble(); mass > 0 && mass <= 1)
        choice.style.mass = mass;
    choice.style.smooth = settings.boolean(Setting::Smooth);
    choice.style.contour = settings.boolean(Setting::Contour);
    choice.style.perMapStretch = settings.boolean(Setting::PerMapStretch);
    choice.style.placement = settings.boolean(Setting::AsPublished) ? Placement::AsPublished : Placement::Receptive;
    choice.boxes = settings.boolean(Setting::Boxes);
    choice.sortByRanking = settings.boolean(Setting::SortByRanking);
    choice.sortByBlurring = settings.boolean(Setting::SortByBlurring) && !choice.sortByRanking;
    choice.sortByWorth = settings.boolean(Setting::SortByWorth) && !choice.sortByRanking && !choice.sortByBlurring;
    return choice;
}

void keepChanges(Settings& settings, const DisplayChoice& before, const DisplayChoice& choice)
{
    const MapStyle &was = before.style, &is = choice.style;
    const auto keepIf = [&settings](bool isChanged, Setting setting, const QVariant& value) {
        if (isChanged)
            settings.setValue(setting, value);
    };
    keepIf(is.colourMap != was.colourMap, Setting::ColourMap, toText(is.colourMap));
    keepIf(is.overlay != was.overlay, Setting::Overlay, toText(toString(is.overlay)));
    keepIf(is.scale != was.scale, Setting::ValueScale, toText(toString(is.scale)));
    keepIf(is.opacity != was.opacity, Setting::Opacity, is.opacity);
    keepIf(is.mass != was.mass, Setting::Mass, is.mass);
    keepIf(is.smooth != was.smooth, Setting::Smooth, is.smooth);
    keepIf(is.contour != was.contour, Setting::Contour, is.contour);
    keepIf(is.perMapStretch != was.perMapStretch, Setting::PerMapStretch, is.perMapStretch);
    keepIf(is.placement != was.placement, Setting::AsPublished, is.placement == Placement::AsPublished);
    keepIf(choice.boxes != before.boxes, Setting::Boxes, choice.boxes);
    keepIf(choice.sortByRanking != before.sortByRanking, Setting::SortByRanking, choice.sortByRanking);
    keepIf(choice.sortByBlurring != before.sortByBlurring, Setting::SortByBlurring, choice.sortByBlurring);
    keepIf(choice.sortByWorth != before.sortByWorth, Setting::SortByWorth, choice.sortByWorth);
}

bool concernsDecoding(Setting setting)
{
    return setting == Setting::IgnoreExif || setting == Setting::SampleRange || setting == Setting::ConvertToSrgb;
}

bool concernsEngine(Setting setting)
{
    switch (setting) {
    case Setting::Device:
    case Setting::Threads:
    case Setting::Tf32:
    case Setting::Half: return true;
    default: return concernsInput(setting);
    }
}

bool concernsInput(Setting setting)
{
    switch (setting) {
    case Setting::ModelsOwnSize:
    case Setting::ShortSide:
    case Setting::LongSide:
    case Setting::FixedSide:
    case Setting::IgnoreExif:
    case Setting::SampleRange:
    case Setting::ConvertToSrgb: return true;
    default: return false;
    }
}

} // namespace ocellus
