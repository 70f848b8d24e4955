// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QString>
#include <QStringList>

class QWidget;

namespace ocellus {

/// What the user is asked for.
struct FileQuestion {
    enum class Kind { OpenFile, OpenFiles, OpenFolder, Save };

    Kind kind = Kind::OpenFile;
    QString title;
    QString folder;       ///< where the dialog begins
    QString filter;       ///< "Pictures (*.jpg *.png)"; several are separated by ";;"
    QString proposedName; ///< Save only
};

/// Asks for paths and calls back with them later, with one at least, or never where the user gives up. Tests put their
/// own in its place, which do the same.
using AskForFiles =
    std::function<void(QWidget* parent, const FileQuestion& question, std::function<void(const QStringList&)> answer)>;

/// Qt's file dialog, shown without an event loop of its own. It deletes, renames and moves nothing; one that saves can
/// make a folder.
void askWithDialog(QWidget* parent, const FileQuestion& question, std::function<void(const QStringList&)> answer);

} // namespace ocellus
