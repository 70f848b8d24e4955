// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_page.h"

#include <algorithm>
#include <utility>

#include <QAction>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QToolBar>
#include <QVBoxLayout>

#include "ui/dataset/box_proposals.h"
#include "ui/dataset/crop_editor.h"
#include "ui/dataset/crop_form.h"
#include "ui/dataset/dataset_class_list.h"
#include "ui/dataset/dataset_document.h"
#include "ui/dataset/dataset_files.h"
#include "ui/dataset/dataset_recovery.h"
#include "ui/dataset/picture_sections.h"
#include "ui/dataset/problem_list.h"
#include "ui/dataset/split_form.h"
#include "ui/document/settings.h"
#include "ui/engine/paths.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/open_offer.h"
#include "ui/widgets/symbol_icon.h"

namespace ocellus {

namespace {

constexpr int classesWidth = 300, picturesWidth = 620, formsWidth = 330; ///< at first, in pixels
constexpr int noteLines = 3;

std::vector<std::filesystem::path> localPaths(const QMimeData& data)
{
    std::vector<std::filesystem::path> paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            paths.push_back(toPath(url.toLocalFile()));
    return paths;
}

} // namespace

DatasetPage::DatasetPage(DatasetDocument& dataset, Settings& settings, AskForFiles ask, QWidget* parent)
    : QWidget(parent),
      m_dataset(dataset),
      m_files(new DatasetFiles(dataset, settings, std::move(ask), this)),
      m_recovery(new DatasetRecovery(dataset, toPath(settings.recoveryFolder()) / "data-sets", this)),
      m_proposals(new BoxProposals(dataset, this)),
      m_bar(new QToolBar(this)),
      m_summary(new ElidedLabel(this)),
      m_offer(new OpenOffer(Qt::Vertical, this))
{
    setAcceptDrops(true);
    addActions();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(m_bar);
    layout->addWidget(m_summary);
    layout->addWidget(makeProgress());
    layout->addStretch(0); // words and buttons stand in the middle, where nothing else does
    layout->addWidget(m_offer);
    layout->addStretch(0);
    layout->addWidget(makeBody(), 1);
    connectParts();
    follow();
    followWork();
}

template <typename Object>
QAction* DatasetPage::addAction(const QString& text, const QString& icon, const QString& tip, Object* object,
                                void (Object::*does)())
{
    auto* action = new QAction(symbolIcon(QStringLiteral(":/icons/%1.svg").arg(icon)), text, this);
    action->setToolTip(tip);
    connect(action, &QAction::triggered, object, does);
    m_bar->addAction(action);
    m_bar->widgetForAction(action)->setFocusPolicy(Qt::TabFocus); // tool bars leave the keyboard out
    return action;
}

void DatasetPage::addActions()
{
    m_bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_bar->setAccessibleName(tr("Data set"));
    const QString folder = QStringLiteral("open-folder"), save = QStringLiteral("save");
    m_openFolder = addAction(tr("Open folder…"), folder, tr("A folder with a folder of pictures for each species"),
                             m_files, &DatasetFiles::chooseFolder);
    m_openTable = addAction(tr("Open table…"), QStringLiteral("class-table"),
                            tr("A table with a picture and a species in each row, also GBIF's and iNaturalist's"),
                            m_files, &DatasetFiles::chooseTable);
    m_openFile =
        addAction(tr("Open data set…"), folder, tr("A data set that was saved"), m_files, &DatasetFiles::chooseFile);
    m_more = addAction(tr("Add a folder…"), folder, tr("Adds a further folder to the data set"), m_files,
                       &DatasetFiles::chooseMore);
    m_bar->addSeparator();
    m_save = addAction(tr("Save"), save,
                       tr("Saves what was decided; pictures are not moved or copied (%1)")
                           .arg(QKeySequence(QKeySequence::Save).toString(QKeySequence::NativeText)),
                       m_files, &DatasetFiles::save);
    m_saveAs =
        addAction(tr("Save as…"), save, tr("Saves the data set in another file"), m_files, &DatasetFiles::saveAs);
    m_bar->addSeparator();
    m_undo = addAction(tr("Undo"), QStringLiteral("undo"), {}, &m_dataset, &DatasetDocument::undo);
    m_redo = addAction(tr("Redo"), QStringLiteral("redo"), {}, &m_dataset, &DatasetDocument::redo);
    m_restore = new QAction(this);
    connect(m_restore, &QAction::triggered, this, &DatasetPage::restore);
}

/// What the last program could not ask about.
void DatasetPage::restore()
{
    if (const auto found = m_recovery->found(); !found.empty())
        m_recovery->restore(found.front());
}

QWidget* DatasetPage::makeProgress()
{
    m_progressRow = new QWidget(this);
    m_doing = new QLabel(m_progressRow);
    m_progress = new QProgressBar(m_progressRow);
    m_progress->setAccessibleName(tr("Pictures looked at"));
    auto* cancel = new QPushButton(tr("Cancel"), m_progressRow);
    connect(cancel, &QPushButton::clicked, &m_dataset, &DatasetDocument::cancel);
    auto* row = new QHBoxLayout(m_progressRow);
    row->setContentsMargins({});
    row->addWidget(m_doing);
    row->addWidget(m_progress, 1);
    row->addWidget(cancel);
    m_again = new QPushButton(tr("Look at every picture"), this);
    m_again->setToolTip(tr("Finds unreadable files and pictures that are nearly the same"));
    connect(m_again, &QPushButton::clicked, &m_dataset, &DatasetDocument::examineAgain);
    return m_progressRow;
}

QWidget* DatasetPage::makeBody()
{
    auto* body = new QSplitter(this);
    body->setChildrenCollapsible(false);
    m_classes = new DatasetClassList(m_dataset, body);
    QWidget* middle = makeMiddle(); // in the order in which Tab goes through them
    m_tabs = new QTabWidget(body);
    m_tabs->setDocumentMode(true); // a frame has a ground of its own, which only some of the pages would cover
    m_problems = new ProblemList(m_dataset, m_tabs);
    auto* crop = new CropForm(m_dataset, *m_proposals, m_tabs);
    m_tabs->addTab(m_problems, {});
    m_tabs->addTab(new SplitForm(m_dataset, m_tabs), tr("Split"));
    m_tabs->addTab(crop, tr("Crop"));
    connect(crop, &CropForm::boxFileWanted, m_files, &DatasetFiles::chooseBoxes);
    connect(crop, &CropForm::drawingWanted, this, &DatasetPage::drawBoxes);
    auto* forms = new QWidget(body);
    auto* beside = new QVBoxLayout(forms);
    beside->setContentsMargins({});
    beside->addWidget(m_tabs, 1);
    beside->addWidget(m_again);
    body->addWidget(m_classes);
    body->addWidget(middle);
    body->addWidget(forms);
    body->setStretchFactor(1, 1);
    body->setSizes({classesWidth, picturesWidth, formsWidth});
    m_body = body;
    return body;
}

QWidget* DatasetPage::makeMiddle()
{
    auto* grids = new QWidget(this);
    m_shownOnly = new QWidget(grids);
    auto* words = new QLabel(tr("Only the pictures of one problem are shown."), m_shownOnly);
    auto* all = new QPushButton(tr("Show all"), m_shownOnly);
    connect(all, &QPushButton::clicked, this, &DatasetPage::showAll);
    auto* row = new QHBoxLayout(m_shownOnly);
    row->setContentsMargins({});
    row->addWidget(words);
    row->addWidget(all);
    row->addStretch(1);
    m_shownOnly->hide();
    m_pictures = new PictureSections(m_dataset, grids);
    auto* layout = new QVBoxLayout(grids);
    layout->setContentsMargins({});
    layout->addWidget(m_shownOnly);
    layout->addWidget(m_pictures, 1);
    m_editor = new CropEditor(m_dataset, *m_proposals, this);
    m_middle = new QStackedWidget(this);
    m_middle->addWidget(grids);
    m_middle->addWidget(m_editor);
    return m_middle;
}

void DatasetPage::connectParts()
{
    connect(m_files, &DatasetFiles::done, this, &DatasetPage::done);
    connect(m_files, &DatasetFiles::failed, this, &DatasetPage::failed);
    connect(&m_dataset, &DatasetDocument::failed, this, &DatasetPage::failed);
    connect(&m_dataset, &DatasetDocument::changed, this, &DatasetPage::follow);
    connect(&m_dataset, &DatasetDocument::fileChanged, this, &DatasetPage::follow);
    connect(&m_dataset, &DatasetDocument::workChanged, this, &DatasetPage::followWork);
    connect(&m_dataset, &DatasetDocument::replaced, this, [this] { m_shownOnly->hide(); });
    connect(&m_dataset, &DatasetDocument::progressed, this,
            [this](double fraction) { m_progress->setValue(static_cast<int>(fraction * m_progress->maximum())); });
    connect(m_classes, &DatasetClassList::chosenChanged, this, [this] {
        m_shownOnly->hide();
        m_middle->setCurrentIndex(0);
        m_pictures->setClasses(m_classes->chosen());
    });
    connect(m_classes, &DatasetClassList::leavingOutWanted, this,
            [this](const std::vector<int>& pictures) { m_pictures->move(pictures, DatasetSection::LeftOut); });
    connect(m_problems, &ProblemList::picturesWanted, this, [this](const std::vector<int>& pictures) {
        m_middle->setCurrentIndex(0);
        m_pictures->setPictures(pictures);
        m_shownOnly->show();
    });
    connect(m_problems, &ProblemList::classesWanted, this, [this](const std::vector<std::string>& names) {
        m_classes->choose(std::set<std::string>(names.begin(), names.end()));
    });
    connect(m_problems, &ProblemList::renamingWanted, m_classes, &DatasetClassList::rename);
    connect(m_pictures, &PictureSections::opened, this, &DatasetPage::edit);
    connect(m_editor, &CropEditor::left, m_middle, [this] { m_middle->setCurrentIndex(0); });
}

void DatasetPage::showAll()
{
    m_shownOnly->hide();
    m_pictures->setClasses(m_classes->chosen());
}

void DatasetPage::edit(int picture)
{
    m_editor->show(m_pictures->shown(), picture);
    m_middle->setCurrentIndex(1);
    m_editor->setFocus(Qt::OtherFocusReason);
}

/// From the first picture that wants a box, of those that are shown.
void DatasetPage::drawBoxes()
{
    const std::vector<int> shown = m_pictures->shown();
    if (shown.empty())
        return;
    const auto without = std::ranges::find_if(
        shown, [this](int picture) { return !m_dataset.state().members.at(static_cast<std::size_t>(picture)).box; });
    edit(without == shown.end() ? shown.front() : *without);
}

QString DatasetPage::summary() const
{
    const DatasetState& state = m_dataset.state();
    std::array<int, 4> sums{};
    for (const auto& counts : state.counts())
        for (std::size_t i = 0; i < counts.size(); ++i)
            sums[i] += static_cast<int>(counts[i]);
    const int all = sums[0] + sums[1] + sums[2] + sums[3];
    QStringList parts{tr("%n species", nullptr, static_cast<int>(state.classNames.size())),
                      tr("%n picture(s)", nullptr, all)};
    if (sums[1] > 0)
        parts << tr("%n for training", nullptr, sums[1]);
    if (sums[2] > 0)
        parts << tr("%n for validation", nullptr, sums[2]);
    if (sums[3] > 0)
        parts << tr("%n for a test", nullptr, sums[3]);
    if (const auto out = static_cast<int>(state.members.size()) - all; out > 0)
        parts << tr("%n left out", nullptr, out);
    QString text = QStringLiteral("%1: %2").arg(m_dataset.name(), parts.join(QStringLiteral(", ")));
    if (m_dataset.isUnsaved())
        text += QStringLiteral(" · ") + tr("not saved");
    if (const QStringList& notes = m_dataset.notes(); !notes.isEmpty())
        text += QStringLiteral(" · ") + notes.mid(0, noteLines).join(QStringLiteral("; "));
    return text;
}

void DatasetPage::follow()
{
    const bool isEmpty = m_dataset.isEmpty();
    std::vector<OpenOffer::Choice> choices{
        {tr("Open a folder…"), m_openFolder}, {tr("Open a table…"), m_openTable}, {tr("Open a data set…"), m_openFile}};
    if (isEmpty && !m_recovery->found().empty())
        choices.push_back({tr("Get back what was not saved"), m_restore});
    m_offer->setOffer(isEmpty ? tr("Open a folder that has a folder of pictures for each species, or drop it here.\n"
                                   "Nothing is moved or copied. Tables with a picture and a species in each row, as "
                                   "GBIF and iNaturalist give them, are taken too.")
                              : QString(),
                      choices);
    m_body->setVisible(!isEmpty);
    m_summary->setVisible(!isEmpty);
    m_summary->setText(isEmpty ? QString() : summary());
    m_more->setEnabled(!isEmpty);
    m_save->setEnabled(!isEmpty);
    m_saveAs->setEnabled(!isEmpty);
    m_undo->setEnabled(m_dataset.canUndo());
    m_redo->setEnabled(m_dataset.canRedo());
    m_undo->setToolTip(tr("Takes back: %1").arg(m_dataset.canUndo() ? m_dataset.undoText() : tr("nothing")));
    m_redo->setToolTip(tr("Does again: %1").arg(m_dataset.canRedo() ? m_dataset.redoText() : tr("nothing")));
    const auto problems = static_cast<int>(m_dataset.problems().size());
    m_tabs->setTabText(0, problems > 0 ? tr("Problems (%1)").arg(problems) : tr("Problems"));
    m_again->setVisible(m_dataset.work() == DatasetDocument::Work::None && !isEmpty &&
                        m_dataset.examination().pictures.empty());
}

void DatasetPage::followWork()
{
    const DatasetDocument::Work work = m_dataset.work();
    const bool isExamining = work == DatasetDocument::Work::Examining;
    m_progressRow->setVisible(work != DatasetDocument::Work::None);
    m_doing->setText(isExamining ? tr("Looking at every picture…") : tr("Opening…"));
    m_progress->setRange(0, isExamining ? 1000 : 0); // how long a folder is is not known before it is read
    follow();
}

void DatasetPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localPaths(*event->mimeData()).empty())
        event->acceptProposedAction();
}

void DatasetPage::dropEvent(QDropEvent* event)
{
    const std::vector<std::filesystem::path> paths = localPaths(*event->mimeData());
    if (paths.empty())
        return;
    event->acceptProposedAction();
    m_files->open(paths);
}

/// The window's own actions of these keys are about pictures and sessions, which are not here.
QAction* DatasetPage::actionOf(const QKeyEvent& event) const
{
    if (event.matches(QKeySequence::Undo))
        return m_undo;
    if (event.matches(QKeySequence::Redo))
        return m_redo;
    return event.matches(QKeySequence::Save) ? m_save : nullptr;
}

bool DatasetPage::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const QAction* action = actionOf(static_cast<const QKeyEvent&>(*event));
        if (action && action->isEnabled()) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void DatasetPage::keyPressEvent(QKeyEvent* event)
{
    if (QAction* action = actionOf(*event))
        action->trigger();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ocellus
