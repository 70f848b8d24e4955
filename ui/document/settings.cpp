// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/settings.h"

#include <array>

#include <QByteArray>
#include <QStandardPaths>

namespace ocellus {

namespace {

constexpr int MaximumRecent = 10;

struct Row {
    Setting setting;
    const char* key;
    QVariant fallback;
};

const Row& rowOf(Setting setting)
{
    // In the order of the enumeration.
    static const std::array rows{
        Row{Setting::Device, "engine/device", QStringLiteral("auto")},
        Row{Setting::Threads, "engine/threads", 0},
        Row{Setting::Tf32, "engine/tf32", false},
        Row{Setting::Half, "engine/half", false},
        Row{Setting::ModelsOwnSize, "input/modelsOwnSize", true},
        Row{Setting::ShortSide, "input/shortSide", 800},
        Row{Setting::LongSide, "input/longSide", 1333},
        Row{Setting::FixedSide, "input/fixedSide", 0},
        Row{Setting::IgnoreExif, "input/ignoreExif", false},
        Row{Setting::SampleRange, "input/sampleRange", QStringLiteral("full")},
        Row{Setting::ConvertToSrgb, "input/convertToSrgb", false},
        Row{Setting::ColourMap, "display/colourMap", QStringLiteral("viridis")},
        Row{Setting::Overlay, "display/overlay", QStringLiteral("transparent")},
        Row{Setting::ValueScale, "display/scale", QStringLiteral("square-root")},
        Row{Setting::Opacity, "display/opacity", 0.65},
        Row{Setting::Mass, "display/mass", 0.6},
        Row{Setting::Smooth, "display/smooth", false},
        Row{Setting::Contour, "display/contour", false},
        Row{Setting::PerMapStretch, "display/perMapStretch", false},
        Row{Setting::AsPublished, "display/asPublished", false},
        Row{Setting::Boxes, "display/boxes", false},
        Row{Setting::SortByRanking, "display/sortByRanking", false},
        Row{Setting::SortByBlurring, "display/sortByBlurring", false},
        Row{Setting::SortByWorth, "display/sortByWorth", false},
        Row{Setting::FollowPrediction, "display/followPrediction", true},
        Row{Setting::PictureStrip, "pictures/strip", false},
        Row{Setting::PictureOrder, "pictures/order", QStringLiteral("opened")},
        Row{Setting::PicturesGrouped, "pictures/grouped", false},
        Row{Setting::WatchFolders, "pictures/watchFolders", false},
        Row{Setting::Theme, "window/theme", QStringLiteral("system")},
        Row{Setting::Figure, "figure/options", QString()},
        Row{Setting::TileTextSize, "window/tileTextSize", 0},
        Row{Setting::StartWith, "window/startWith", QStringLiteral("sample")},
        Row{Setting::RecentCheckpoints, "recent/checkpoints", QStringList()},
        Row{Setting::RecentPictures, "recent/pictures", QStringList()},
        Row{Setting::RecentSessions, "recent/sessions", QStringList()},
        Row{Setting::RecentWeights, "recent/weights", QStringList()},
        Row{Setting::KeepsAwake, "training/keepsAwake", true},
        Row{Setting::WindowGeometry, "window/geometry", QByteArray()},
        Row{Setting::SecondViewGeometry, "window/second", QByteArray()},
        Row{Setting::Workspaces, "window/workspaces", QByteArray()},
        Row{Setting::LastFolder, "window/lastFolder", QString()},
        Row{Setting::TourAnswered, "window/tourAnswered", false},
    };
    return rows.at(static_cast<std::size_t>(setting));
}

QString classTableKey(const QString& sha256)
{
    return QStringLiteral("classTables/") + sha256;
}

} // namespace

Settings::Settings(QObject* parent)
    : QObject(parent),
      m_folder(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QLatin1Char('/'))
{
}

Settings::Settings(const QString& iniFile, QObject* parent)
    : QObject(parent),
      m_store(iniFile, QSettings::IniFormat),
      m_folder(iniFile + QLatin1Char('.'))
{
}

QString Settings::recoveryFolder() const
{
    return m_folder + QStringLiteral("recovery");
}

QString Settings::predictionsFolder() const
{
    return m_folder + QStringLiteral("predictions");
}

QString Settings::runsFolder() const
{
    return m_folder + QStringLiteral("runs");
}

QVariant Settings::value(Setting setting) const
{
    const Row& row = rowOf(setting);
    const auto overridden = m_overrides.find(setting);
    QVariant kept = overridden == m_overrides.end() ? m_store.value(QLatin1String(row.key)) : overridden->second;
    return kept.isValid() && kept.convert(row.fallback.metaType()) ? kept : row.fallback;
}

void Settings::setValue(Setting setting, const QVariant& newValue)
{
    if (value(setting) == newValue)
        return;
    m_overrides.erase(setting);
    m_store.setValue(QLatin1String(rowOf(setting).key), newValue);
    emit changed(setting);
}

void Settings::overrideValue(Setting setting, const QVariant& newValue)
{
    if (value(setting) == newValue)
        return;
    m_overrides[setting] = newValue;
    emit changed(setting);
}

void Settings::addRecent(Setting list, const QString& path)
{
    QStringList paths = value(list).toStringList();
    paths.removeAll(path);
    paths.prepend(path);
    setValue(list, QStringList(paths.mid(0, MaximumRecent)));
}

QString Settings::classTableFor(const QString& sha256) const
{
    return m_store.value(classTableKey(sha256)).toString();
}

void Settings::rememberClassTable(const QString& sha256, const QString& path)
{
    m_store.setValue(classTableKey(sha256), path);
}

void Settings::forgetClassTable(const QString& sha256)
{
    m_store.remove(classTableKey(sha256));
}

} // namespace ocellus
