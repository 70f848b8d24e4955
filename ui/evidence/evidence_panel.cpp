// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/evidence_panel.h"

#include <algorithm>
#include <cmath>

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/evidence/curve_view.h"
#include "ui/evidence/evidence_item.h"
#include "ui/evidence/sanity_item.h"
#include "ui/figures/evidence_text.h"
#include "ui/figures/time_text.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr int permille = 1'000;

} // namespace

EvidencePanel::EvidencePanel(QWidget* parent)
    : QWidget(parent),
      m_title(plainLabel(this)),
      m_verdict(plainLabel(this)),
      m_meaning(plainLabel(this)),
      m_list(new QVBoxLayout),
      m_curves(new CurveView(this)),
      m_sanity(new SanityItem(this)),
      m_why(plainLabel(this)),
      m_place(new QComboBox(this)),
      m_regionRow(new QWidget(this)),
      m_region(new QComboBox(this)),
      m_test(new QPushButton(tr("Test these maps"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_copy(new QPushButton(tr("Cop&y sentences"), this)),
      m_progress(new QProgressBar(this)),
      m_left(plainLabel(this)),
      m_table(new QTableView(this))
{
    auto* body = new QWidget;
    auto* parts = new QVBoxLayout(body);
    parts->addWidget(makeHead());
    parts->addWidget(makeButtons());
    makeItems();
    parts->addLayout(m_list);
    makeTable();
    parts->addWidget(m_table, 1);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(body);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(area);
    showContent();
    setRunning({});
}

QWidget* EvidencePanel::makeHead()
{
    auto* head = new QWidget;
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_verdict->setFont(bold);
    m_verdict->setAccessibleName(tr("Verdict"));
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addWidget(m_verdict);
    layout->addWidget(m_meaning);
    return head;
}

QWidget* EvidencePanel::makeButtons()
{
    auto* part = new QWidget;
    m_place->addItem(tr("On the animal (estimated)"));
    m_place->addItem(tr("Anywhere"));
    m_place->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_place->setMinimumContentsLength(10);
    m_place->setToolTip(tr("Where the regions lie that the place shown by the map is compared with"));
    auto* where = new QLabel(tr("Comparisons lie:"), part);
    where->setBuddy(m_place);
    m_progress->setRange(0, permille);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("How far the tests are"));
    m_test->setToolTip(tr("Covers what each of these maps shows most, and as much elsewhere, and asks the model each "
                          "time"));
    auto* choices = new QHBoxLayout;
    choices->addWidget(where);
    choices->addWidget(m_place, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_test);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_progress, 1);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->addLayout(choices);
    layout->addLayout(buttons);
    layout->addWidget(m_left);
    layout->addWidget(m_why);
    connect(m_test, &QPushButton::clicked, this, &EvidencePanel::testRequested);
    connect(m_cancel, &QPushButton::clicked, this, &EvidencePanel::cancelRequested);
    connect(m_copy, &QPushButton::clicked, this, &EvidencePanel::copySentences);
    return part;
}

QWidget* EvidencePanel::makeRegions()
{
    m_region->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_region->setMinimumContentsLength(10);
    m_region->setToolTip(tr("What is known of this picture: masks, and the points of a file parts.csv beside it"));
    auto* label = new QLabel(tr("Known part:"), m_regionRow);
    label->setBuddy(m_region);
    auto* row = new QHBoxLayout(m_regionRow);
    row->setContentsMargins({});
    row->addWidget(label);
    row->addWidget(m_region, 1);
    connect(m_region, &QComboBox::activated, this, [this] {
        m_chosenRegion = m_region->currentText();
        emit regionChosen();
    });
    return m_regionRow;
}

void EvidencePanel::makeItems()
{
    m_list->setSpacing(8);
    for (const EvidenceTest test : {EvidenceTest::Cover, EvidenceTest::Importance, EvidenceTest::Pointing,
                                    EvidenceTest::Deletion, EvidenceTest::Insertion}) {
        m_items.push_back(new EvidenceItem(test, this));
        m_list->addWidget(m_items.back());
        if (test == EvidenceTest::Pointing)
            m_list->addWidget(makeRegions());
    }
    m_list->addWidget(m_curves);
    m_list->addWidget(m_sanity);
}

void EvidencePanel::makeTable()
{
    m_table->setModel(&m_model);
    m_table->setAccessibleName(tr("What was found out about each map"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    constexpr int leastRows = 6;
    m_table->setMinimumHeight(leastRows * fontMetrics().height() * 3 / 2);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EvidencePanel::chooseRow);
}

void EvidencePanel::setContent(const Content& content)
{
    m_content = content;
    showContent();
}

void EvidencePanel::showContent()
{
    const bool isThere = !m_content.maps.empty();
    m_title->setText(isThere
                         ? tr("%1 · %2").arg(EvidenceText::title(m_content.sheet, m_content.map), m_content.className)
                         : tr("No map"));
    const EvidenceVerdict verdict = m_content.sheet.verdict(m_content.map);
    m_verdict->setText(m_content.isStale
                           ? tr("out of date")
                           : EvidenceText::mark(verdict) + QLatin1Char(' ') + EvidenceText::verdict(verdict));
    m_meaning->setText(m_content.isStale ? tr("What stands here was tested before the last change.")
                                         : EvidenceText::verdictMeaning(verdict));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_verdict, m_meaning, m_table})
        widget->setVisible(isThere);
    for (EvidenceItem* item : m_items) {
        item->setVisible(isThere);
        item->setEnabled(!m_content.isStale);
        item->setSheet(m_content.sheet, m_content.map, m_content.className);
    }
    showRegions();
    const Finding* deletion = m_content.sheet.finding(m_content.map, EvidenceTest::Deletion);
    const Finding* insertion = m_content.sheet.finding(m_content.map, EvidenceTest::Insertion);
    m_curves->setVisible(isThere && !m_content.isStale && (deletion || insertion));
    m_curves->setCurves(deletion, insertion);
    m_sanity->setVisible(isThere);
    m_why->setText(m_content.whyNot);
    m_why->setVisible(!m_content.whyNot.isEmpty());
    m_choosing = true;
    m_model.setSheet(m_content.sheet, m_content.maps);
    m_table->selectRow(m_model.rowOf(m_content.map));
    m_choosing = false;
    m_table->setEnabled(!m_content.isStale);
    setRunning(m_running);
}

