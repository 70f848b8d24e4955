// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QObject>
#include <QString>

#include "core/data/image_folder.h"

namespace ocellus {

class Document;
class InterventionSteps;

/// Takes pictures out of a document's list, so that it can be undone: edits stay with the document's editor.
class PictureRemovals : public QObject {
    Q_OBJECT

public:
    /// Both must outlive the removals.
    PictureRemovals(Document& document, InterventionSteps& interventions, QObject* parent = nullptr);

    void remove(int row);
    /// Of the last removal, when what was done to pictures after it is undone.
    bool canUndo() const { return !m_removals.empty() && m_removals.back().stepsSince == 0; }
    /// Of the picture that undo() brings back; only where canUndo().
    QString pictureName() const;
    void undo();

signals:
    void changed();
    void removed(const QString& pictureName, bool wasEdited);

private:
    struct Removal {
        ImageFile file;
        int row = 0;
        int stepsSince = 0;
    };

    void countStep(int difference);
    void forgetAll();

    Document& m_document;
    InterventionSteps& m_interventions;
    std::vector<Removal> m_removals;
};

} // namespace ocellus
