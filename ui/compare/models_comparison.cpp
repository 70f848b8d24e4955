// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/models_comparison.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/compare/source_cells.h"
#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/open_model_request.h"
#include "ui/engine/engine_worker.h"
#include "ui/engine/paths.h"
#include "ui/figures/figure_text.h"
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
      m_remove(new QPushButton(tr("Remo&ve"), this)),
      m_state(plainLabel(this)),
      m_run(answer.controller()),
      m_closing(answer.controller())
{
    arrange();
    connect(m_add, &QPushButton::clicked, this, &ModelsComparison::modelsWanted);
    connect(m_remove, &QPushButton::clicked, this, [this] { removeModel(std::exchange(m_chosen, {})); });
    for (const QComboBox* choice : {m_class, m_count})
        connect(choice, &QComboBox::currentIndexChanged, this, &ModelsComparison::refreshLater);
    for (const auto ended : {&BatchRun::finished, &BatchRun::cancelled})
        connect(&m_run, ended, this, &ModelsComparison::refreshLater);
    connect(&m_run, &BatchRun::progressed, this, &ModelsComparison::refreshLater);
    connect(&document, &Document::modelChanged, this, [this] {
        for (Row& row : m_rows)
            row = {row.checkpoint, {}, -1, {}, {}}; // they were asked for a class of the one before
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
    m_count->setToolTip(tr("In the order in which the model ranks them: heads by their peak score, prototypes by what "
                           "they give to the class"));
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
    for (const std::filesystem::path& checkpoint : checkpoints) {
        if (find(checkpoint))
            continue;
        if (m_rows.size() > EngineWorker::MostOthers) {
            emit failed(
                {Step::Model, ErrorCode::TooLarge, toQString(checkpoint.filename()),
                 tr("expected at most %1 models beside the open one").arg(static_cast<int>(EngineWorker::MostOthers)),
                 tr("Remove one first")});
            break;
        }
        m_rows.push_back({checkpoint, {}, -1, {}, {}});
    }
    refreshLater();
}

void ModelsComparison::removeModel(const std::filesystem::path& checkpoint)
{
    if (std::erase_if(m_rows, [&](const Row& row) { return row.checkpoint == checkpoint; }) == 0)
        return;
    m_run.cancel(); // which may be asking it; the others are asked again
    for (Row& row : m_rows)
        if (!row.isAnswered())
            row.view.reset();
    m_closing.start({[checkpoint](EngineWorker& worker, const Progress&) -> std::function<void()> {
        worker.closeOther(checkpoint);
        return [] {};
    }});
    updateControls();
    refreshLater();
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

int ModelsComparison::wantedClass() const
{
    const QModelIndex picture = document().pictures().index(document().currentPicture());
    const int species = picture.data(PictureListModel::TrueClassRole).toInt();
    return m_class->currentData().toInt() == static_cast<int>(WhichClass::OfFolder) && picture.isValid() && species >= 0
               ? species
               : document().currentClass();
}

/// All that were asked for something else, in one batch; what is on its way for the same is left alone.
void ModelsComparison::ask()
{
    const ViewKey view = answer().result().key;
    const int classIndex = wantedClass();
    const bool isNew =
        std::ranges::any_of(m_rows, [&](const Row& row) { return isShown(row) && !row.isAsked(view, classIndex); });
    if (!isNew)
        return;
    std::vector<EngineUnit> units;
    for (Row& row : m_rows) {
        if (!isShown(row) || (row.isAsked(view, classIndex) && row.isAnswered()))
            continue;
        row.view = view;
        row.classIndex = classIndex;
        row.failure.reset();
        ModelQuestion question{openModelRequest(document()), row.checkpoint, classIndex,
                               document().classNames().table()};
        const auto deliver = [this, checkpoint = row.checkpoint](const ModelAnswer& said) {
            if (Row* own = find(checkpoint))
                own->answer = said;
        };
        const auto refuse = [this, checkpoint = row.checkpoint](const Failure& failure) {
            if (Row* own = find(checkpoint)) {
                own->answer.reset();
                own->failure = failure;
            }
        };
        units.push_back(answeringUnit(std::move(question), deliver, refuse));
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
        view()->showInvitation(shown.whyEmpty.isEmpty()
                                   ? tr("Open a model and a picture, and add other models, to see what each looks at.")
                                   : shown.whyEmpty);
        return;
    }
    if (!answer().isStale() && !answer().result().isDraft)
        ask();
    updateControls();
    view()->setMatrix(matrixOf());
}

std::vector<MatrixCell> ModelsComparison::cellsOf(const ModelAnswer& said) const
{
    Explanation shown = explanationOf(said, document());
    shown.pictureName = answer().explanationOfHeads().pictureName;
    shown.stale = answer().isStale() || answer().result().key.picture != said.key.picture ||
                  answer().result().key.edits != said.key.edits;
    std::vector<MatrixCell> cells;
    if (!said.classIndex || !said.words.isEmpty()) {
        const QString words = said.words.isEmpty() ? tr("This model has no such class") : said.words;
        cells.push_back({std::make_shared<const Explanation>(std::move(shown)), {}, words});
        return cells;
    }
    if (!said.maps.empty())
        cells = sourceCells(std::move(shown), {"gradcam", tr("Grad-CAM"), {}, *said.classIndex, said.maps, {}}, false,
                            nullptr);
    else if (said.decoding->hasClass(*said.classIndex)) {
        cells = headRow(shown, {}).cells;
        const std::vector<int> ranking = said.decoding->rankHeads(shown.layer, *said.classIndex);
        std::erase_if(cells, [&](const MatrixCell& cell) {
            return cell.tile && std::ranges::find(ranking, cell.tile->head) == ranking.end();
        });
        std::ranges::stable_sort(cells, {}, [&](const MatrixCell& cell) {
            return cell.tile ? std::ranges::find(ranking, cell.tile->head) - ranking.begin() : 0;
        });
    }
    if (const int most = m_count->currentData().toInt(); most != AllMaps)
        cells.resize(std::min(cells.size(), static_cast<std::size_t>(most)));
    return cells;
}

MatrixRow ModelsComparison::rowOf(const Row& row) const
{
    const std::filesystem::path& checkpoint = row.checkpoint.empty() ? document().model()->path : row.checkpoint;
    MatrixRow shown;
    shown.title = toQString(checkpoint.filename());
    if (row.failure)
        shown.details += summary(*row.failure);
    else if (!row.answer)
        shown.details += tr("on its way …");
    if (!row.answer)
        return shown;
    const ModelAnswer& said = *row.answer;
    const ModelDescription& model = said.model;
    shown.details += shortHash(model.sha256);
    const Explanation explanation = explanationOf(said, document());
    if (said.classIndex)
        shown.details += tr("%1: %2").arg(explanation.className, FigureText::prediction(explanation));
    shown.flagged = said.classIndex && said.predicted != *said.classIndex;
    if (said.predicted != said.classIndex.value_or(-1) && said.decoding->hasLogits())
        shown.details += tr("takes it for %1").arg(classNameOf(said, said.predicted, document()));
    if (!row.checkpoint.empty() && model.classNames.empty())
        shown.details += tr("classes by their index");
    shown.cells = cellsOf(said);
    return shown;
}

MapMatrix ModelsComparison::matrixOf() const
{
    MapMatrix matrix;
    matrix.scalePerRow = true;
    matrix.title = tr("%1 in %2, as %n model(s) see it", nullptr,
                      static_cast<int>(std::ranges::count_if(m_rows, [this](const Row& row) { return isShown(row); })))
                       .arg(document().classNames().label(wantedClass()), answer().explanationOfHeads().pictureName);
    matrix.notes +=
        tr("Each model has a scale of its own, over its row: what maps of different kinds measure cannot be "
           "compared.");
    if (m_class->currentData().toInt() == static_cast<int>(WhichClass::OfFolder) &&
        wantedClass() == document().currentClass() &&
        document().pictures().index(document().currentPicture()).data(PictureListModel::TrueClassRole).toInt() < 0)
        matrix.notes += tr("The picture's folder is named after no class: the shown class stands in.");
    std::size_t columns = 0;
    for (const Row& row : m_rows)
        if (isShown(row)) {
            matrix.rows.push_back(rowOf(row));
            columns = std::max(columns, matrix.rows.back().cells.size());
        }
    for (std::size_t column = 0; column < columns; ++column)
        matrix.columns += tr("Map %1").arg(column + 1);
    for (MatrixRow& row : matrix.rows)
        row.cells.resize(columns);
    shareScales(matrix);
    return matrix;
}

} // namespace ocellus
