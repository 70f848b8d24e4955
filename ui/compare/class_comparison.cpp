// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/class_comparison.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/compare/class_chooser.h"
#include "ui/compare/exemplars.h"
#include "ui/compare/source_cells.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"
#include "ui/document/shown_source.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_names.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

namespace {

constexpr int Exemplars = 3;

} // namespace

ClassComparison::ClassComparison(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_chooser(new ClassChooser(document, answer, this)),
      m_contrast(new QCheckBox(tr("&Differences"), this)),
      m_maps(answer.controller()),
      m_run(new QPushButton(this)),
      m_stop(new QPushButton(tr("Stop"), this))
{
    m_contrast->setToolTip(tr("Rows of the first class's maps less those of each other class"));
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_chooser, 1);
    bar->addWidget(m_contrast);
    bar->addWidget(m_run);
    bar->addWidget(m_stop);
    m_run->setObjectName(QStringLiteral("runSource"));
    showRun(nullptr);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addWidget(view(), 1);

    connect(m_chooser, &ClassChooser::classesChanged, this, [this] {
        m_slowFor.reset(); // hundreds of passes for the classes of now, and no others
        refreshLater();
    });
    connect(m_run, &QPushButton::clicked, this, [this] {
        m_slowFor = this->answer().result().key;
        m_maps.forgetFailures();
        refreshLater();
    });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_slowFor.reset();
        m_maps.stop();
    });
    connect(&m_maps, &MethodMaps::changed, this, &ClassComparison::refreshLater);
    connect(m_chooser, &ClassChooser::failed, this, &ClassComparison::failed);
    connect(m_chooser, &ClassChooser::evaluationWanted, this, &ClassComparison::evaluationWanted);
    connect(m_contrast, &QCheckBox::toggled, this, &ClassComparison::refreshLater);
    connect(view()->grid(), &MatrixGrid::cellChosen, this, &ClassComparison::takeCell);
    connect(view()->grid(), &MatrixGrid::rowChosen, this, &ClassComparison::takeRow);
    // Thumbnails come when they are there.
    connect(&document.pictures(), &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
                if (roles.isEmpty() || roles.contains(Qt::DecorationRole))
                    refreshLater();
            });
}

const QList<int>& ClassComparison::classes() const
{
    return m_chooser->classes();
}

void ClassComparison::setClasses(const QList<int>& classes)
{
    m_chooser->setClasses(classes);
}

void ClassComparison::loadEvaluation(const std::filesystem::path& path)
{
    m_chooser->loadEvaluation(path);
}

void ClassComparison::refresh()
{
    const Explanation shown = answer().explanationOfHeads();
    const std::optional<SourceText> source = this->source();
    if (shown.isEmpty() || !source) {
        stopMaps();
        showRun(nullptr);
    }
    if (shown.isEmpty()) {
        view()->showInvitation(shown.whyEmpty.isEmpty()
                                   ? tr("Open a model and a picture to compare what different classes look at.")
                                   : shown.whyEmpty);
        return;
    }
    if (source) {
        refreshSource(shown, *source);
        return;
    }
    if (shown.subject == MapSubject::Picture) {
        view()->showInvitation(
            shown.mapKind != MapKind::Head ? tr("What this model looks for is the same for every class, so classes "
                                                "have nothing to compare. Models "
                                                "sets it beside other models.")
            : shown.decoding->hasLogits()
                ? tr("This model's maps are where [CLS] looks: the same for every class, so classes "
                     "have nothing to compare.")
                : tr("This model has no classes to compare. Layers sets its blocks beside each other, Similar "
                     "patches the parts of a picture."));
        return;
    }
    m_chooser->fillUp();
    const std::vector<ClassOfMatrix> rows = this->rows();
    if (rows.size() < ClassChooser::Least) {
        view()->showInvitation(tr("Add at least two classes to compare what they look at."));
        return;
    }
    view()->setMatrix(classMatrix(shown, rows, m_contrast->isChecked()));
}

std::vector<ClassOfMatrix> ClassComparison::rows() const
{
    std::vector<ClassOfMatrix> rows;
    for (const int classIndex : classes())
        rows.push_back({classIndex, document().classNames().label(classIndex),
                        document().headNotes().ofClass(classIndex),
                        exemplars(document().pictures(), classIndex, Exemplars, document().currentPicture())});
    return rows;
}

std::optional<SourceText> ClassComparison::source() const
{
    const auto& model = document().model();
    return model ? sourceOf(m_table, document().display().source, *model) : std::nullopt;
}

