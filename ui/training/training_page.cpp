// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/training_page.h"

#include <algorithm>
#include <array>
#include <utility>

#include <QAction>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/dataset/dataset_document.h"
#include "ui/document/settings.h"
#include "ui/engine/paths.h"
#include "ui/figures/png_writer.h"
#include "ui/training/cluster_job.h"
#include "ui/training/maps_strip.h"
#include "ui/training/model_card.h"
#include "ui/training/run_launcher.h"
#include "ui/training/run_list.h"
#include "ui/training/run_measurement.h"
#include "ui/training/run_pane.h"
#include "ui/training/run_table_model.h"
#include "ui/training/training_form.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr int formWidth = 380, runsWidth = 820; ///< at first, in pixels
constexpr int tableHeight = 150;

std::array<int, 4> sumsOf(const std::vector<std::array<std::size_t, 4>>& ofClasses)
{
    std::array<int, 4> sums{};
    for (const auto& counts : ofClasses)
        for (std::size_t i = 0; i < counts.size(); ++i)
            sums[i] += static_cast<int>(counts[i]);
    return sums;
}

void openOutside(const std::filesystem::path& path)
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(path)));
}

} // namespace

TrainingPage::TrainingPage(DatasetDocument& dataset, Settings& settings, AskForFiles ask, QWidget* parent)
    : QWidget(parent),
      m_dataset(dataset),
      m_settings(settings),
      m_ask(std::move(ask)),
      m_list(new RunList(toPath(settings.runsFolder()), this)),
      m_measurement(new RunMeasurement(this)),
      m_form(new TrainingForm(settings, this)),
      m_table(new RunTableModel(this)),
      m_pane(new RunPane(this)),
      m_openCard(new QAction(tr("Open"), this))
{
    connect(m_openCard, &QAction::triggered, this, [this] { openOutside(m_card); });
    auto* left = new QWidget(this);
    m_data = plainLabel(left);
    auto* leftLayout = new QVBoxLayout(left);
    leftLayout->addWidget(m_data);
    leftLayout->addWidget(m_form, 1);
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(left);
    scroll->setMinimumWidth(left->minimumSizeHint().width() + scroll->verticalScrollBar()->sizeHint().width());
    auto* splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(scroll);
    splitter->addWidget(makeRuns());
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({formWidth, runsWidth});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(splitter);
    connectForm();
    connectPane();
    connect(&dataset, &DatasetDocument::changed, this, &TrainingPage::followData);
    connect(&dataset, &DatasetDocument::workChanged, this, &TrainingPage::followData);
    connect(m_list, &RunList::changed, this, &TrainingPage::takeRuns);
    followData();
}

QWidget* TrainingPage::makeRuns()
{
    auto* right = new QWidget(this);
    m_view = new QTableView(right);
    m_view->setModel(m_table);
    m_view->setAccessibleName(tr("Training runs"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setShowGrid(false);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().lineSpacing() + 6);
    m_view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_view->horizontalHeader()->setSectionResizeMode(RunTableModel::Differences, QHeaderView::Stretch);
    m_view->setMinimumHeight(4 * fontMetrics().lineSpacing());
    m_view->hide(); // until there is a run
    auto* add = new QPushButton(tr("Add a run…"), right);
    add->setToolTip(tr("The folder of a run that was trained elsewhere, on a cluster for instance"));
    connect(add, &QPushButton::clicked, this, &TrainingPage::addRun);
    auto* top = new QWidget(right);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins({});
    topLayout->addWidget(m_view, 1);
    topLayout->addWidget(add, 0, Qt::AlignRight);
    top->setMaximumHeight(top->minimumSizeHint().height());
    auto* splitter = new QSplitter(Qt::Vertical, right);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(top);
    splitter->addWidget(m_pane);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({tableHeight, 3 * tableHeight});
    auto* layout = new QVBoxLayout(right);
    layout->addWidget(splitter);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TrainingPage::showChosen);
    return right;
}

void TrainingPage::connectForm()
{
    connect(m_form, &TrainingForm::startWanted, this, &TrainingPage::start);
    connect(m_form, &TrainingForm::jobWanted, this, &TrainingPage::writeJob);
    connect(m_form, &TrainingForm::measureWanted, this, &TrainingPage::measure);
    connect(m_form, &TrainingForm::changed, this, [this] {
        m_measurement->cancel();
        m_form->setEstimate({}); // it was of something else
    });
    connect(m_form, &TrainingForm::weightsWanted, this, [this] {
        ask({FileQuestion::Kind::OpenFile,
             tr("Weights to start from"),
             {},
             tr("Weights (*.pth *.pt *.ckpt *.safetensors *.bin);;All files (*)"),
             {}},
            [this](const std::filesystem::path& file) { m_form->setWeights(file); });
    });
    connect(m_measurement, &RunMeasurement::changed, this, [this] {
        const bool isRunning = m_measurement->isRunning();
        m_form->setMeasuring(isRunning);
        m_form->setEstimate(isRunning ? tr("Makes a few steps to see how long they take…") : QString());
    });
    connect(m_measurement, &RunMeasurement::measured, this,
            [this](const RunEstimate& estimate) { m_form->setEstimate(toText(estimate)); });
    connect(m_measurement, &RunMeasurement::refused, this,
            [this](const QString& why) { m_form->setEstimate(tr("It would fail: %1").arg(why)); });
}

