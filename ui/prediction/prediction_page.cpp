// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/prediction_page.h"

#include <algorithm>

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/engine/paths.h"
#include "ui/figures/number_text.h"
#include "ui/prediction/prediction_details.h"
#include "ui/prediction/prediction_study.h"
#include "ui/prediction/prediction_table_model.h"
#include "ui/prediction/prediction_table_view.h"
#include "ui/prediction/species_delegate.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr int rowHeight = 62; ///< pixels

} // namespace

PredictionPage::PredictionPage(Document& document, LiveAnswer& answer, DatasetDocument& dataset, Settings& settings,
                               AskForFiles ask, QWidget* parent)
    : QWidget(parent),
      m_rows(new PredictionTableModel(m_thumbnails, this)),
      m_filter(new PredictionFilter(this)),
      m_delegate(new SpeciesDelegate(this)),
      m_table(new PredictionTableView(this)),
      m_folder(new ElidedLabel(this)),
      m_choose(new QPushButton(tr("Ch&oose a folder…"), this)),
      m_start(new QPushButton(tr("&Name them"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_progress(new QProgressBar(this)),
      m_left(new QLabel(this)),
      m_whyNot(plainLabel(this)),
      m_note(new Banner(Tint::Error, this)),
      m_stale(new Banner(Tint::Warning, this)),
      m_question(nullptr),
      m_show(new QComboBox(this)),
      m_summary(plainLabel(this)),
      m_details(new PredictionDetails(this)),
      m_csv(new QPushButton(tr("E&xport table…"), this)),
      m_dataset(new QPushButton(tr("Save as &data set…"), this)),
      m_sort(new QPushButton(tr("&Sort into folders…"), this)),
      m_invitation(plainLabel(this)),
      m_results(nullptr),
      m_study(nullptr)
{
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeForm());
    layout->addWidget(m_note);
    layout->addWidget(m_stale);
    m_question = makeQuestion();
    layout->addWidget(m_question);
    layout->addWidget(m_invitation, 1);
    m_results = makeTable();
    layout->addWidget(m_results, 1);
    m_invitation->setAlignment(Qt::AlignCenter);
    m_invitation->setText(tr("Choose a folder of new pictures: the model that is open names each of them.\nCheck the "
                             "names by keys, and export a table with Darwin Core's terms."));
    const auto update = [this] { updateSummary(); };
    constexpr int summaryInterval = 200; // ms
    m_summaryDelay.setSingleShot(true);
    m_summaryDelay.setInterval(summaryInterval);
    connect(&m_summaryDelay, &QTimer::timeout, this, update);
    connect(m_rows, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_summaryDelay.isActive())
            m_summaryDelay.start();
    });
    connect(m_rows, &QAbstractItemModel::modelReset, this, update);
    connect(m_rows, &PredictionTableModel::corrected, this, update);
    connect(m_rows, &QAbstractItemModel::dataChanged, this, &PredictionPage::showDetails);
    connectDetails();
    m_study = new PredictionStudy(document, answer, dataset, settings, std::move(ask), *this);
    updateSummary();
    showDetails();
}

/// The study writes what is unsaved when it goes, and reads it in the rows.
PredictionPage::~PredictionPage()
{
    delete m_study;
}

QWidget* PredictionPage::makeForm()
{
    auto* form = new QWidget(this);
    auto* layout = new QGridLayout(form);
    layout->setContentsMargins({});
    layout->addWidget(new QLabel(tr("Pictures:"), this), 0, 0);
    layout->addWidget(m_choose, 0, 1);
    layout->addWidget(m_folder, 0, 2);
    layout->addWidget(m_start, 0, 3);
    layout->addWidget(m_progress, 1, 0, 1, 3);
    layout->addWidget(m_left, 1, 3);
    layout->addWidget(m_cancel, 0, 4);
    layout->addWidget(m_whyNot, 2, 0, 1, 5);
    layout->setColumnStretch(2, 1);
    m_progress->setAccessibleName(tr("Pictures that are named"));
    connect(m_choose, &QPushButton::clicked, this, &PredictionPage::folderRequested);
    connect(m_start, &QPushButton::clicked, this, &PredictionPage::startRequested);
    connect(m_cancel, &QPushButton::clicked, this, &PredictionPage::cancelRequested);
    return form;
}

QWidget* PredictionPage::makeQuestion()
{
    auto* question = new QWidget(this);
    auto* words = new Banner(Tint::Warning, question);
    words->showText(tr("There are corrections that no file has yet. Export the table or save it as a data set first, "
                       "or they are gone."));
    auto* anyway = new QPushButton(tr("Start all the &same"), question);
    auto* keep = new QPushButton(tr("&Keep them"), question);
    auto* layout = new QHBoxLayout(question);
    layout->setContentsMargins({});
    layout->addWidget(words, 1);
    layout->addWidget(keep);
    layout->addWidget(anyway);
    connect(anyway, &QPushButton::clicked, this, &PredictionPage::startAnywayRequested);
    connect(keep, &QPushButton::clicked, this, [this] { askBeforeStart(false); });
    question->hide();
    return question;
}

