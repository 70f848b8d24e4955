// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/report_page.h"

#include <algorithm>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/document/document.h"
#include "ui/engine/paths.h"

namespace ocellus {

namespace {

constexpr int RowMargins = 6; // pixels

enum Column { WhatColumn, OfColumn, ClassColumn, LimitColumn, EditsColumn, StateColumn };

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

QString stateText(ReportItem::State state)
{
    switch (state) {
    case ReportItem::State::Shown: return ReportPage::tr("as shown");
    case ReportItem::State::EditedSince: return ReportPage::tr("looked at before its last edit; computed anew");
    case ReportItem::State::NotShown: break;
    }
    return ReportPage::tr("not looked at; computed anew");
}

QString whatText(const ReportItem& item)
{
    return item.set.mode == LimitMode::All ? ReportPage::tr("View") : ReportPage::tr("Limited view");
}

} // namespace

ReportPage::ReportPage(QWidget* parent)
    : QWidget(parent),
      m_summary(new QLabel(this)),
      m_items(new QTreeWidget(this)),
      m_offer(new OpenOffer(Qt::Vertical, this)),
      m_buttons(new QHBoxLayout)
{
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_items->setHeaderLabels({tr("What"), tr("Of"), tr("Class"), tr("Limit"), tr("Edits"), tr("State")});
    m_items->setRootIsDecorated(false);
    m_items->setUniformRowHeights(true);
    m_items->setAlternatingRowColors(true);
    m_items->setSelectionMode(QAbstractItemView::NoSelection);
    m_items->setAccessibleName(tr("Contents of the report"));
    connect(m_items, &QTreeWidget::activated, this, [this](const QModelIndex& index) {
        if (const MenuSubject subject = subjectOf(index); !subject.picture.empty())
            emit itemActivated(subject);
    });
    m_items->header()->setStretchLastSection(false);
    for (const Column column : {OfColumn, ClassColumn, StateColumn})
        m_items->header()->setSectionResizeMode(column, QHeaderView::Stretch);
    m_buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_summary);
    layout->addWidget(m_items, 1);
    layout->addWidget(m_offer, 1, Qt::AlignVCenter);
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

void ReportPage::setPlan(const ReportPlan& plan, const Document& document)
{
    m_summary->setText(summary(plan));
    QStringList told; // what is on the page already stays where it is
    for (const ReportItem& item : plan.items)
        told << toQString(item.picture) << whatText(item) << limitText(item.set) << editsText(item)
             << stateText(item.state) << document.classNames().label(item.classIndex.value_or(0));
    for (const KeptResult& kept : plan.kept)
        told << kept.what << kept.of << kept.state;
    if (told == m_told && m_items->topLevelItemCount() > 0)
        return;
    m_told = told;
    m_items->clear();
    const auto add = [this](const QStringList& cells, const QString& toolTip) {
        auto* row = new QTreeWidgetItem(m_items, cells);
        row->setSizeHint(OfColumn,
                         {0, fontMetrics().height() + RowMargins}); // a column that is as wide as there is room
        row->setToolTip(OfColumn, toolTip);
        for (const Column column : {ClassColumn, StateColumn})
            row->setToolTip(column, cells.value(column));
        return row;
    };
    for (const ReportItem& item : plan.items) {
        auto* row = add({whatText(item), document.pictures().distinctName(item.picture),
                         item.classIndex ? document.classNames().label(*item.classIndex) : tr("as predicted"),
                         limitText(item.set), editsText(item), stateText(item.state)},
                        toQString(item.picture));
        // What a menu can be about; the same in each column.
        for (int column = 0; column < m_items->columnCount(); ++column) {
            row->setData(column, PictureSubject, toQString(item.picture));
            row->setData(column, ClassSubject, item.classIndex.value_or(-1));
        }
    }
    for (const KeptResult& kept : plan.kept)
        add({kept.what, kept.of, {}, {}, {}, kept.state}, kept.of);
    for (const Column column : {WhatColumn, LimitColumn, EditsColumn})
        m_items->resizeColumnToContents(column);
    showOffer();
}

void ReportPage::setChoices(const std::vector<OpenOffer::Choice>& choices)
{
    m_choices = choices;
    showOffer();
}

void ReportPage::showOffer()
{
    const bool isMissing = !m_choices.empty() && m_items->topLevelItemCount() == 0;
    m_offer->setOffer(isMissing ? tr("Open a model and pictures to begin.") : QString(), m_choices);
    m_items->setVisible(!isMissing);
}

QString ReportPage::summary(const ReportPlan& plan)
{
    const auto count = static_cast<int>(plan.items.size());
    if (count == 0 && plan.kept.empty())
        return tr("The report will hold every picture that you look at or edit, and what you compare and test. There "
                  "is nothing yet.");
    QStringList sentences{tr("The report holds %n view(s): the pictures that were edited or looked at, once for each "
                             "limit.",
                             nullptr, count)};
    if (plan.leftOut > 0)
        sentences += tr("%n more would make it too long.", nullptr, static_cast<int>(plan.leftOut));
    if (!plan.kept.empty())
        sentences += tr("Comparisons are in no session's file: the report keeps them.");
    return sentences.join(QLatin1Char(' '));
}

void ReportPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    emit planWanted();
}

} // namespace ocellus
