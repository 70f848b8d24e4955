// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/methods_comparison.h"

#include <algorithm>
#include <cmath>

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/compare/class_chooser.h"
#include "ui/compare/exemplars.h"
#include "ui/compare/source_cells.h"
#include "ui/document/document.h"
#include "ui/document/key_text.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"
#include "ui/document/open_model_request.h"
#include "ui/engine/paths.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_names.h"
#include "ui/figures/number_text.h"
#include "ui/figures/source_view.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

namespace {

constexpr int Exemplars = 3;

QString fromText(const std::string& text)
{
    return QString::fromStdString(text);
}

/// "about 2 min".
QString durationText(double seconds)
{
    if (seconds < 90)
        return MethodsComparison::tr("at most about %1 s").arg(std::max(1L, std::lround(seconds)));
    return MethodsComparison::tr("at most about %1 min").arg(std::lround(seconds / 60));
}

/// "±0.31 logit", "up to 41×".
QString scaleText(const TileMap& tile)
{
    if (tile.unit.isEmpty())
        return MethodsComparison::tr("up to %1").arg(FigureText::timesUniform(static_cast<double>(tile.range.high)));
    constexpr int digits = 2;
    const QString end = generalText(static_cast<double>(tile.range.high), digits) + QLatin1Char(' ') + tile.unit;
    return tile.trough ? QStringLiteral("\u00b1") + end : MethodsComparison::tr("up to %1").arg(end);
}

} // namespace

MethodsComparison::MethodsComparison(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_own(answer.controller()),
      m_others(answer.controller()),
      m_second(answer.controller()),
      m_chooser(new ClassChooser(document, answer, this)),
      m_sources(new QToolButton(this)),
      m_menu(new QMenu(m_sources)),
      m_slow(new QPushButton(this)),
      m_stop(new QPushButton(tr("Stop"), this)),
      m_secondButton(new QPushButton(this)),
      m_state(new QLabel(this))
{
    arrange();
    connectParts();
    showState();
}

void MethodsComparison::arrange()
{
    m_sources->setText(tr("S&ources"));
    m_sources->setToolTip(tr("Which sources of maps stand beside each other"));
    m_sources->setMenu(m_menu);
    m_sources->setPopupMode(QToolButton::InstantPopup);
    m_sources->setFocusPolicy(Qt::StrongFocus);
    m_secondButton->setToolTip(
        tr("Another checkpoint, a judge or a baseline, whose maps stand beside those of the open model"));
    m_slow->setObjectName(QStringLiteral("runSlow"));
    m_stop->setObjectName(QStringLiteral("stop"));
    m_secondButton->setObjectName(QStringLiteral("secondModel"));
    m_state->setTextFormat(Qt::PlainText);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_chooser, 1);
    bar->addWidget(m_sources);
    bar->addWidget(m_secondButton);
    auto* runs = new QHBoxLayout;
    runs->addWidget(m_slow);
    runs->addWidget(m_stop);
    runs->addWidget(m_state, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addLayout(runs);
    layout->addWidget(view(), 1);
}

void MethodsComparison::connectParts()
{
    connect(m_chooser, &ClassChooser::classesChanged, this, [this] {
        m_slowFor.reset(); // hundreds of passes for the classes of now, and no others
        refreshLater();
    });
    connect(m_chooser, &ClassChooser::failed, this, &MethodsComparison::failed);
    connect(m_chooser, &ClassChooser::evaluationWanted, this, &MethodsComparison::evaluationWanted);
    connect(m_slow, &QPushButton::clicked, this, &MethodsComparison::runSlow);
    connect(m_stop, &QPushButton::clicked, this, &MethodsComparison::stop);
    connect(m_menu, &QMenu::aboutToShow, this, &MethodsComparison::fillMenu);
    connect(m_secondButton, &QPushButton::clicked, this, [this] {
        if (m_second.model() || m_second.isOnItsWay()) {
            m_others.stop(); // which would open it again
            m_second.close();
        } else {
            emit secondWanted();
        }
    });
    connect(&m_second, &SecondModel::changed, this, &MethodsComparison::refreshLater);
    connect(&m_second, &SecondModel::failed, this, &MethodsComparison::failed);
    for (const MethodMaps* maps : {&m_own, &m_others}) {
        connect(maps, &MethodMaps::changed, this, &MethodsComparison::refreshLater);
        connect(maps, &MethodMaps::progressed, this, &MethodsComparison::showState);
    }
    connect(&document(), &Document::modelChanged, this, &MethodsComparison::refreshLater);
    connect(view()->grid(), &MatrixGrid::rowChosen, this, [this](int row) {
        const int chosen = row < m_chooser->classes().size() ? m_chooser->classes()[row] : -1;
        m_chooser->setRemovable(chosen);
        if (chosen >= 0)
            document().setCurrentClass(chosen);
    });
    // Thumbnails come when they are there.
    connect(&document().pictures(), &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
                if (roles.isEmpty() || roles.contains(Qt::DecorationRole))
                    refreshLater();
            });
}

