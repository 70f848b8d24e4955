// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include <QObject>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariant>

namespace ocellus {

/// Everything that is kept between runs; names and defaults are one table in settings.cpp.
enum class Setting {
    Device,             ///< QString: "auto", "cpu", "cuda" or "cuda:1"
    Threads,            ///< int, 0: all cores
    Tf32,               ///< bool, CUDA only
    Half,               ///< bool, CUDA only
    ModelsOwnSize,      ///< bool: the input size that a checkpoint declares goes before the next three
    ShortSide,          ///< int, pixels
    LongSide,           ///< int, pixels
    FixedSide,          ///< int, pixels of a square; 0: the two above
    IgnoreExif,         ///< bool
    SampleRange,        ///< QString: "full", "auto" or "0:4095"
    ConvertToSrgb,      ///< bool
    ColourMap,          ///< QString: "viridis", ...
    Overlay,            ///< QString: "transparent", ...
    ValueScale,         ///< QString: "square-root", ...
    Opacity,            ///< double in [0, 1]
    Mass,               ///< double in (0, 1], MapStyle::mass
    Smooth,             ///< bool
    Contour,            ///< bool
    PerMapStretch,      ///< bool
    AsPublished,        ///< bool: maps placed as in published figures
    Boxes,              ///< bool: around what prototypes find, as published
    SortByRanking,      ///< bool
    SortByBlurring,     ///< bool
    SortByWorth,        ///< bool
    FollowPrediction,   ///< bool: a new picture selects its most probable class
    PictureStrip,       ///< bool: pictures as a filmstrip, else as a list
    PictureOrder,       ///< QString: "opened", "file", "folder", "prediction" or "confidence"
    PicturesGrouped,    ///< bool: by folder
    WatchFolders,       ///< bool: new pictures of opened folders are added
    Theme,              ///< QString: "system", "light" or "dark"
    Figure,             ///< QString: the figure for a paper as it was last made, JSON
    TileTextSize,       ///< int, points; 0: as the system's
    StartWith,          ///< QString: "sample", "last-session" or "nothing"
    RecentCheckpoints,  ///< QStringList, newest first
    RecentPictures,     ///< QStringList, newest first
    RecentSessions,     ///< QStringList, newest first
    RecentWeights,      ///< QStringList, newest first: what training runs started from
    KeepsAwake,         ///< bool: no suspend while a training run goes on
    WindowGeometry,     ///< QByteArray
    SecondViewGeometry, ///< QByteArray
    Workspaces,         ///< QByteArray: Workspaces::state()
    LastFolder,         ///< QString: where the next file dialog begins
    TourAnswered        ///< bool: the tour was started or declined, so it is not offered again
};

/// Typed access to the settings file.
class Settings : public QObject {
    Q_OBJECT

public:
    /// The user's, where the system keeps them.
    explicit Settings(QObject* parent = nullptr);
    explicit Settings(const QString& iniFile, QObject* parent = nullptr);

    /// The kept value, or the default where there is none or it cannot be converted to the default's type.
    QVariant value(Setting setting) const;
    void setValue(Setting setting, const QVariant& value);
    /// For this run only, until the user sets another value.
    void overrideValue(Setting setting, const QVariant& value);

    bool boolean(Setting setting) const { return value(setting).toBool(); }
    int integer(Setting setting) const { return value(setting).toInt(); }
    QString text(Setting setting) const { return value(setting).toString(); }

    /// Where journals of unsaved work are kept: the user's local data, or beside an explicit file.
    QString recoveryFolder() const;
    /// Where models' answers are kept until the next start: the same way.
    QString predictionsFolder() const;
    /// Where training runs are kept: the same way.
    QString runsFolder() const;

    /// Puts a path in front of a recent list, which keeps ten.
    void addRecent(Setting list, const QString& path);

    /// The class table file that was last used with a checkpoint, by its SHA-256; empty where there is none.
    QString classTableFor(const QString& sha256) const;
    void rememberClassTable(const QString& sha256, const QString& path);
    void forgetClassTable(const QString& sha256);

signals:
    void changed(ocellus::Setting setting);

private:
    QSettings m_store;
    QString m_folder; ///< what is kept beside the settings begins so
    std::map<Setting, QVariant> m_overrides;
};

} // namespace ocellus

Q_DECLARE_METATYPE(ocellus::Setting)
