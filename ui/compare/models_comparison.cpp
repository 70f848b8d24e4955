// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/models_comparison.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/open_model_request.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/figures/model_matrix.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

enum class WhichClass { Shown, OfFolder };

constexpr int FirstMaps = 3, AllMaps = 0;

} // namespace

ModelsComparison::ModelsComparison(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_rows(1),
      m_class(new QComboBox(this)),
      m_count(new QComboBox(this)),
      m_add(new QPushButton(tr("&Add models…"), this)),
      m_remove(new QPushButton(tr("Rem&ove"), this)),
      m_back(new QAction(tr("Undo"), this)),
      m_state(plainLabel(this)),
      m_run(answer.controller()),
      m_closing(answer.controller())
{
    arrange();
    connect(m_add, &QPushButton::clicked, this, &ModelsComparison::modelsWanted);
    connect(m_back, &QAction::triggered, this, &ModelsComparison::putBack);
    connect(m_remove, &QPushButton::clicked, this, [this] { removeModel(std::exchange(m_chosen, {})); });
    for (const QComboBox* choice : {m_class, m_count})
        connect(choice, &QComboBox::currentIndexChanged, this, &ModelsComparison::refreshLater);
    connect(&m_run, &BatchRun::finished, this, &ModelsComparison::refreshLater);
    connect(&m_run, &BatchRun::cancelled, this, &ModelsComparison::forgetUnanswered);
    connect(&m_run, &BatchRun::progressed, this, &ModelsComparison::refreshLater);
    connect(&m_closing, &BatchRun::finished, this, [this] { m_toClose.clear(); });
    connect(&m_closing, &BatchRun::cancelled, this, &ModelsComparison::closeRemoved, Qt::QueuedConnection);
    connect(&document, &Document::modelChanged, this, [this] {
        for (Row& row : m_rows)
            row = {row.checkpoint, {}}; // they were asked for a class of the one before
        refreshLater();
    });
    connect(view()->grid(), &MatrixGrid::rowChosen, this, &ModelsComparison::choose);
    connect(view()->grid(), &MatrixGrid::cellChosen, this, [this](int row, int) { choose(row); });
    updateControls();
}

ModelsComparison::~ModelsComparison() = default;

void ModelsComparison::arrange()
{
    m_class->addItem(tr("The shown class"), static_cast<int>(WhichClass::Shown));
    m_class->addItem(tr("The species of its folder"), static_cast<int>(WhichClass::OfFolder));
    m_class->setAccessibleName(tr("Class whose maps are shown"));
    m_count->addItem(tr("First three maps"), FirstMaps);
    m_count->addItem(tr("All maps"), AllMaps);
    m_count->setAccessibleName(tr("Maps of each model"));
    m_count->setToolTip(
        tr("In the order in which the model ranks them: by their peak score, or by what they give to the "
           "class"));
    m_add->setToolTip(tr("Checkpoints of other models, of any kind, that are asked about the same picture"));
    m_remove->setToolTip(tr("Takes the model of the chosen row off this page, and out of memory"));
    m_state->setWordWrap(false);
    auto* bar = new QHBoxLayout;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_add, m_remove, m_class, m_count})
        bar->addWidget(widget);
    bar->addWidget(m_state, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addWidget(view(), 1);
}

void ModelsComparison::addModels(const std::vector<std::filesystem::path>& checkpoints)
{
    QStringList refused;
    for (const std::filesystem::path& checkpoint : checkpoints) {
        if (find(checkpoint))
            continue;
        const auto held = std::ranges::count_if(m_rows, [](const Row& row) { return !row.failure; });
        if (std::cmp_greater(held, EngineWorker::MostOthers)) {
            refused += toQString(checkpoint.filename());
        } else {
            std::erase(m_toClose, checkpoint);
            m_rows.push_back({checkpoint, {}});
        }
    }
    if (!refused.isEmpty())
        emit failed(
            {Step::Picture, ErrorCode::TooLarge, refused.join(QStringLiteral(", ")),
             tr("expected at most %1 models beside the open one").arg(static_cast<int>(EngineWorker::MostOthers)),
             tr("Remove one first")});
    refreshLater();
}