void TrainingPage::connectPane()
{
    const auto onRun = [this](auto does) {
        return [this, does] {
            if (m_pane->run())
                attempt([this, does, run = *m_pane->run()] { does(run); });
            m_list->lookAgain();
        };
    };
    connect(m_pane, &RunPane::openWanted, this, onRun([this](const TrainingRun& run) {
                emit modelRequested(run.best());
                emit done(tr("Opened the best epoch of %1").arg(run.record.title));
            }));
    connect(m_pane, &RunPane::stopWanted, this, onRun([](const TrainingRun& run) {
                launcher::isStopAsked(run) ? launcher::takeBackStop(run) : launcher::stopAfterEpoch(run);
            }));
    connect(m_pane, &RunPane::stopNowWanted, this, onRun([](const TrainingRun& run) { launcher::stopNow(run); }));
    connect(m_pane, &RunPane::resumeWanted, this,
            onRun([this](const TrainingRun& run) { launcher::resume(run, m_list->alive(), m_form->keepsAwake()); }));
    connect(m_pane, &RunPane::cardWanted, this, onRun([this](const TrainingRun& run) { writeCard(run); }));
    connect(m_pane, &RunPane::folderWanted, this, onRun([](const TrainingRun& run) { openOutside(run.folder); }));
    connect(m_pane, &RunPane::figureWanted, this, &TrainingPage::exportMaps);
    connect(m_pane, &RunPane::removeWanted, this, &TrainingPage::removeRun);
}

/// In words for people, which a browser shows.
void TrainingPage::writeCard(const TrainingRun& run)
{
    const std::filesystem::path card = writeModelCard(run);
    m_card = std::filesystem::path(card).replace_extension(".html");
    emit wrote(tr("Wrote %1").arg(QDir::toNativeSeparators(toQString(card))), m_openCard);
}

/// Asks first: a run may have taken a night.
void TrainingPage::removeRun()
{
    if (!m_pane->run())
        return;
    const TrainingRun run = *m_pane->run();
    std::error_code gone;
    const bool isElsewhere = std::filesystem::is_symlink(run.folder, gone);
    auto* question = new QMessageBox(QMessageBox::Question, tr("Remove run"),
                                     tr("Take %1 off the list?").arg(run.record.title), QMessageBox::Cancel, this);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        isElsewhere ? tr("Its folder lies elsewhere and stays there.")
                    : tr("Its folder goes to the trash, with the weights it came to and all it wrote."));
    question->addButton(tr("&Remove"), QMessageBox::AcceptRole);
    question->setDefaultButton(QMessageBox::Cancel);
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QDialog::accepted, this, [this, run] {
        if (attempt([&] { m_list->remove(run); }))
            m_removed.insert(run.folder);
    });
    question->open();
}

RunRecord TrainingPage::record() const
{
    const auto sums = sumsOf(m_dataset.state().counts());
    RunRecord record;
    record.created = QDateTime::currentDateTime();
    record.recipe = m_form->recipe().key;
    record.dataset = m_dataset.name();
    record.title =
        tr("%1, %2, %3")
            .arg(record.dataset, m_form->recipe().name, record.created.toString(QStringLiteral("d MMM HH:mm")));
    record.options = m_form->options();
    record.classes = static_cast<int>(m_dataset.state().classNames.size());
    record.train = sums[1];
    record.val = sums[2];
    return record;
}

void TrainingPage::start()
{
    if (!m_wanted.empty()) // the second click of two
        return;
    m_measurement->cancel();
    attempt([this] {
        m_wanted = launcher::start(m_list->root(), record(), m_dataset, m_list->alive(), m_form->keepsAwake());
    });
    m_list->lookAgain();
}

void TrainingPage::measure()
{
    if (m_measurement->isRunning())
        m_measurement->cancel();
    else
        m_measurement->measure(m_dataset, m_form->options());
}

void TrainingPage::writeJob()
{
    ask({FileQuestion::Kind::OpenFolder, tr("Empty folder for the job"), {}, {}, {}},
        [this](const std::filesystem::path& folder) {
            attempt([&] {
                const std::filesystem::path job = writeClusterJob(folder, record(), m_dataset);
                emit done(tr("Wrote %1 with the data set beside it. Its first lines say how it is sent.")
                              .arg(QDir::toNativeSeparators(toQString(job))));
            });
        });
}

void TrainingPage::addRun()
{
    ask({FileQuestion::Kind::OpenFolder, tr("Folder of a training run"), {}, {}, {}},
        [this](const std::filesystem::path& folder) {
            attempt([&] {
                m_list->add(folder);
                m_wanted = m_list->root() / folder.filename();
            });
        });
}

void TrainingPage::exportMaps()
{
    ask({FileQuestion::Kind::Save, tr("Maps over the epochs"), {}, tr("PNG (*.png)"), QStringLiteral("maps.png")},
        [this](const std::filesystem::path& file) {
            attempt([&] {
                writePng(file, m_pane->maps()->figure());
                emit done(tr("Wrote %1").arg(QDir::toNativeSeparators(toQString(file))));
            });
        });
}

