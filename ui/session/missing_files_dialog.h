// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QDialog>

#include "core/session/session_files.h"

class QLabel;
class QPushButton;
class QTreeWidget;

namespace ocellus {

/// Says which files of a session are missing or have changed, and asks what to do.
class MissingFilesDialog : public QDialog {
    Q_OBJECT

public:
    explicit MissingFilesDialog(QWidget* parent = nullptr);

    /// After setLookedIn() also how many of those before were found.
    void setFiles(const std::vector<SessionFile>& files);
    void setLookedIn(const QString& folder); ///< setFiles() tells the outcome

signals:
    void folderWanted();
    void openingWithoutWanted();

private:
    QLabel* m_summary;
    QTreeWidget* m_files;
    QString m_lookedIn;
    QPushButton* m_look;
    QPushButton* m_without;
};

} // namespace ocellus