void MethodsComparison::openSecond(const std::filesystem::path& checkpoint)
{
    m_others.stop();
    m_second.open(checkpoint, openModelRequest(document()));
}

std::vector<MethodsComparison::Column> MethodsComparison::possible() const
{
    std::vector<Column> columns;
    const auto add = [&](const ModelDescription& model, bool ofSecond) {
        for (const auto& source : m_table.sources())
            // A column has one map a class: of the heads, the one that the paper ranks first.
            if (source->unfit(model).empty()) {
                SourceText text{source->traits().id, {}};
                if (text.source == "heads")
                    text.options["head"] = "best";
                columns.push_back({std::move(text), ofSecond});
            }
    };
    if (document().model())
        add(*document().model(), false);
    if (m_second.model())
        add(*m_second.model(), true);
    return columns;
}

std::vector<MethodsComparison::Column> MethodsComparison::shown() const
{
    std::vector<Column> columns = possible();
    std::erase_if(columns, [this](const Column& column) { return m_hidden.contains(column.id()); });
    return columns;
}

bool MethodsComparison::isSlow(const Column& column) const
{
    return m_table.source(column.source.source).traits().cost == SourceCost::Many;
}

void MethodsComparison::fillMenu()
{
    m_menu->clear();
    for (const Column& column : possible()) {
        QAction* action = m_menu->addAction(nameOf(column));
        action->setCheckable(true);
        action->setChecked(!m_hidden.contains(column.id()));
        connect(action, &QAction::toggled, this, [this, id = column.id()](bool on) {
            if (on)
                m_hidden.erase(id);
            else
                m_hidden.insert(id);
            refreshLater();
        });
    }
}

MethodMaps::Wish MethodsComparison::wishOf(bool ofSecond, bool withSlow) const
{
    MethodMaps::Wish wish{document().request(), {}, answer().result().key, {}, {}};
    for (const int classIndex : m_chooser->classes())
        if (!ofSecond)
            wish.classes.push_back(classIndex);
        else if (const auto other = m_second.classOf(classIndex, document().classNames().table()))
            wish.classes.push_back(*other);
    if (ofSecond && m_second.model()) {
        wish.other = m_second.model()->path;
        wish.view = wish.view.withoutLimit();
        wish.view.model = m_second.model()->sha256;
        wish.view.given = m_second.model()->given;
        wish.view.preprocess = wish.request.preprocessFor(*m_second.model());
    }
    for (const Column& column : shown())
        if (column.ofSecond == ofSecond && (withSlow || !isSlow(column)))
            wish.sources.push_back(column.source);
    return wish;
}

/// What costs little by itself, the rest where it was asked for and the view is still that.
void MethodsComparison::ask()
{
    const bool withSlow = m_slowFor && *m_slowFor == answer().result().key;
    m_own.want(wishOf(false, withSlow));
    const MethodMaps::Wish others = wishOf(true, withSlow);
    if (m_second.model() && !others.classes.empty())
        m_others.want(others);
    else
        m_others.stop();
}

void MethodsComparison::runSlow()
{
    m_slowFor = answer().result().key;
    m_own.forgetFailures();
    m_others.forgetFailures();
    refreshLater();
}

void MethodsComparison::stop()
{
    m_slowFor.reset();
    m_own.stop();
    m_others.stop();
}

void MethodsComparison::refresh()
{
    const Explanation shown = answer().explanationOfHeads();
    if (shown.isEmpty()) {
        m_own.stop();
        m_others.stop();
        view()->showInvitation(shown.whyEmpty.isEmpty()
                                   ? tr("Open a model and a picture to compare what different sources of maps say.")
                                   : shown.whyEmpty);
        showState();
        return;
    }
    m_chooser->fillUp();
    if (!answer().isStale() && !answer().result().isDraft)
        ask();
    view()->setMatrix(matrixOf(shown));
    showState();
}

/// What would come by the button: slow sources, and what was stopped or has failed.
std::vector<MethodsComparison::Column> MethodsComparison::missingSlow()
{
    std::vector<Column> missing;
    for (const bool ofSecond : {false, true}) {
        const MethodMaps::Wish wish = wishOf(ofSecond, true);
        for (const Column& column : shown())
            if (MethodMaps& maps = ofSecond ? m_others : m_own;
                column.ofSecond == ofSecond && !maps.isKnown(column.source, wish.view, wish.classes) &&
                (isSlow(column) || maps.hasFailed(column.source, wish.view, wish.classes)))
                missing.push_back(column);
    }
    return missing;
}

void MethodsComparison::showState()
{
    const bool isRunning = m_own.isRunning() || m_others.isRunning();
    const bool hasView = answer().result().decoding && document().model();
    const std::vector<Column> missing = hasView ? missingSlow() : std::vector<Column>();
    m_slow->setVisible(!missing.empty() && !(isRunning && m_slowFor));
    m_slow->setEnabled(!answer().isStale());
    m_slow->setText(slowText(missing));
    m_stop->setVisible(isRunning);
    const double fraction = m_own.isRunning() ? m_own.fraction() : m_others.fraction();
    m_state->setText(isRunning               ? tr("Working: %1 %").arg(std::lround(100 * fraction))
                     : m_second.isOnItsWay() ? tr("Opening the second model \u2026")
                                             : QString());
    const auto& second = m_second.model();
    m_secondButton->setText(second ? tr("Without %1").arg(toQString(second->path.filename()))
                                   : tr("Second model\u2026"));
    m_secondButton->setEnabled(hasView);
}

