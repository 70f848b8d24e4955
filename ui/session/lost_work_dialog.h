// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QDialog>

#include "core/session/lost_work.h"

class QPushButton;
class QTreeWidget;

namespace ocellus {

/// Offers the work of programs that ended without saving it. Closing it keeps all of it for the next start.
class LostWorkDialog : public QDialog {
    Q_OBJECT

public:
    explicit LostWorkDialog(std::vector<LostWork> work, QWidget* parent = nullptr);

signals:
    void restorationWanted(const ocellus::LostWork& work);

private:
    int chosen() const;
    void restoreChosen();
    void discardChosen();

    std::vector<LostWork> m_work;
    QTreeWidget* m_list;
};

} // namespace ocellus