void TrainingPage::ask(FileQuestion question, std::function<void(const std::filesystem::path&)> answer)
{
    question.folder = m_settings.text(Setting::LastFolder);
    m_ask(this, question, [this, answer = std::move(answer)](const QStringList& paths) {
        if (paths.isEmpty())
            return;
        m_settings.setValue(Setting::LastFolder, QFileInfo(paths.first()).absolutePath());
        answer(toPath(paths.first()));
    });
}

void TrainingPage::takeRuns()
{
    std::vector<std::filesystem::path> chosen;
    for (const QModelIndex& index : m_view->selectionModel()->selectedRows())
        chosen.push_back(m_table->run(index.row()).folder);
    const std::vector<TrainingRun> before = m_table->runs();
    m_table->setRuns(m_list->runs());
    tellOfGone(before);
    const bool hasRuns = m_table->rowCount() > 0;
    m_view->setVisible(hasRuns);
    QWidget* top = m_view->parentWidget();
    top->setMaximumHeight(hasRuns ? QWIDGETSIZE_MAX : top->minimumSizeHint().height());
    for (int column = 0; column < RunTableModel::Differences; ++column)
        m_view->resizeColumnToContents(column); // which has other words as a run goes on
    if (!m_wanted.empty() && m_table->rowOf(m_wanted) >= 0)
        chosen = {std::exchange(m_wanted, {})};
    else if (std::error_code none; !m_wanted.empty() && !std::filesystem::exists(m_wanted, none))
        m_wanted.clear(); // it was removed before it was seen
    else if (chosen.empty() && m_table->rowCount() > 0)
        chosen = {m_table->run(0).folder};
    QItemSelection selection;
    for (const std::filesystem::path& folder : chosen)
        if (const int row = m_table->rowOf(folder); row >= 0)
            selection.select(m_table->index(row, 0), m_table->index(row, 0));
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    showChosen();
}

/// A row that goes without a word looks like a mistake of the program's.
void TrainingPage::tellOfGone(const std::vector<TrainingRun>& before)
{
    QStringList gone;
    for (const TrainingRun& run : before) {
        std::error_code unknown;
        if (m_table->rowOf(run.folder) >= 0 || std::filesystem::exists(run.folder, unknown))
            continue;
        if (m_removed.erase(run.folder) == 0)
            gone << tr("The folder of %1 is gone.").arg(run.record.title);
    }
    if (!gone.isEmpty())
        emit done(gone.join('\n'));
}

void TrainingPage::showChosen()
{
    std::vector<TrainingRun> runs;
    for (const QModelIndex& index : m_view->selectionModel()->selectedRows())
        runs.push_back(m_table->run(index.row()));
    const auto alive = m_list->alive();
    const bool waits = runs.size() == 1 && std::ranges::any_of(alive, [&runs](const std::filesystem::path& other) {
                           return other != runs.front().folder;
                       });
    m_pane->setRuns(runs, waits);
}

void TrainingPage::followData()
{
    const auto counts = m_dataset.state().counts();
    const auto sums = sumsOf(counts);
    const auto lacking = static_cast<int>(
        std::ranges::count_if(counts, [](const auto& count) { return count[1] == 0 || count[2] == 0; }));
    QString words =
        tr("%1: %n species", nullptr, static_cast<int>(m_dataset.state().classNames.size())).arg(m_dataset.name()) +
        tr(", %1 pictures to learn from, %2 to judge by.").arg(sums[1]).arg(sums[2]);
    QString whyNot;
    if (m_dataset.isEmpty())
        words = whyNot = tr("Open pictures on the page Data set first.");
    else if (m_dataset.work() == DatasetDocument::Work::Opening)
        whyNot = tr("The data set is being opened.");
    else if (sums[1] == 0 || sums[2] == 0)
        whyNot = m_dataset.work() == DatasetDocument::Work::Examining
                     ? tr("Every picture is looked at before a split is drawn.")
                     : tr("Draw a split on the page Data set first.");
    else if (sums[0] > 0)
        whyNot = tr("%n picture(s) are in no split: draw it anew on the page Data set.", nullptr, sums[0]);
    else if (m_dataset.state().classNames.size() < 2)
        whyNot = tr("One species alone cannot be told from others.");
    else if (lacking > 0)
        whyNot = tr("%n species have no picture to learn from, or none to judge by: draw the split anew, or leave them "
                    "out.",
                    nullptr, lacking);
    m_data->setText(words);
    m_form->setOutside(whyNot);
    if (m_measurement->isRunning())
        m_measurement->cancel();
    m_form->setEstimate({});
}

bool TrainingPage::attempt(const std::function<void()>& what)
{
    try {
        what();
        return true;
    } catch (...) {
        emit failed(failureOf(Step::Training, std::current_exception()));
        return false;
    }
}

void TrainingPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_list->setWatched(true);
}

void TrainingPage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_list->setWatched(false);
}

} // namespace ocellus