QString MethodsComparison::slowText(const std::vector<Column>& missing) const
{
    QStringList names;
    double seconds = 0;
    const Size size = answer().result().inputSize;
    for (const Column& column : missing) {
        names << nameOf(column);
        const double passes = m_table.source(column.source.source).passes(m_table.settings(column.source), size);
        seconds += passes * (column.ofSecond ? m_others : m_own).secondsAPass().value_or(0);
    }
    const QString run = tr("Run %1", "sources").arg(names.join(QStringLiteral(", ")));
    return seconds > 0 ? tr("%1 (%2)", "what, how long").arg(run, durationText(seconds)) : run;
}

QString MethodsComparison::nameOf(const Column& column) const
{
    const MapKind kind = column.ofSecond && m_second.model() ? m_second.model()->offer.mapKind : mapKindOf(document());
    const bool isBest = column.source.source == "heads";
    const SourceTraits traits = m_table.source(column.source.source).traits();
    const QString name =
        isBest ? tr("Best %1").arg(MapNames::one(kind)) : MapNames::source(traits.id, traits.name, kind);
    return column.ofSecond && m_second.model()
               ? tr("%1 by %2", "source, model").arg(name, toQString(m_second.model()->path.stem()))
               : name;
}

MatrixCell MethodsComparison::cellOf(const Explanation& shown, const Column& column, int classIndex)
{
    const MethodMaps::Wish wish = wishOf(column.ofSecond, true);
    const std::optional<int> own =
        column.ofSecond ? m_second.classOf(classIndex, document().classNames().table()) : classIndex;
    MethodMaps::Known known{{}, tr("The second model has no such class"), false};
    if (own)
        known = (column.ofSecond ? m_others : m_own).known(column.source, wish.view, *own);
    SourceView of{fromText(column.source.source),
                  nameOf(column),
                  {},
                  classIndex,
                  std::move(known.maps),
                  std::move(known.words),
                  known.isPartial,
                  toString(column.source)};
    Explanation explanation = shown;
    explanation.classIndex = classIndex;
    explanation.className = document().classNames().label(classIndex);
    if (column.ofSecond) {
        explanation.modelName = toQString(m_second.model()->path.filename());
        explanation.modelHash = shortHash(m_second.model()->sha256);
        explanation.isOfOtherModel = true;
        explanation.limit.clear();
        explanation.intervention.clear();
        if (m_second.isByIndex())
            explanation.notices += tr("classes of the second model by their index");
    }
    const bool readsDecoding = m_table.source(column.source.source).traits().readsDecoding;
    return sourceCells(std::move(explanation), std::move(of), readsDecoding, column.ofSecond ? nullptr : &answer())
        .front();
}

MapMatrix MethodsComparison::matrixOf(const Explanation& shown)
{
    MapMatrix matrix;
    matrix.scalePerColumn = true;
    matrix.title = tr("Sources of maps in %1").arg(shown.pictureName);
    matrix.notes += tr("Each source has a scale of its own; signed ones diverge about zero.");
    const std::vector<Column> columns = this->shown();
    for (const Column& column : columns)
        matrix.columns += nameOf(column);
    for (const int classIndex : m_chooser->classes()) {
        MatrixRow& row = matrix.rows.emplace_back();
        row.title = document().classNames().label(classIndex);
        Explanation ofClass = shown;
        ofClass.classIndex = classIndex;
        row.details += FigureText::prediction(ofClass);
        row.exemplars = exemplars(document().pictures(), classIndex, Exemplars, document().currentPicture());
        for (const Column& column : columns)
            row.cells.push_back(cellOf(shown, column, classIndex));
    }
    shareScales(matrix);
    const bool areNamesLong = m_second.model().has_value(); // by which model, which an elided name must not lose
    QStringList scales;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        QString& title = matrix.columns[static_cast<qsizetype>(column)];
        const auto known = std::ranges::find_if(
            matrix.rows, [column](const MatrixRow& row) { return !row.cells[column].tile->values.empty(); });
        if (known != matrix.rows.end()) {
            const QString withScale =
                tr("%1 (%2)", "source, its scale").arg(title, scaleText(*known->cells[column].tile));
            if (areNamesLong)
                scales += withScale;
            else
                title = withScale;
        }
        // Each says by itself what it is: a row of many may then be wrapped, so that its tiles fill the page.
        for (MatrixRow& row : matrix.rows)
            row.cells[column].tile->title = title;
    }
    if (!scales.isEmpty())
        matrix.notes += tr("Scales: %1.").arg(scales.join(QStringLiteral(", ")));
    return matrix;
}

} // namespace ocellus