QWidget* PredictionPage::makeTable()
{
    m_filter->setSourceModel(m_rows);
    m_table->setModel(m_filter);
    m_table->sortByColumn(-1, Qt::AscendingOrder); // as they lie, until somebody sorts them
    m_table->setItemDelegateForColumn(PredictionTableModel::Species, m_delegate);
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->setIconSize({rowHeight - 6, rowHeight - 6});
    QHeaderView* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setStretchLastSection(true);
    constexpr int widths[]{220, 190, 90, 190, 80};
    for (int column = 0; column < 5; ++column)
        m_table->setColumnWidth(column, widths[column]);
    m_table->setToolTip({});
    connect(m_table, &PredictionTableView::confirmRequested, this,
            [this] { act(&PredictionTableModel::confirm, true); });
    connect(m_table, &PredictionTableView::takeBackRequested, this,
            [this] { act(&PredictionTableModel::takeBack, false); });
    connect(m_table, &PredictionTableView::undoRequested, this, &PredictionPage::undo);
    connect(m_table, &PredictionTableView::mapsRequested, this, &PredictionPage::showMaps);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PredictionPage::showDetails);

    using Show = PredictionFilter::Show;
    const std::initializer_list<std::pair<Show, QString>> choices{
        {Show::All, tr("All pictures")},  {Show::Unchecked, tr("Not checked yet")}, {Show::Unusual, tr("Unusual ones")},
        {Show::Unsure, tr("Below 90 %")}, {Show::Checked, tr("Checked by hand")},   {Show::Corrected, tr("Corrected")},
        {Show::Failed, tr("Not read")}};
    for (const auto& [show, text] : choices)
        m_show->addItem(text, static_cast<int>(show));
    m_show->setAccessibleName(tr("Which predictions are listed"));
    connect(m_show, &QComboBox::activated, this,
            [this] { m_filter->show(static_cast<Show>(m_show->currentData().toInt())); });
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_show);
    bar->addWidget(m_summary, 1);
    auto* left = new QWidget(this);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins({});
    leftLayout->addLayout(bar);
    leftLayout->addWidget(m_table, 1);
    leftLayout->addWidget(makeFoot());
    auto* halves = new QSplitter(this);
    halves->addWidget(left);
    halves->addWidget(m_details);
    halves->setStretchFactor(0, 1);
    halves->setChildrenCollapsible(false);
    return halves;
}

/// The buttons beside the picture do what the keys do.
void PredictionPage::connectDetails()
{
    connect(m_details, &PredictionDetails::mapsRequested, this, &PredictionPage::showMaps);
    connect(m_details, &PredictionDetails::confirmRequested, this,
            [this] { act(&PredictionTableModel::confirm, true); });
    connect(m_details, &PredictionDetails::takeBackRequested, this,
            [this] { act(&PredictionTableModel::takeBack, false); });
    connect(m_details, &PredictionDetails::correctionRequested, this, [this] {
        m_table->setFocus();
        m_table->edit(m_table->currentIndex().siblingAtColumn(PredictionTableModel::Species));
    });
}

QWidget* PredictionPage::makeFoot()
{
    m_csv->setToolTip(tr("A CSV file with Darwin Core's terms: scientificName, identificationVerificationStatus, …"));
    m_dataset->setToolTip(tr("What was confirmed and corrected by hand, to be trained on"));
    m_sort->setToolTip(tr("Links or copies of the pictures, in a folder for each species; shown first"));
    auto* foot = new QWidget(this);
    auto* layout = new QHBoxLayout(foot);
    layout->setContentsMargins({});
    for (QPushButton* button : {m_csv, m_dataset, m_sort})
        layout->addWidget(button);
    layout->addStretch(1);
    connect(m_csv, &QPushButton::clicked, this, &PredictionPage::csvRequested);
    connect(m_dataset, &QPushButton::clicked, this, &PredictionPage::datasetRequested);
    connect(m_sort, &QPushButton::clicked, this, &PredictionPage::sortingRequested);
    return foot;
}

int PredictionPage::chosenRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_filter->mapToSource(current).row() : -1;
}

/// The row may leave the list by what is done: the one after it is taken before.
void PredictionPage::act(void (PredictionTableModel::*action)(int), bool goesOn)
{
    const QModelIndex current = m_table->currentIndex();
    const QPersistentModelIndex next = current.siblingAtRow(current.row() + 1);
    if (const int row = chosenRow(); row >= 0)
        (m_rows->*action)(row);
    if (goesOn && next.isValid())
        m_table->setCurrentIndex(next);
}

void PredictionPage::undo()
{
    const int row = m_rows->undo();
    const QModelIndex shown = m_filter->mapFromSource(m_rows->index(row, PredictionTableModel::Species));
    if (shown.isValid())
        m_table->setCurrentIndex(shown);
}