void ModelsComparison::removeModel(const std::filesystem::path& checkpoint)
{
    const auto found = std::ranges::find(m_rows, checkpoint, &Row::checkpoint);
    if (checkpoint.empty() || found == m_rows.end())
        return;
    m_removed = checkpoint;
    m_removedFrom = static_cast<std::size_t>(found - m_rows.begin());
    m_rows.erase(found);
    m_run.cancel(); // which may be asking it; the others are asked again
    m_toClose.push_back(checkpoint);
    closeRemoved();
    updateControls();
    refreshLater();
    emit modelRemoved(tr("Took %1 off the page of models.").arg(toQString(m_removed.filename())), m_back);
}

void ModelsComparison::closeRemoved()
{
    if (m_toClose.empty())
        return;
    const QSignalBlocker quiet(&m_closing); // all are closed in the new batch
    m_closing.start({[closed = m_toClose](EngineWorker& worker, const Progress&) -> std::function<void()> {
        for (const std::filesystem::path& checkpoint : closed)
            worker.closeOther(checkpoint);
        return [] {};
    }});
}

/// Others have the engine for themselves, or another question comes: whoever did not answer is asked again.
void ModelsComparison::forgetUnanswered()
{
    for (Row& row : m_rows)
        row.asked = row.told;
    refreshLater();
}

void ModelsComparison::putBack()
{
    m_closing.cancel();     // where it has not let go of it yet
    addModels({m_removed}); // unless it is there again
    const auto place = static_cast<std::ptrdiff_t>(std::min(m_removedFrom, m_rows.size() - 1));
    if (const auto found = std::ranges::find(m_rows, m_removed, &Row::checkpoint); found - m_rows.begin() > place)
        std::rotate(m_rows.begin() + place, found, found + 1);
}

/// The open one cannot be taken off.
void ModelsComparison::choose(int row)
{
    std::vector<std::filesystem::path> shown;
    for (const Row& own : m_rows)
        if (isShown(own))
            shown.push_back(own.checkpoint);
    m_chosen = row >= 0 && row < static_cast<int>(shown.size()) ? shown[static_cast<std::size_t>(row)]
                                                                : std::filesystem::path();
    view()->grid()->chooseRow(row);
    updateControls();
}

std::vector<std::filesystem::path> ModelsComparison::models() const
{
    std::vector<std::filesystem::path> checkpoints;
    std::ranges::transform(m_rows.begin() + 1, m_rows.end(), std::back_inserter(checkpoints), &Row::checkpoint);
    return checkpoints;
}

ModelsComparison::Row* ModelsComparison::find(const std::filesystem::path& checkpoint)
{
    const auto found = std::ranges::find(m_rows, checkpoint, &Row::checkpoint);
    return found == m_rows.end() ? nullptr : &*found;
}

/// The open model stands in the first row already.
bool ModelsComparison::isShown(const Row& row) const
{
    return row.checkpoint.empty() || row.checkpoint != document().model()->path;
}

int ModelsComparison::trueClass() const
{
    const QModelIndex picture = document().pictures().index(document().currentPicture());
    return picture.isValid() ? picture.data(PictureListModel::TrueClassRole).toInt() : -1;
}

int ModelsComparison::wantedClass() const
{
    const int species = trueClass();
    return m_class->currentData().toInt() == static_cast<int>(WhichClass::OfFolder) && species >= 0
               ? species
               : document().currentClass();
}

ModelsComparison::Question ModelsComparison::question() const
{
    return {answer().result().key, wantedClass(), trueClass(), answer().explanationOfHeads().pictureName};
}

/// All that were asked for something else, in one batch; what is on its way for the same is left alone.
void ModelsComparison::ask()
{
    const Question now = question();
    if (std::ranges::none_of(m_rows, [&](const Row& row) { return isShown(row) && row.asked != now; }))
        return;
    m_run.cancel();
    std::vector<EngineUnit> units;
    for (Row& row : m_rows) {
        if (!isShown(row) || row.told == now)
            continue;
        row.asked = now;
        const auto take = [this, now, checkpoint = row.checkpoint](std::optional<ModelAnswer> said,
                                                                   std::optional<Failure> failure) {
            if (Row* own = find(checkpoint))
                *own = {checkpoint, now, now, std::move(said), std::move(failure)};
        };
        units.push_back(answeringUnit(
            {openModelRequest(document()), row.checkpoint, now.classIndex, document().classNames().table()},
            [take](const ModelAnswer& said) { take(said, {}); },
            [take](const Failure& failure) { take({}, failure); }));
    }
    m_run.start(std::move(units));
}

