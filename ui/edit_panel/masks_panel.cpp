// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/masks_panel.h"

#include <algorithm>

#include <QAction>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/edit/mask_combining.h"
#include "ui/document/edit_name.h"
#include "ui/document/picture_editor.h"
#include "ui/edit_panel/mask_list_model.h"

namespace ocellus {

namespace {

constexpr int RowsShown = 4; // more scroll

} // namespace

MasksPanel::MasksPanel(PictureEditor& editor, QWidget* parent)
    : QWidget(parent),
      m_editor(editor),
      m_model(new MaskListModel(editor, this)),
      m_view(new QListView),
      m_statistics(new QLabel)
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Kept masks"));
    m_view->setUniformItemSizes(true);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked);
    connect(m_view, &QListView::activated, m_view, qOverload<const QModelIndex&>(&QListView::edit)); // with Return
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setFixedHeight(RowsShown * (m_view->fontMetrics().lineSpacing() + 4) + 2 * m_view->frameWidth());
    m_statistics->setWordWrap(true);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    layout->addWidget(m_statistics);
    layout->addWidget(buildButtons());

    auto* erase = new QAction(tr("Delete"), m_view);
    erase->setShortcut(QKeySequence::Delete);
    erase->setShortcutContext(Qt::WidgetShortcut);
    connect(erase, &QAction::triggered, this, &MasksPanel::erase);
    m_view->addAction(erase);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MasksPanel::follow);
    connect(&editor, &PictureEditor::changed, this, &MasksPanel::follow);
    connect(&editor, &PictureEditor::selectedEditChanged, this, &MasksPanel::follow);
    follow();
}

QToolButton* MasksPanel::addButton(QHBoxLayout* row, const QString& text, const QString& toolTip)
{
    auto* button = new QToolButton;
    button->setText(text);
    button->setAccessibleName(tr("%1 (kept masks)").arg(text));
    button->setToolTip(toolTip);
    button->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(button);
    return button;
}

QWidget* MasksPanel::buildButtons()
{
    auto* buttons = new QWidget;
    auto* rows = new QVBoxLayout(buttons);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* upper = new QHBoxLayout;
    auto* lower = new QHBoxLayout;
    rows->addLayout(upper);
    rows->addLayout(lower);
    m_keep = addButton(upper, tr("Keep"), tr("Keeps what is selected under a name, to be used again"));
    m_erase = addButton(upper, tr("Delete"), tr("Forgets the kept mask; edits that were made with it stay"));
    upper->addStretch();
    m_use = addButton(lower, tr("Use"), tr("Selects the kept mask and nothing else"));
    m_add = addButton(lower, tr("Add"), tr("Selects the kept mask, too"));
    m_subtract = addButton(lower, tr("Subtract"), tr("Takes the kept mask out of what is selected"));
    lower->addStretch();
    connect(m_keep, &QToolButton::clicked, this, &MasksPanel::keep);
    connect(m_erase, &QToolButton::clicked, this, &MasksPanel::erase);
    addCombination(m_use, tr("Use mask"), [](const Mask&, const Mask& kept) { return kept; });
    addCombination(m_add, tr("Add mask"), added);
    addCombination(m_subtract, tr("Subtract mask"), subtracted);
    return buttons;
}

void MasksPanel::addCombination(QToolButton* button, const QString& stepName, const Combine& combine)
{
    connect(button, &QToolButton::clicked, this, [this, stepName, combine] {
        const auto row = static_cast<std::size_t>(m_view->currentIndex().row());
        m_editor.setActiveMask(stepName, combine(m_editor.activeMask(), m_editor.state().masks[row].mask));
    });
}

void MasksPanel::follow()
{
    const bool isThere = m_model->rowCount() > 0;
    const QModelIndexList chosen = m_view->selectionModel()->selectedIndexes();
    const auto& masks = m_editor.state().masks;
    const NamedMask* mask = chosen.isEmpty() || chosen.first().row() >= static_cast<int>(masks.size())
                                ? nullptr
                                : &masks[static_cast<std::size_t>(chosen.first().row())];
    const bool fits = mask && m_editor.canPaint() && mask->mask.pictureSize() == m_editor.pictureSize();
    m_view->setVisible(isThere);
    m_keep->setEnabled(!m_editor.activeMask().empty());
    m_erase->setEnabled(mask != nullptr);
    for (QToolButton* button : {m_use, m_add, m_subtract}) {
        button->setVisible(isThere);
        button->setEnabled(fits);
    }
    if (!isThere)
        m_statistics->setText(tr("None yet. What is selected can be kept under a name and used again."));
    else if (!mask)
        m_statistics->setText(tr("Choose a mask to use it."));
    else if (!fits && m_editor.canPaint())
        m_statistics->setText(tr("Of another size than the picture as it is now: it cannot be used here."));
    else
        m_statistics->setText(regionText(mask->mask));
}

QString MasksPanel::unusedName() const
{
    const auto& masks = m_editor.state().masks;
    for (std::size_t number = masks.size() + 1;; ++number) {
        const QString name = tr("Mask %1").arg(number);
        if (std::ranges::none_of(masks, [&](const NamedMask& mask) { return mask.name == name.toStdString(); }))
            return name;
    }
}

void MasksPanel::keep()
{
    const std::size_t row = m_editor.state().masks.size();
    const QString name = unusedName();
    m_editor.perform(
        {tr("Keep “%1”").arg(name).toStdString(), {InsertMask{row, {name.toStdString(), m_editor.activeMask()}}}});
    const QModelIndex index = m_model->index(static_cast<int>(row));
    if (!index.isValid())
        return; // refused, and told
    m_view->setCurrentIndex(index);
    m_view->edit(index);
}

void MasksPanel::erase()
{
    const int row = m_view->currentIndex().row();
    const auto& masks = m_editor.state().masks;
    if (row < 0 || row >= static_cast<int>(masks.size()))
        return;
    const auto index = static_cast<std::size_t>(row);
    m_editor.perform({tr("Delete mask “%1”").arg(shownName(masks[index].name)).toStdString(), {EraseMask{index}}});
}

} // namespace ocellus
