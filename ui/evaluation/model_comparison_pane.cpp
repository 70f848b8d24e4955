// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/model_comparison_pane.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/evaluation/changed_pictures_model.h"
#include "ui/figures/number_text.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

/// "0.031", or "below 0.001".
QString pText(double p)
{
    constexpr double least = 0.001;
    return p < least ? ModelComparisonPane::tr("below %1").arg(fixedText(least, 3)) : fixedText(p, 3);
}

} // namespace

ModelComparisonPane::ModelComparisonPane(QWidget* parent)
    : QWidget(parent),
      m_pictures(new ChangedPicturesModel(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_choose(new QPushButton(tr("Compare &with another model…"), this)),
      m_text(plainLabel(this)),
      m_kinds(new QComboBox(this)),
      m_table(new QTableView(this)),
      m_compare(new QPushButton(tr("Maps of &both"), this))
{
    m_sorted->setSourceModel(m_pictures);
    m_table->setModel(m_sorted);
    m_table->setAccessibleName(tr("Pictures that the two models name differently"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ChangedPicturesModel::TrueClass, Qt::AscendingOrder);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_kinds->addItem(tr("All that changed"), static_cast<int>(ChangedPicturesModel::Kind::All));
    m_kinds->addItem(tr("This model alone is right"), static_cast<int>(ChangedPicturesModel::Kind::OnlyFirstRight));
    m_kinds->addItem(tr("The other alone is right"), static_cast<int>(ChangedPicturesModel::Kind::OnlySecondRight));
    m_kinds->setAccessibleName(tr("Which changed pictures are listed"));
    m_compare->setToolTip(tr("Opens the picture in Compare, with the maps of both models"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_kinds);
    row->addWidget(m_compare);
    row->addStretch(1);
    auto* first = new QHBoxLayout;
    first->addWidget(m_choose);
    first->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(first);
    layout->addWidget(m_text);
    layout->addLayout(row);
    layout->addWidget(m_table, 1);
    layout->addStretch();
    connect(m_choose, &QPushButton::clicked, this, &ModelComparisonPane::secondModelWanted);
    connect(m_kinds, &QComboBox::activated, this,
            [this] { m_pictures->showKind(static_cast<ChangedPicturesModel::Kind>(m_kinds->currentData().toInt())); });
    connect(m_compare, &QPushButton::clicked, this, &ModelComparisonPane::compare);
    connect(m_table, &QTableView::activated, this, &ModelComparisonPane::compare);
    const auto update = [this] { m_compare->setEnabled(m_table->currentIndex().isValid()); };
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, update);
    connect(m_sorted, &QAbstractItemModel::modelReset, this, update);
    setReport({}, {});
}

void ModelComparisonPane::setWhyNot(const QString& why)
{
    m_choose->setEnabled(why.isEmpty());
    m_choose->setToolTip(why.isEmpty() ? tr("Asks another checkpoint about the same pictures") : why);
}

void ModelComparisonPane::setReport(const std::optional<ComparisonReport>& report,
                                    const std::map<std::string, std::filesystem::path>& paths)
{
    m_pictures->setReport(report.value_or(ComparisonReport()), paths);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_kinds, m_compare, m_table})
        widget->setVisible(report.has_value());
    m_compare->setEnabled(false);
    if (!report) {
        m_text->setText(tr("Another checkpoint can be asked about the same pictures: which of them it names otherwise, "
                           "and whether the difference can be chance (McNemar's test)."));
        return;
    }
    const PairedOutcomes& outcomes = report->outcomes;
    const double p = mcNemarP(outcomes.onlyFirst, outcomes.onlySecond);
    constexpr double usual = 0.05;
    m_text->setText(
        tr("%1: of %2 pictures, this model alone is right in %3, the other alone in %4; both in %5, neither in %6. "
           "%7 were named differently. McNemar's p is %8: %9")
            .arg(QFileInfo(QString::fromStdString(report->against)).fileName())
            .arg(outcomes.n())
            .arg(outcomes.onlyFirst)
            .arg(outcomes.onlySecond)
            .arg(outcomes.both)
            .arg(outcomes.neither)
            .arg(report->changed())
            .arg(pText(p), p < usual ? tr("the difference is unlikely to be chance.")
                                     : tr("the difference may well be chance.")));
}

QString ModelComparisonPane::text() const
{
    return m_text->text();
}

void ModelComparisonPane::compare()
{
    const auto path = m_pictures->path(m_sorted->mapToSource(m_table->currentIndex()).row());
    if (!path.empty())
        emit comparisonWanted(path);
}

} // namespace ocellus