QString ClassComparison::nameOf(const ExplanationSource& source) const
{
    const SourceTraits traits = source.traits();
    return MapNames::source(traits.id, traits.name, mapKindOf(document()));
}

/// Nobody has stopped them: where they are wanted again they are asked for.
void ClassComparison::stopMaps()
{
    if (!m_maps.isRunning())
        return;
    m_maps.stop();
    m_maps.forgetFailures();
}

/// What costs little by itself, what asks the model hundreds of times by the button.
void ClassComparison::refreshSource(const Explanation& shown, const SourceText& source)
{
    const ExplanationSource& maker = m_table.source(source.source);
    if (const std::string why = maker.unfit(*document().model()); !why.empty()) {
        view()->showInvitation(
            tr("This model has no map from %1: %2.").arg(nameOf(maker), QString::fromStdString(why)));
        stopMaps();
        showRun(nullptr);
        return;
    }
    if (shown.decoding->hasLogits())
        m_chooser->fillUp();
    if (classes().size() < ClassChooser::Least) {
        view()->showInvitation(tr("Add at least two classes to compare what they look at."));
        return;
    }
    const ViewKey& key = answer().result().key;
    const bool mayAsk = maker.traits().cost != SourceCost::Many || m_slowFor == key;
    const std::vector<SourceText> asked = mayAsk ? std::vector{source} : std::vector<SourceText>();
    if (!answer().isStale() && !answer().result().isDraft) // also for nothing: what was asked for before is stopped
        m_maps.want({document().request(), {}, key, asked, {classes().begin(), classes().end()}});
    view()->setMatrix(sourceMatrix(shown, source));
    showRun(&source);
}

MapMatrix ClassComparison::sourceMatrix(const Explanation& shown, const SourceText& source)
{
    const SourceTraits traits = m_table.source(source.source).traits();
    const QString name = nameOf(m_table.source(source.source));
    MapMatrix matrix;
    matrix.title = tr("%1 of classes in %2").arg(name, shown.pictureName);
    for (const ClassOfMatrix& of : rows()) {
        Explanation ofClass = shown;
        ofClass.classIndex = of.index;
        ofClass.className = of.label;
        MethodMaps::Known known = m_maps.known(source, answer().result().key, of.index);
        SourceView view{QString::fromStdString(traits.id),
                        name,
                        {},
                        of.index,
                        std::move(known.maps),
                        std::move(known.words),
                        known.isPartial,
                        toString(source)};
        MatrixRow& row = matrix.rows.emplace_back();
        row.title = of.label;
        row.details += FigureText::prediction(ofClass);
        row.exemplars = of.exemplars;
        row.cells = sourceCells(std::move(ofClass), std::move(view), traits.readsDecoding, &answer());
    }
    for (const MatrixCell& cell : matrix.rows.front().cells)
        matrix.columns += cell.tile->title;
    const bool areThere = std::ranges::all_of(matrix.rows, [](const MatrixRow& row) {
        return std::ranges::all_of(row.cells, [](const MatrixCell& cell) { return !cell.tile->values.empty(); });
    });
    if (m_contrast->isChecked() && areThere)
        for (int i = 1; i < classes().size(); ++i)
            matrix.rows.push_back(differenceRow(
                matrix.rows[0], matrix.rows[static_cast<std::size_t>(i)],
                tr("%1 less %2").arg(matrix.rows[0].title, matrix.rows[static_cast<std::size_t>(i)].title)));
    shareScales(matrix);
    return matrix;
}

/// Null: nothing can run.
void ClassComparison::showRun(const SourceText* source)
{
    const std::vector<int> wanted(classes().begin(), classes().end());
    const bool isMissing = source && !m_maps.isKnown(*source, answer().result().key, wanted);
    m_stop->setVisible(isMissing && m_maps.isRunning());
    m_run->setVisible(isMissing && !m_maps.isRunning());
    if (source)
        m_run->setText(tr("Run %1", "a source").arg(nameOf(m_table.source(source->source))));
}

void ClassComparison::takeCell(int row, int column)
{
    const MatrixCell& cell =
        view()->matrix().rows[static_cast<std::size_t>(row)].cells[static_cast<std::size_t>(column)];
    m_chooser->setRemovable(classOf(row));
    if (cell.tile)
        document().setHead(cell.tile->head);
}

void ClassComparison::takeRow(int row)
{
    m_chooser->setRemovable(classOf(row));
    if (classOf(row) >= 0)
        document().setCurrentClass(classOf(row));
}

int ClassComparison::classOf(int row) const
{
    return row < classes().size() ? classes()[row] : -1;
}

} // namespace ocellus
