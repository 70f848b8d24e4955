// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_dialog/plate_choice.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/figures/shown_text.h"

namespace ocellus {

PlateChoice::PlateChoice(const QString& title, QWidget* parent)
    : QGroupBox(title, parent),
      m_otherTitle(title),
      m_list(new QListWidget)
{
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* buttons = new QHBoxLayout;
    const auto add = [&](const QString& text, Qt::CheckState state) {
        auto* button = new QPushButton(text);
        button->setAutoDefault(false);
        button->setAccessibleName(QStringLiteral("%1: %2").arg(title, text));
        connect(button, &QPushButton::clicked, this, [this, state] { markAll(state); });
        buttons->addWidget(button);
    };
    add(tr("All"), Qt::Checked);
    add(tr("None"), Qt::Unchecked);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_list);
    layout->addLayout(buttons);
    connect(m_list, &QListWidget::itemChanged, this, [this] {
        if (!m_filling)
            emit changed();
    });
}

void PlateChoice::setItems(const std::vector<Item>& items, const PlateOptions& options)
{
    const auto same = [](const Item& a, const Item& b) {
        return a.text == b.text && a.key.kind == b.key.kind && a.key.number == b.key.number;
    };
    const QSignalBlocker quiet(m_list);
    if (!std::ranges::equal(items, m_items, same)) { // else the list would jump to its start
        m_items = items;
        m_list->clear();
        for (const Item& item : m_items) {
            auto* row = new QListWidgetItem(shownText(item.text).simplified(), m_list);
            row->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            row->setToolTip(row->text().left(500));
        }
    }
    for (int row = 0; row < m_list->count(); ++row)
        m_list->item(row)->setCheckState(isLeftOut(options, m_items[static_cast<std::size_t>(row)].key) ? Qt::Unchecked
                                                                                                        : Qt::Checked);
    constexpr int shown = 6; // rows
    const int rowHeight = m_list->count() > 0 ? m_list->sizeHintForRow(0) : 0;
    m_list->setFixedHeight(std::min(m_list->count(), shown) * rowHeight + 2 * m_list->frameWidth() + 2);
    setVisible(m_items.size() > 1);
    const auto areAll = [this](PlateKey::Kind kind) {
        return std::ranges::all_of(m_items, [kind](const Item& item) { return item.key.kind == kind; });
    };
    setTitle(areAll(PlateKey::Kind::Class) ? tr("Classes") : areAll(PlateKey::Kind::Head) ? tr("Maps") : m_otherTitle);
    m_list->setAccessibleName(title());
}

void PlateChoice::apply(PlateOptions& options) const
{
    for (int row = 0; row < m_list->count(); ++row)
        leaveOut(options, m_items[static_cast<std::size_t>(row)].key, m_list->item(row)->checkState() == Qt::Unchecked);
}

void PlateChoice::markAll(Qt::CheckState state)
{
    m_filling = true;
    for (int row = 0; row < m_list->count(); ++row)
        m_list->item(row)->setCheckState(state);
    m_filling = false;
    emit changed();
}

std::vector<PlateChoice::Item> rowItems(const MapMatrix& matrix)
{
    std::vector<PlateChoice::Item> items;
    for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
        const QString& title = matrix.rows[row].title;
        items.push_back(
            {rowKey(matrix, row), title.isEmpty() ? PlateChoice::tr("Row %1").arg(static_cast<int>(row) + 1) : title});
    }
    return items;
}

std::vector<PlateChoice::Item> columnItems(const MapMatrix& matrix)
{
    std::vector<PlateChoice::Item> items;
    for (qsizetype column = 0; column < matrix.columns.size(); ++column) {
        const QString& title = matrix.columns[column];
        items.push_back({columnKey(matrix, static_cast<std::size_t>(column)),
                         title.isEmpty() ? PlateChoice::tr("Column %1").arg(column + 1) : title});
    }
    return items;
}

} // namespace ocellus
