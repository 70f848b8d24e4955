// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QDialog>

#include "core/session/lost_work.h"

class QDialogButtonBox;
class QPushButton;
class QTreeWidget;

namespace ocellus {

/// Offers work to be restored: that of programs that ended without saving it, which can be discarded, or what was
/// discarded, which can be deleted for good. Closing it leaves everything as it is.
class LostWorkDialog : public QDialog {
    Q_OBJECT

public:
    enum class Kind { Lost, Discarded };

    LostWorkDialog(std::vector<LostWork> work, Kind kind, QWidget* parent = nullptr);

signals:
    void restorationWanted(const ocellus::LostWork& work);
    void discardingWanted(const ocellus::LostWork& work);

private:
    void fillList();
    void addButtons(QDialogButtonBox& buttons);
    int chosen() const;
    void updateButtons();
    void restoreChosen();
    void discardChosen();
    void askToDelete();
    void deleteAll();

    std::vector<LostWork> m_work;
    Kind m_kind;
    QTreeWidget* m_list;
    QPushButton* m_restore = nullptr;
    QPushButton* m_remove = nullptr; // the chosen one, or all that was discarded
};

} // namespace ocellus