void PredictionPage::showMaps()
{
    const int row = chosenRow();
    if (row < 0)
        return;
    const PredictedPicture& picture = m_rows->sheet().pictures[static_cast<std::size_t>(row)];
    if (picture.isNamed())
        emit mapsRequested(picture.path, m_rows->isOfOpenModel() ? picture.prediction.classIndex : -1);
}

void PredictionPage::showDetails()
{
    const int row = chosenRow();
    if (row < 0) {
        m_details->showText(m_rows->rowCount() > 0 ? tr("Choose a picture. Return confirms its name and goes on to the "
                                                        "next; typing corrects it.")
                                                   : QString());
        return;
    }
    const PredictedPicture& picture = m_rows->sheet().pictures[static_cast<std::size_t>(row)];
    m_details->show(picture, m_rows->classNames(), m_thumbnails.thumbnail(picture.path));
}

void PredictionPage::setFolder(const QString& text, const QString& toolTip)
{
    m_folder->setText(text);
    m_folder->setToolTip(Qt::convertFromPlainText(toolTip));
}

void PredictionPage::setWhyNot(const QString& why)
{
    m_whyNot->setText(why);
    m_whyNot->setVisible(!why.isEmpty());
    updateButtons();
}

void PredictionPage::setRunning(bool running)
{
    if (running != m_running) {
        m_progress->setRange(0, 0); // until it is known how many there are
        m_left->clear();
    }
    m_running = running;
    updateButtons();
}

void PredictionPage::setSorting(bool sorting)
{
    if (sorting != m_sorting)
        m_left->setText(sorting ? tr("Sorting…") : QString());
    m_sorting = sorting;
    updateButtons();
}

void PredictionPage::setProgress(int done, int total, const QString& left)
{
    m_progress->setRange(0, total);
    m_progress->setValue(done);
    m_progress->setFormat(tr("%v of %m pictures"));
    m_left->setText(left);
}

void PredictionPage::setNote(const QString& note)
{
    m_note->showText(note);
}

void PredictionPage::setStale(const QString& why)
{
    m_stale->showText(why);
}

QString PredictionPage::noteText() const
{
    return m_note->text();
}

QString PredictionPage::staleText() const
{
    return m_stale->text();
}

QString PredictionPage::summaryText() const
{
    return m_summary->text();
}

void PredictionPage::setUnsaved(bool unsaved)
{
    m_unsaved = unsaved;
    if (!unsaved)
        askBeforeStart(false);
    updateSummary();
}

void PredictionPage::askBeforeStart(bool ask)
{
    m_question->setVisible(ask);
}

bool PredictionPage::isAskingBeforeStart() const
{
    return !m_question->isHidden();
}

void PredictionPage::updateSummary()
{
    const std::vector<PredictedPicture>& pictures = m_rows->sheet().pictures;
    const auto counted = [&pictures](auto condition) { return std::ranges::count_if(pictures, condition); };
    const auto unusual = counted([](const PredictedPicture& p) { return p.prediction.isUnusual == true; });
    const auto corrected = counted([](const PredictedPicture& p) { return p.isCorrected(); });
    const auto failures = counted([](const PredictedPicture& p) { return !p.isNamed(); });
    QStringList parts{tr("%n picture(s)", nullptr, static_cast<int>(pictures.size()))};
    if (!m_running && m_rows->sheet().planned > pictures.size())
        parts += tr("stopped, of %1").arg(countText(static_cast<long long>(m_rows->sheet().planned)));
    if (unusual > 0)
        parts += tr("%1 unusual").arg(countText(unusual));
    if (failures > 0)
        parts += tr("%1 not read").arg(countText(failures));
    parts += tr("%1 checked").arg(countText(static_cast<long long>(m_rows->sheet().checked())));
    if (corrected > 0)
        parts += tr("%1 corrected").arg(countText(corrected));
    if (m_unsaved)
        parts += tr("corrections not saved yet");
    m_summary->setText(parts.join(QStringLiteral(" · ")));
    const bool isThere = !pictures.empty();
    m_results->setVisible(isThere);
    m_invitation->setVisible(!isThere);
    updateButtons();
}

void PredictionPage::updateNames()
{
    m_delegate->setNames(m_rows->classNames());
}

void PredictionPage::updateButtons()
{
    m_start->setEnabled(!m_running && !m_sorting && m_whyNot->text().isEmpty());
    m_choose->setEnabled(!m_running);
    m_progress->setVisible(m_running);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_cancel, m_left})
        widget->setVisible(m_running || m_sorting);
    const auto& pictures = m_rows->sheet().pictures;
    m_csv->setEnabled(!m_running && !pictures.empty());
    m_sort->setEnabled(!m_running && !m_sorting && !pictures.empty());
    m_dataset->setEnabled(!m_running && m_rows->sheet().checked() > 0);
}

} // namespace ocellus
