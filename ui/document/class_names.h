// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QObject>
#include <QString>

#include "core/data/class_table.h"
#include "core/engine/engine.h"
#include "ui/document/settings.h"
#include "ui/engine/newest_reading.h"

namespace ocellus {

/// The names of the open model's classes, remembered with the checkpoint's SHA-256. Without a table they are numbered.
/// Tables are read on a thread of its own; the names stay as they are until one is read and found to fit.
class ClassNames : public QObject {
    Q_OBJECT

public:
    /// Whether a table is remembered with the model, or belongs to a session and is for this run alone.
    enum class Keep { Remembered, ForNow };

    explicit ClassNames(Settings& settings, QObject* parent = nullptr);

    /// The names in the model's file, else numbers; then the table is read, else the one remembered for the model, as
    /// load() does.
    /// Throws what classesOfCheckpoint throws for names that cannot be; then the classes are numbered.
    void choose(const ModelDescription& model, const std::filesystem::path& table = {}, Keep keep = Keep::Remembered);

    /// Empty where none is.
    std::filesystem::path rememberedFor(const ModelDescription& model) const;

    /// Ends in changed() and read(), or in failed(). A newer call takes the place of one that is not done.
    void load(const std::filesystem::path& path, const ModelDescription& model, Keep keep = Keep::Remembered);

    /// Back to the names in the model's file, else to numbers.
    void forget(const ModelDescription& model);

    const ClassTable& table() const { return m_table; }
    bool areKnown() const { return m_known; } ///< false: the classes are numbered
    /// The table that is being read, else the one in use; empty for the checkpoint's own names and for numbers.
    const std::filesystem::path& path() const { return m_reading.isReading() ? m_awaited : m_used; }

    /// "17 Blue Grosbeak", or "17": the model's own index always comes first.
    QString label(int classIndex) const;
    /// "Blue Grosbeak", or "17".
    QString name(int classIndex) const;

signals:
    void changed();
    void read(const QString& how); ///< for people: which table, and by what it gives the classes their places
    void failed(const ocellus::Failure& failure);

private:
    void useOwn(const ModelDescription& model);
    void take(ClassTable table, const std::filesystem::path& path);

    Settings& m_settings;
    ClassTable m_table;
    bool m_known = false;
    bool m_isOfTokens = false;       // which have names and no numbers
    std::filesystem::path m_used;    ///< the table whose names these are
    std::filesystem::path m_awaited; ///< the table that is read, or was read last
    NewestReading m_reading;         // last, so that it ends before what it tells
};

} // namespace ocellus