void ModelsComparison::updateControls()
{
    m_add->setEnabled(document().model().has_value());
    m_remove->setEnabled(!m_chosen.empty());
    m_state->setText(m_run.isRunning() ? tr("Asking: %1 of %2").arg(m_run.done() + 1).arg(m_run.total()) : QString());
}

void ModelsComparison::refresh()
{
    updateControls();
    const Explanation shown = answer().explanationOfHeads();
    if (!document().model() || !answer().result().decoding || document().currentClass() < 0) {
        m_run.cancel();
        view()->showInvitation(shown.whyEmpty.isEmpty() ? invitation() : shown.whyEmpty);
        return;
    }
    if (!answer().isStale() && !answer().result().isDraft)
        ask();
    updateControls();
    view()->setMatrix(matrixOf());
    // The mark stays with the model that Remove means.
    int row = 0;
    for (const Row& own : m_rows) {
        if (isShown(own) && own.checkpoint == m_chosen && !m_chosen.empty())
            view()->grid()->chooseRow(row);
        row += isShown(own);
    }
}

QString ModelsComparison::invitation() const
{
    if (answer().isBusy() && document().pictures().index(document().currentPicture()).isValid())
        return tr("The picture is on its way to the models.");
    QStringList held;
    for (const std::filesystem::path& checkpoint : models())
        held += toQString(checkpoint.filename());
    return held.isEmpty() ? tr("Open a model and a picture, and add other models, to see what each looks at.")
                          : tr("Open a picture to see what the models look at: the open one, %1.")
                                .arg(held.join(QStringLiteral(", ")));
}

QString ModelsComparison::titleOf(const Row& row) const
{
    std::vector<std::filesystem::path> checkpoints;
    std::size_t place = 0;
    for (const Row& each : m_rows) {
        if (!isShown(each))
            continue;
        if (&each == &row)
            place = checkpoints.size();
        checkpoints.push_back(each.checkpoint.empty() ? document().model()->path : each.checkpoint);
    }
    return modelTitles(checkpoints).value(static_cast<qsizetype>(place));
}

MatrixRow ModelsComparison::rowOf(const Row& row) const
{
    const QString title = titleOf(row);
    const int species = trueClass();
    const QString trueName = species < 0 ? QString() : document().classNames().label(species);
    if (!row.answer)
        return rowWithoutAnswer(title, trueName, row.failure ? summary(*row.failure) : tr("on its way …"));
    const ModelAnswer& said = *row.answer;
    ModelOfMatrix model{title,
                        {shortHash(said.model.sha256)},
                        explanationOf(said, document()),
                        said.classIndex.has_value(),
                        row.told->species >= 0 && row.told->species == row.told->classIndex,
                        said.predicted,
                        classNameOf(said, said.predicted, document()),
                        trueName,
                        said.maps,
                        said.words};
    model.probability = said.probability;
    if (!row.checkpoint.empty() && said.model.classNames.empty())
        model.details += tr("classes by their index");
    model.explanation.pictureName = row.told->pictureName;
    model.explanation.stale = answer().isStale() || row.told != question();
    return modelRow(model, m_count->currentData().toInt());
}

MapMatrix ModelsComparison::matrixOf() const
{
    std::vector<MatrixRow> rows;
    for (const Row& row : m_rows)
        if (isShown(row))
            rows.push_back(rowOf(row));
    const auto count = static_cast<int>(
        std::ranges::count_if(m_rows, [this](const Row& row) { return isShown(row) && !row.failure; }));
    MapMatrix matrix =
        modelMatrix(tr("%1 in %2, as %n model(s) see it", nullptr, count)
                        .arg(document().classNames().label(wantedClass()), answer().explanationOfHeads().pictureName),
                    std::move(rows));
    if (m_class->currentData().toInt() == static_cast<int>(WhichClass::OfFolder) && trueClass() < 0)
        matrix.notes += tr("The picture's folder is named after no class: the shown class stands in.");
    return matrix;
}

} // namespace ocellus