/// A map is held against one of them; where there is none the item says how to have one.
void EvidencePanel::showRegions()
{
    const bool isThere = !m_content.maps.empty() && !m_content.regions.isEmpty();
    m_regionRow->setVisible(isThere);
    QStringList listed;
    for (int i = 0; i < m_region->count(); ++i)
        listed += m_region->itemText(i);
    if (listed != m_content.regions) { // a list that is open stays so
        m_region->clear();
        m_region->addItems(m_content.regions);
    }
    m_region->setCurrentText(m_content.region);
    const auto item = std::ranges::find(m_items, EvidenceTest::Pointing, &EvidenceItem::test);
    if (!m_content.regionProblem.isEmpty() && !isThere)
        (*item)->setWords(m_content.regionProblem);
    else if (!isThere)
        (*item)->setWords(tr("No part of this picture is known: paint a mask, or put a file parts.csv beside the "
                             "pictures."));
    else if (!m_content.game.isEmpty())
        (*item)->setWords((*item)->sentence() + QLatin1Char(' ') + m_content.game);
}

void EvidencePanel::setRunning(const std::optional<Running>& running)
{
    m_running = running;
    const bool isThis = running && running->isThis;
    m_test->setVisible(!isThis);
    m_copy->setVisible(!running);
    m_test->setEnabled(m_content.whyNot.isEmpty() && !m_content.maps.empty());
    m_place->setEnabled(!isThis);
    m_copy->setEnabled(!m_content.sheet.isEmpty() && !m_content.isStale);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_progress, m_cancel, m_left})
        widget->setVisible(running.has_value());
    if (!running)
        return;
    m_progress->setValue(static_cast<int>(std::lround(running->fraction * permille)));
    QStringList words{tr("Testing %1").arg(running->what)};
    if (running->secondsLeft)
        words += timeLeftText(*running->secondsLeft);
    if (running->waiting > 0)
        words += tr("%n more waiting", nullptr, running->waiting);
    m_left->setText(words.join(QStringLiteral(" · ")));
}

QString EvidencePanel::region() const
{
    return m_chosenRegion;
}

bool EvidencePanel::onAnimal() const
{
    return m_place->currentIndex() == 0;
}

void EvidencePanel::chooseRow()
{
    const int row = m_table->currentIndex().row();
    if (!m_choosing && row >= 0)
        emit mapChosen(m_model.maps()[static_cast<std::size_t>(row)]);
}

QString EvidencePanel::sentences() const
{
    QStringList all;
    for (const EvidenceItem* item : m_items)
        if (m_content.sheet.finding(m_content.map, item->test()))
            all += item->sentence();
    if (const QString sanity = m_sanity->sentence(); !sanity.isEmpty())
        all += sanity;
    return all.join(QLatin1Char('\n'));
}

void EvidencePanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    emit shown();
}

void EvidencePanel::copySentences()
{
    QGuiApplication::clipboard()->setText(sentences());
}

} // namespace ocellus
