// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/report_page.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/document/class_names.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

enum Column { PictureColumn, ClassColumn, LimitColumn, EditsColumn };

QString limitText(const QuerySet& set)
{
    return set.mode == LimitMode::All ? ReportPage::tr("none")
                                      : ReportPage::tr("%n class(es)", nullptr, static_cast<int>(set.active.size()));
}

QString editsText(const ReportItem& item)
{
    const auto count = std::ranges::count_if(item.edits, &Edit::enabled);
    return count == 0 ? ReportPage::tr("none") : QString::number(count);
}

} // namespace

ReportPage::ReportPage(QWidget* parent)
    : QWidget(parent),
      m_summary(new QLabel(this)),
      m_items(new QTreeWidget(this)),
      m_buttons(new QHBoxLayout)
{
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_items->setHeaderLabels({tr("Picture"), tr("Class"), tr("Limit"), tr("Edits")});
    m_items->setRootIsDecorated(false);
    m_items->setUniformRowHeights(true);
    m_items->setAlternatingRowColors(true);
    m_items->setSelectionMode(QAbstractItemView::NoSelection);
    m_items->setAccessibleName(tr("Contents of the report"));
    connect(m_items, &QTreeWidget::activated, this,
            [this](const QModelIndex& index) { emit itemActivated(subjectOf(index)); });
    m_items->header()->setStretchLastSection(false);
    m_items->header()->setSectionResizeMode(PictureColumn, QHeaderView::Stretch);
    m_items->header()->setSectionResizeMode(ClassColumn, QHeaderView::Stretch);
    m_buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_summary);
    layout->addWidget(m_items, 1);
    layout->addLayout(m_buttons);
}

void ReportPage::addActions(const QList<QAction*>& actions)
{
    for (QAction* action : actions) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::StrongFocus);
        m_buttons->addWidget(button);
    }
}

void ReportPage::setPlan(const ReportPlan& plan, const ClassNames& names)
{
    m_items->clear();
    for (const ReportItem& item : plan.items) {
        auto* row = new QTreeWidgetItem(m_items);
        row->setText(PictureColumn, toQString(item.picture.filename()));
        row->setToolTip(PictureColumn, toQString(item.picture));
        row->setText(ClassColumn, item.classIndex ? names.label(*item.classIndex) : tr("as predicted"));
        // What a menu can be about; the same in each column.
        for (int column = 0; column < m_items->columnCount(); ++column) {
            row->setData(column, PictureSubject, toQString(item.picture));
            row->setData(column, ClassSubject, item.classIndex.value_or(-1));
        }
        row->setText(LimitColumn, limitText(item.set));
        row->setText(EditsColumn, editsText(item));
    }
    const auto count = static_cast<int>(plan.items.size());
    QString summary = count == 0 ? tr("The report will hold every picture that you look at or edit. There is none yet.")
                                 : tr("The report holds %n view(s): the pictures that were edited or looked at, once "
                                      "for each limit.",
                                      nullptr, count);
    if (plan.leftOut > 0)
        summary += QLatin1Char(' ') + tr("%n more would make it too long.", nullptr, static_cast<int>(plan.leftOut));
    m_summary->setText(summary);
}

void ReportPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    emit planWanted();
}

} // namespace ocellus
