// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QDialog>

#include "core/dataset/sorted_folders.h"

class QLabel;
class QPushButton;
class QRadioButton;
class QTreeWidget;

namespace ocellus {

/// Where pictures would go, before any of them does: a folder a species, with links or copies.
class SortingDialog : public QDialog {
    Q_OBJECT

public:
    /// Planned by planSorting() into `root`.
    SortingDialog(std::vector<SortedPicture> plan, const std::filesystem::path& root, QWidget* parent = nullptr);

signals:
    void sortingAccepted(const std::vector<ocellus::SortedPicture>& plan, ocellus::SortBy by);

private:
    void fill();

    std::vector<SortedPicture> m_plan;
    QTreeWidget* m_tree;
    QRadioButton* m_link;
    QRadioButton* m_copy;
};

} // namespace ocellus
