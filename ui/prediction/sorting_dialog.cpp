// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/sorting_dialog.h"

#include <map>
#include <utility>

#include <QDialogButtonBox>
#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/engine/paths.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

SortingDialog::SortingDialog(std::vector<SortedPicture> plan, const std::filesystem::path& root, QWidget* parent)
    : QDialog(parent),
      m_plan(std::move(plan)),
      m_tree(new QTreeWidget(this)),
      m_link(new QRadioButton(tr("&Links: the pictures stay where they are"), this)),
      m_copy(new QRadioButton(tr("&Copies: they take room again"), this))
{
    setWindowTitle(tr("Sort into folders"));
    auto* words = plainLabel(this);
    words->setText(tr("%n picture(s) would go into %1, a folder for each species. Nothing has been written yet, and "
                      "nothing that is there is replaced.",
                      nullptr, static_cast<int>(m_plan.size()))
                       .arg(QDir::toNativeSeparators(toQString(root))));
    m_tree->setHeaderLabels({tr("Folder and picture"), tr("Comes from")});
    m_tree->setAccessibleName(tr("Where each picture would go"));
    m_tree->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    m_link->setChecked(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton* sort = buttons->addButton(tr("&Sort"), QDialogButtonBox::AcceptRole);
    sort->setDefault(true);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit sortingAccepted(m_plan, m_copy->isChecked() ? SortBy::Copy : SortBy::Link);
        accept();
    });
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(words);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_link);
    layout->addWidget(m_copy);
    layout->addWidget(buttons);
    resize(720, 480);
    fill();
}

void SortingDialog::fill()
{
    std::map<QString, QTreeWidgetItem*> folders;
    for (const SortedPicture& picture : m_plan) {
        const QString folder = toQString(picture.to.parent_path().filename());
        QTreeWidgetItem*& item = folders[folder];
        if (!item)
            item = new QTreeWidgetItem(m_tree);
        auto* file = new QTreeWidgetItem(item);
        file->setText(0, toQString(picture.to.filename()));
        file->setText(1, toQString(picture.from));
    }
    for (const auto& [folder, item] : folders)
        item->setText(0, tr("%1 (%2)").arg(folder).arg(item->childCount()));
    m_tree->sortItems(0, Qt::AscendingOrder);
}

} // namespace ocellus
