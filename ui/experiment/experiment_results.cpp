// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_results.h"

#include <algorithm>
#include <utility>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include "core/experiment/experiment_summary.h"
#include "ui/experiment/experiment_table_model.h"
#include "ui/experiment/experiment_text.h"
#include "ui/models/menu_subject.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr std::uint64_t bootstrapSeed = 1;
constexpr int leastSide = 72, mostSide = 220; ///< of a thumbnail, in pixels
constexpr int leastTable = 110;
constexpr int rowsThatSetWidths = 24; ///< from then on they stay as they are

} // namespace

ExperimentResults::ExperimentResults(QWidget* parent)
    : QWidget(parent),
      m_model(new ExperimentTableModel(this)),
      m_text(plainLabel(this)),
      m_table(new QTableView(this)),
      m_before(new QLabel(this)),
      m_after(new QLabel(this)),
      m_caption(plainLabel(this)),
      m_apply(new QPushButton(tr("Apply this edit to it"), this))
{
    setUpTable();
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("What the experiment shows"));
    m_before->setAccessibleName(tr("The chosen picture before the edit"));
    m_after->setAccessibleName(tr("The chosen picture after the edit"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text);
    layout->addWidget(m_table, 1);
    layout->addWidget(makePair());
    layout->addStretch(0);
    connect(m_apply, &QPushButton::clicked, this, &ExperimentResults::applyRequested);
    clear({});
}

void ExperimentResults::setUpTable()
{
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_model);
    sorted->setSortRole(ExperimentTableModel::SortRole);
    sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_table->setModel(sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder); // as they come
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setMinimumHeight(leastTable);
    m_table->setAccessibleName(tr("Pictures of the experiment"));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 6);
    m_table->horizontalHeader()->setHighlightSections(false);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const MenuSubject subject = subjectOf(index); subject.classIndex)
            emit classActivated(*subject.classIndex);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ExperimentResults::showChosen);
}

QWidget* ExperimentResults::makePair()
{
    auto* pair = new QWidget(this);
    auto* words = new QVBoxLayout;
    words->addWidget(m_caption);
    words->addWidget(m_apply, 0, Qt::AlignLeft);
    words->addStretch(1);
    auto* layout = new QHBoxLayout(pair);
    layout->setContentsMargins({});
    layout->addWidget(m_before, 0, Qt::AlignTop);
    layout->addWidget(m_after, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    return pair;
}

void ExperimentResults::clear(const ClassTable& table)
{
    m_model->clear(table);
    ++m_generation;
    m_isOutOfDate = false;
    m_hidesP = true;
    m_table->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum); // words alone leave their room to the preview
    m_text->setText(tr("Is it the mark, in every picture? An experiment does one edit to many pictures and counts how "
                       "often the answer changes."));
    showChosen();
}

void ExperimentResults::add(const ExperimentFinding& finding)
{
    m_model->add(finding);
    m_table->show();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    m_table->setColumnHidden(ExperimentTableModel::P, finding.row.controls.empty() && m_hidesP);
    m_hidesP = m_table->isColumnHidden(ExperimentTableModel::P);
    if (m_model->rowCount() <= rowsThatSetWidths)
        m_table->resizeColumnsToContents();
    summarise();
}

/// One at a time: rows that come meanwhile are in the next.
void ExperimentResults::summarise()
{
    m_isOutOfDate = m_isSummarising;
    if (m_isSummarising)
        return;
    m_isSummarising = true;
    std::vector<ExperimentRow> rows;
    for (const ExperimentFinding& finding : m_model->findings())
        rows.push_back(finding.row);
    m_queue.request([this, rows = std::move(rows), generation = m_generation](const std::stop_token&) {
        const QString text = experimentText(summaryOf(rows, bootstrapSeed));
        QMetaObject::invokeMethod(
            this, [this, generation, text] { takeText(generation, text); }, Qt::QueuedConnection);
        return true;
    });
}

void ExperimentResults::takeText(int generation, const QString& text)
{
    m_isSummarising = false;
    if (generation == m_generation)
        m_text->setText(text);
    if (m_isOutOfDate)
        summarise();
}

QString ExperimentResults::text() const
{
    return m_text->text();
}

const ExperimentFinding* ExperimentResults::chosen() const
{
    const auto* sorted = static_cast<const QSortFilterProxyModel*>(m_table->model());
    const QModelIndex index = sorted->mapToSource(m_table->currentIndex());
    return index.isValid() ? &m_model->findings().at(static_cast<std::size_t>(index.row())) : nullptr;
}

void ExperimentResults::setCanApply(const QString& whyNot)
{
    m_apply->setEnabled(whyNot.isEmpty());
    m_apply->setToolTip(whyNot.isEmpty() ? tr("The picture is given this edit, to go on with it in the Edit panel")
                                         : whyNot);
}

bool ExperimentResults::canApply() const
{
    const ExperimentFinding* finding = chosen();
    return finding && finding->row.isDone() && m_apply->isEnabled();
}

void ExperimentResults::showChosen()
{
    const ExperimentFinding* finding = chosen();
    m_before->parentWidget()->setVisible(finding != nullptr);
    showThumbnails();
    if (!finding)
        return;
    const ExperimentRow& row = finding->row;
    QStringList lines{QString::fromStdString(row.picture)};
    for (const int column : {ExperimentTableModel::Before, ExperimentTableModel::After, ExperimentTableModel::Note})
        if (const QString text =
                m_model->index(static_cast<int>(finding - m_model->findings().data()), column).data().toString();
            !text.isEmpty())
            lines += column == ExperimentTableModel::Before  ? tr("before: %1").arg(text)
                     : column == ExperimentTableModel::After ? tr("after: %1").arg(text)
                                                             : text;
    m_caption->setText(lines.join('\n'));
    m_apply->setVisible(row.isDone());
    emit pictureChosen(finding->path);
}

void ExperimentResults::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showThumbnails();
}

void ExperimentResults::showThumbnails()
{
    const ExperimentFinding* finding = chosen();
    const bool isDone = finding && finding->row.isDone();
    const int side = std::clamp(std::min(width() / 4, height() / 3), leastSide, mostSide);
    const auto show = [isDone, side](QLabel* label, const QByteArray& jpeg) {
        const bool isThere = isDone && !jpeg.isEmpty(); // a session may not have kept it
        label->setVisible(isThere);
        label->setPixmap(
            isThere
                ? QPixmap::fromImage(
                      QImage::fromData(jpeg, "JPG").scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation))
                : QPixmap());
    };
    show(m_before, isDone ? finding->before : QByteArray());
    show(m_after, isDone ? finding->after : QByteArray());
}

} // namespace ocellus
