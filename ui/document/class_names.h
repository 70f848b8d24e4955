// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QString>

#include "core/data/class_table.h"
#include "core/engine/engine.h"
#include "ui/document/settings.h"

namespace ocellus {

/// The names of the open model's classes, remembered with the checkpoint's SHA-256. Without a table they are numbered.
class ClassNames {
public:
    explicit ClassNames(Settings& settings) : m_settings(settings) {}

    /// The table remembered for the model, else the names in its file, else numbers. Throws what readClassTable and
    /// requireCount throw where the remembered table is not usable any more; then the classes are numbered.
    void choose(const ModelDescription& model);

    /// Throws as readClassTable and requireCount, and leaves the names as they were.
    void load(const std::filesystem::path& path, const ModelDescription& model);

    /// Back to the names in the model's file, else to numbers.
    void forget(const ModelDescription& model);

    const ClassTable& table() const { return m_table; }
    bool areKnown() const { return m_known; } ///< false: the classes are numbered

    /// "17 Blue Grosbeak", or "17": the model's own index always comes first.
    QString label(int classIndex) const;
    /// "Blue Grosbeak", or "17".
    QString name(int classIndex) const;

private:
    void useOwn(const ModelDescription& model);

    Settings& m_settings;
    ClassTable m_table;
    bool m_known = false;
};

} // namespace ocellus
