// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/consistency_view.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>
#include <span>

#include <QComboBox>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "core/analysis/consistency.h"
#include "ui/compare/exemplars.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/left_out.h"
#include "ui/figures/map_names.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

namespace {

enum Source { ByFolder, ByPrediction, AllOpen };

constexpr std::size_t fewest = 2; ///< pictures that can be compared

/// Of every head and of their mean, in the order of the columns.
std::vector<Consistency> consistencies(const std::vector<ExplainedPicture>& pictures, std::size_t layer)
{
    std::vector<std::span<const float>> attended;
    int heads = 0;
    for (const ExplainedPicture& picture : pictures)
        if (picture.decoding) {
            attended.emplace_back(picture.attended.at(layer));
            heads = picture.decoding->extent().heads;
        }
    return consistencyOfHeads(attended, heads);
}

} // namespace

ConsistencyView::ConsistencyView(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_run(answer.controller()),
      m_source(new QComboBox(this)),
      m_most(new QSpinBox(this)),
      m_order(new QComboBox(this)),
      m_start(new QPushButton(this)),
      m_cancel(new QPushButton(tr("Ca&ncel"), this)),
      m_progress(new QProgressBar(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeBar());
    layout->addWidget(view(), 1);

    connect(m_start, &QPushButton::clicked, this, &ConsistencyView::start);
    connect(m_cancel, &QPushButton::clicked, &m_run, &BatchRun::cancel);
    connect(m_order, &QComboBox::currentIndexChanged, this, &ConsistencyView::refreshLater);
    connect(m_source, &QComboBox::activated, this, [this] {
        m_sourceIsChosen = true;
        start();
    });
    connect(&m_run, &BatchRun::progressed, this, &ConsistencyView::refreshLater);
    connect(&m_run, &BatchRun::failed, this, [this] { ++m_failures; });
    connect(&m_run, &BatchRun::finished, this, &ConsistencyView::refreshLater);
    connect(&m_run, &BatchRun::cancelled, this, &ConsistencyView::refreshLater);
    // Another model, or other settings: what is shown was computed with those before.
    connect(&answer.controller(), &EngineController::backgroundCleared, this, &ConsistencyView::clear);
    connect(&document, &Document::headChanged, this, &ConsistencyView::refreshLater);
    connect(&document.pictures(), &QAbstractItemModel::rowsInserted, this, &ConsistencyView::refreshLater);
    connect(&document, &Document::pictureFileChanged, this, &ConsistencyView::clear);
    // All are compared with all, so that one of another time is of no use. One on its way was perhaps read before, and
    // one that failed while it was being written.
    connect(&m_watch, &FilesWatch::changed, this, [this] {
        if (m_run.isRunning() || m_failures > 0 || std::ranges::any_of(m_pictures, isOutdated))
            clear();
        else
            m_watch.watch(m_listed); // one that was moved there is another file
    });
    connect(view()->grid(), &MatrixGrid::cellChosen, this,
            [this](int, int column) { this->document().setHead(column); });
}

QWidget* ConsistencyView::makeBar()
{
    m_source->addItem(tr("Pictures in its folder"), ByFolder);
    m_source->addItem(tr("Pictures taken for it"), ByPrediction);
    m_source->addItem(tr("All open pictures"), AllOpen);
    m_source->setAccessibleName(tr("Pictures to compare"));
    m_most->setRange(2, 60);
    m_most->setValue(8);
    m_most->setPrefix(tr("at most "));
    m_most->setAccessibleName(tr("Number of pictures at most"));
    m_order->addItem(tr("As listed"), AsListed);
    m_order->addItem(tr("Outliers first"), OutliersFirst);
    m_order->setAccessibleName(tr("Order of the pictures"));
    m_order->setToolTip(tr("An outlier is a picture in which the chosen map finds something else than in the others"));
    m_progress->setAccessibleName(tr("Pictures explained"));

    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    for (QWidget* widget : std::initializer_list<QWidget*>{m_source, m_most, m_start, m_progress, m_cancel})
        layout->addWidget(widget);
    layout->addStretch(1);
    layout->addWidget(m_order);
    return bar;
}

void ConsistencyView::setOrder(Order order)
{
    m_order->setCurrentIndex(m_order->findData(order));
}

std::vector<int> ConsistencyView::candidates() const
{
    const PictureListModel& pictures = document().pictures();
    if (m_source->currentData().toInt() == ByFolder)
        return picturesOfClass(pictures, document().currentClass());
    std::vector<int> rows;
    for (int row = 0; row < pictures.rowCount(); ++row)
        if (m_source->currentData().toInt() == AllOpen ||
            pictures.index(row).data(PictureListModel::PredictedClassRole).toInt() == document().currentClass())
            rows.push_back(row);
    return rows;
}

void ConsistencyView::start()
{
    clear();
    m_class = document().currentClass();
    m_like = answer().explanationOfHeads();
    std::vector<int> rows = candidates();
    if (m_class < 0 || m_like.isEmpty() || rows.empty())
        return;
    rows.resize(std::min(rows.size(), static_cast<std::size_t>(m_most->value())));
    std::vector<EngineUnit> units;
    for (const int row : rows) {
        const std::filesystem::path path = document().pictures().path(row);
        m_listed.push_back(path);
        units.push_back(explainingUnit({requestFor(document(), path), m_class, true},
                                       [this](const ExplainedPicture& explained) { take(explained); }));
    }
    m_watch.watch(m_listed);
    m_run.start(std::move(units));
    refreshLater();
}

void ConsistencyView::clear()
{
    m_run.cancel();
    m_pictures.clear();
    m_listed.clear();
    m_class = -1;
    m_failures = 0;
    refreshLater();
}

void ConsistencyView::take(const ExplainedPicture& explained)
{
    const auto place = [this](const ExplainedPicture& of) { return std::ranges::find(m_listed, of.path); };
    const auto after = std::ranges::find_if(
        m_pictures, [&](const ExplainedPicture& other) { return place(other) > place(explained); });
    m_pictures.insert(after, explained);
}

void ConsistencyView::updateControls()
{
    const bool running = m_run.isRunning();
    const int count = std::min(static_cast<int>(candidates().size()), m_most->value());
    m_start->setText(m_class >= 0 && m_class == document().currentClass() ? tr("Compare &again") : tr("Com&pare"));
    m_start->setToolTip(tr("The pictures of %1").arg(document().classNames().label(document().currentClass())));
    m_start->setEnabled(!answer().explanationOfHeads().isEmpty() && count > 0);
    m_start->setVisible(!running);
    m_progress->setVisible(running);
    m_progress->setMaximum(m_run.total());
    m_progress->setValue(m_run.done());
    m_cancel->setVisible(running);
}

QString ConsistencyView::invitation() const
{
    if (answer().explanationOfHeads().isEmpty())
        return tr("Open a model and pictures to see whether the maps of a class find the same in all of them.");
    const QString label = document().classNames().label(document().currentClass());
    if (m_run.isRunning())
        return tr("The first picture is being explained.");
    if (candidates().empty())
        return tr("None of the open pictures lies in a folder named after %1, or was taken for it. Open a folder with "
                  "pictures of the class, or compare all open pictures.")
            .arg(label);
    return tr("Compare what the %1 of %2 take from its pictures.").arg(MapNames::many(mapKindOf(document())), label);
}

/// What there is to compare is compared without being asked for, once a class.
void ConsistencyView::startByItself()
{
    const int shown = document().currentClass();
    if (shown < 0 || shown == m_class || answer().isBusy() || answer().isStale() ||
        answer().explanationOfHeads().isEmpty())
        return;
    for (const Source source : {ByFolder, ByPrediction, AllOpen}) {
        if (m_sourceIsChosen)
            break;
        m_source->setCurrentIndex(m_source->findData(source));
        if (candidates().size() >= fewest)
            break;
    }
    if (!candidates().empty())
        start();
}

void ConsistencyView::refresh()
{
    startByItself();
    updateControls();
    std::vector<ExplainedPicture> shown;
    std::ranges::copy_if(m_pictures, std::back_inserter(shown),
                         [](const ExplainedPicture& picture) { return picture.decoding != nullptr; });
    // What heads take for a zero vector says nothing of the class.
    const Explanation first =
        shown.empty() ? answer().explanationOfHeads() : explanationOf(shown.front(), document(), m_like);
    if (!first.isEmpty() && isLeftOutByLimit(first)) {
        const int left = shown.empty() ? document().currentClass() : m_class;
        view()->showInvitation(tr("%1 is %2. Choose a class that takes part, or lift the limit.")
                                   .arg(document().classNames().label(left), leftOutText(first)));
        return;
    }
    if (shown.empty()) {
        view()->showInvitation(invitation());
        return;
    }
    const int layers = shown.front().decoding->extent().layers;
    const auto layer = static_cast<std::size_t>(std::clamp(document().display().layer, 0, layers - 1));
    const std::vector<Consistency> columns = consistencies(shown, layer);
    const auto chosen = std::min(static_cast<std::size_t>(document().head()), columns.size() - 1);

    std::vector<MatrixRow> rows;
    for (const std::size_t i : shownOrder(columns[chosen].outlyingness))
        rows.push_back(rowOf(shown[i], columns[chosen].outlyingness[i]));
    MapMatrix matrix = matrixOfHeads(
        tr("%1, pictures: %2").arg(document().classNames().label(m_class)).arg(shown.size()), std::move(rows));
    QStringList scores;
    for (std::size_t column = 0; column < columns.size(); ++column)
        scores += QStringLiteral("%1 %2").arg(matrix.columns[static_cast<qsizetype>(column)],
                                              FigureText::number(columns[column].score));
    matrix.notes += tr("Same: %1.").arg(scores.join(QStringLiteral(", ")));
    matrix.notes += tr("\"Same\" is the mean cosine of what a %1 takes from each two pictures: 1 where it is the "
                       "same in all. An odd one's is lower: "
                       "its distance from the others is 1 less its mean cosine to them.")
                        .arg(MapNames::one(mapKindOf(document())));
    if (const QString other = otherSource(); !other.isEmpty())
        matrix.notes.prepend(
            tr("%1. What is compared here is what the model's own %2 take from pictures; other maps take "
               "nothing.")
                .arg(other, MapNames::many(mapKindOf(document()))));
    if (const int missing = m_failures + static_cast<int>(m_pictures.size() - shown.size()); missing > 0)
        matrix.notes += tr("Pictures that could not be explained: %1").arg(missing);
    view()->setMatrix(matrix);
}

std::vector<std::size_t> ConsistencyView::shownOrder(const std::vector<double>& outlyingness) const
{
    std::vector<std::size_t> order(outlyingness.size());
    std::iota(order.begin(), order.end(), 0);
    if (m_order->currentData().toInt() == OutliersFirst)
        std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return outlyingness[i]; });
    return order;
}

MatrixRow ConsistencyView::rowOf(const ExplainedPicture& explained, double outlyingness) const
{
    const Explanation shown = explanationOf(explained, document(), m_like);
    MatrixRow row = headRow(shown, shown.pictureName);
    const PictureListModel& pictures = document().pictures();
    const int listed = pictures.rowOf(explained.path);
    const int truth = pictures.index(listed).data(PictureListModel::TrueClassRole).toInt();
    const QString predicted = document().classNames().label(explained.predicted);
    // A picture outside the class's folder that is taken for another class need not be wrong.
    row.flagged = listed >= 0 && truth >= 0 && truth != explained.predicted;
    if (row.flagged)
        row.details.prepend(tr("misclassified: %1").arg(predicted));
    else if (explained.predicted != m_class)
        row.details.prepend(tr("taken for %1").arg(predicted));
    row.details += tr("distance from the others %1").arg(FigureText::number(outlyingness));
    return row;
}

} // namespace ocellus
