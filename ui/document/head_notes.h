// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QObject>
#include <QString>
#include <QStringList>

#include "core/session/session.h"

namespace ocellus {

/// What the user found out about heads, such as "tail pattern", of every model that was open; asked about the open
/// one's.
class HeadNotes : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// The open model, by the 64 digits of its SHA-256; empty for none, which has no notes and takes none. Without a
    /// signal: whoever opens a model says so.
    void setModel(const std::string& sha256);

    /// Of all models, for sessions.
    const std::vector<HeadNote>& all() const { return m_notes; }
    void setAll(std::vector<HeadNote> notes);

    /// The open model's, by class and head.
    std::vector<HeadNote> ofModel() const;
    /// The class's own note, else that of all classes, else empty. `head` from 0.
    QString text(int classIndex, int head) const;
    /// The same by head, as long as there are notes.
    QStringList ofClass(int classIndex) const;

    /// An empty text takes the class's own note away; a long one is cut to maxNoteBytes. `classIndex` -1: all classes.
    void write(int classIndex, int head, const QString& text);

signals:
    void changed();

private:
    const HeadNote* find(int classIndex, int head) const;

    std::string m_model;
    std::vector<HeadNote> m_notes;
};

} // namespace ocellus
