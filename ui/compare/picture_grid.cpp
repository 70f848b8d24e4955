// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/picture_grid.h"

#include <algorithm>

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"
#include "ui/document/open_model_request.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/map_names.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/room_sharing.h"

namespace ocellus {

namespace {

enum Classes { ShownClass, PredictedClass };

} // namespace

PictureGrid::PictureGrid(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_run(answer.controller()),
      m_counts(new QComboBox(this)),
      m_classes(new QComboBox(this)),
      m_together(new QCheckBox(tr("Move to&gether"), this)),
      m_fit(new QToolButton(this)),
      m_previous(new QToolButton(this)),
      m_next(new QToolButton(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(makeBar());
    layout->addWidget(view(), 1);

    connect(m_counts, &QComboBox::activated, this, [this] { setPictureCount(m_counts->currentData().toInt()); });
    connect(m_classes, &QComboBox::currentIndexChanged, this, &PictureGrid::refreshLater);
    connect(m_together, &QCheckBox::toggled, this,
            [this](bool together) { view()->grid()->views().setCoupled(together); });
    connect(m_fit, &QToolButton::clicked, this, [this] { view()->grid()->views().fit(); });
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-m_count); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(m_count); });
    connect(&m_run, &BatchRun::progressed, this, &PictureGrid::refreshLater);
    connect(&m_run, &BatchRun::finished, this, &PictureGrid::refreshLater);
    // Another model, or other settings: what is kept was computed with those before.
    connect(&answer.controller(), &EngineController::backgroundCleared, this, &PictureGrid::forget);
    connect(&document, &Document::headChanged, this, &PictureGrid::refreshLater);
    connect(&document, &Document::currentPictureChanged, this, [this](int row) {
        const std::vector<int> rows = shownRows();
        if (row >= 0 && std::ranges::find(rows, row) == rows.end()) {
            m_first = row;
            m_chosen.clear();
        }
        refreshLater();
    });
    connect(&document.pictures(), &QAbstractItemModel::rowsInserted, this, &PictureGrid::refreshLater);
    connect(&document, &Document::pictureFileChanged, this, [this](int row) {
        m_explained.erase(this->document().pictures().path(row));
        m_asked.erase(this->document().pictures().path(row));
        refreshLater();
    });
    connect(&document.pictures(), &QAbstractItemModel::rowsRemoved, this, &PictureGrid::refreshLater);
    connect(&m_watch, &FilesWatch::changed, this, [this] {
        m_asked.clear();
        refreshLater();
    });
    connect(view()->grid(), &MatrixGrid::arranged, this, [this] {
        const std::size_t pictures = shownRows().size();
        if (pictures > 0 && shapeFor(static_cast<int>(pictures)) != m_size)
            refreshLater();
    });
    connect(view()->grid(), &MatrixGrid::cellChosen, this, [this](int row, int column) {
        const std::vector<int> rows = shownRows();
        const auto place = static_cast<std::size_t>(row * m_size.width() + column);
        if (place < rows.size())
            this->document().setCurrentPicture(rows[place]);
    });
}

QWidget* PictureGrid::makeBar()
{
    for (const int count : {1, 2, 3, 4, 6, 8, 12, MostPictures})
        m_counts->addItem(tr("%n picture(s)", nullptr, count), count);
    m_counts->setCurrentIndex(m_counts->findData(m_count));
    m_counts->setAccessibleName(tr("Number of pictures"));
    m_classes->addItem(tr("The shown class"), ShownClass);
    m_classes->addItem(tr("Each picture's prediction"), PredictedClass);
    m_classes->setAccessibleName(tr("Class whose maps are shown"));
    m_together->setChecked(true);
    m_together->setToolTip(tr("Off: zooming and moving is of one picture alone; on again, it keeps its offset"));
    m_fit->setText(tr("F&it all"));
    m_fit->setToolTip(tr("Every picture as a whole, without offsets"));
    m_previous->setArrowType(Qt::LeftArrow);
    m_previous->setToolTip(tr("The pictures before these"));
    m_previous->setAccessibleName(tr("Previous pictures"));
    m_next->setArrowType(Qt::RightArrow);
    m_next->setToolTip(tr("The pictures after these"));
    m_next->setAccessibleName(tr("Next pictures"));

    auto* bar = new QWidget(this);
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    for (QWidget* widget : std::initializer_list<QWidget*>{m_previous, m_next, m_counts, m_classes})
        layout->addWidget(widget);
    layout->addStretch(1);
    layout->addWidget(m_together);
    layout->addWidget(m_fit);
    return bar;
}

void PictureGrid::setPictureCount(int count)
{
    count = std::clamp(count, 1, MostPictures);
    if (count == m_count)
        return;
    m_count = count;
    m_counts->setCurrentIndex(m_counts->findData(m_count));
    refreshLater();
}

QSize PictureGrid::shapeFor(int pictures) const
{
    const MatrixGrid& grid = *view()->grid();
    // A caption of ours, the tile's own, and its frame.
    const double strips = 3 * grid.fontMetrics().height();
    const Explanation* like = view()->matrix().firstExplanation(false);
    const QSizeF picture = like ? QSizeF(like->picture.size()) : QSizeF(4, 3);
    const QSize room = grid.viewport()->size();
    constexpr int gap = MatrixArrangement::Gap;
    const int columns = grid.fits() ? fitTiles(room, pictures, picture, {0, strips}, gap).columns
                                    : std::clamp((room.width() + gap) / (grid.tileWidth() + gap), 1, pictures);
    return {columns, (pictures + columns - 1) / columns};
}

void PictureGrid::step(int pictures)
{
    const int last = std::max(0, document().pictures().rowCount() - 1);
    const int first = std::clamp(m_first + pictures, 0, last);
    if (first == m_first && m_chosen.empty())
        return;
    m_first = first;
    m_chosen.clear();
    refreshLater();
}

void PictureGrid::choose(const std::vector<std::filesystem::path>& pictures)
{
    m_chosen = pictures;
    m_chosen.resize(std::min<std::size_t>(pictures.size(), MostPictures));
    refreshLater();
}

std::vector<int> PictureGrid::shownRows() const
{
    std::vector<int> rows;
    for (const std::filesystem::path& path : m_chosen)
        if (const int row = document().pictures().rowOf(path); row >= 0)
            rows.push_back(row);
    if (!rows.empty())
        return rows;
    const int end = std::min(document().pictures().rowCount(), m_first + m_count);
    for (int row = std::max(m_first, 0); row < end; ++row)
        rows.push_back(row);
    return rows;
}

PictureGrid::Basis PictureGrid::basis() const
{
    return {openModelRequest(document()).set,
            m_classes->currentData().toInt() == ShownClass ? document().currentClass() : -1};
}

bool PictureGrid::isUpToDate(const std::filesystem::path& path) const
{
    const auto found = m_explained.find(path);
    return found != m_explained.end() && !isOutdated(found->second) &&
           found->second.edits == document().editor().historyOf(path).state().edits;
}

void PictureGrid::forget()
{
    m_explained.clear();
    m_asked.clear();
    refreshLater();
}

void PictureGrid::explainMissing(const std::vector<int>& rows)
{
    std::map<std::filesystem::path, EditList> missing;
    std::vector<EngineUnit> units;
    bool anew = false;
    for (const int row : rows) {
        const std::filesystem::path path = document().pictures().path(row);
        if (isUpToDate(path))
            continue;
        WantedPicture wanted{requestFor(document(), path), {}, false};
        if (m_basis.classIndex >= 0)
            wanted.classIndex = m_basis.classIndex;
        const auto asked = m_asked.find(path);
        anew = anew || asked == m_asked.end() || asked->second != wanted.request.edits;
        missing.emplace(path, wanted.request.edits);
        units.push_back(explainingUnit(std::move(wanted), [this](const ExplainedPicture& explained) {
            m_explained.insert_or_assign(explained.path, explained);
        }));
    }
    if (!anew)
        return;
    m_run.start(std::move(units));
    m_asked = std::move(missing);
}

MatrixCell PictureGrid::cellOf(int row) const
{
    const QModelIndex index = document().pictures().index(row);
    MatrixCell cell;
    cell.caption = index.data(Qt::DisplayRole).toString();
    const auto found = m_explained.find(document().pictures().path(row));
    if (found == m_explained.end()) {
        const QString error = index.data(PictureListModel::ErrorRole).toString();
        const QString state = m_run.isRunning() ? tr("is being explained") : tr("could not be explained");
        cell.caption += '\n' + (error.isEmpty() ? state : error);
        return cell;
    }
    Explanation shown = explanationOf(found->second, document(), answer().explanationOfHeads());
    shown.stale = !isUpToDate(found->first);
    const MatrixRow heads = headRow(shown, {});
    if (heads.cells.empty()) {
        cell.caption += '\n' + tr("left out by the limit (dropped): no map");
        return cell;
    }
    const auto head = std::min(static_cast<std::size_t>(document().head()), heads.cells.size() - 1);
    const QString caption = cell.caption;
    cell = heads.cells[head];
    QStringList facts = heads.details;
    if (!shown.edits.isEmpty())
        facts += tr("edited"); // the last fact is what a narrow caption keeps
    cell.caption =
        caption + QStringLiteral(" · ") + shown.className + QStringLiteral(" · ") + facts.join(QStringLiteral(", "));
    return cell;
}

void PictureGrid::updateControls()
{
    m_previous->setEnabled(m_first > 0);
    m_next->setEnabled(m_first + m_count < document().pictures().rowCount());
}

void PictureGrid::refresh()
{
    m_first = std::clamp(m_first, 0, std::max(0, document().pictures().rowCount() - 1));
    updateControls();
    const std::vector<int> rows = shownRows();
    if (!document().model() || rows.empty() || document().currentClass() < 0) {
        view()->showInvitation(tr("Open a model and pictures to see them side by side."));
        return;
    }
    if (const Basis wanted = basis(); wanted != m_basis) {
        m_basis = wanted;
        m_run.cancel();
        forget();
    }
    const auto isElsewhere = [&](const auto& kept) {
        return std::ranges::find(rows, document().pictures().rowOf(kept.first)) == rows.end();
    };
    std::erase_if(m_explained, isElsewhere);
    std::erase_if(m_asked, isElsewhere);
    std::vector<std::filesystem::path> paths;
    for (const int row : rows)
        paths.push_back(document().pictures().path(row));
    m_watch.watch(paths);
    explainMissing(rows);
    m_size = shapeFor(static_cast<int>(rows.size()));
    view()->setMatrix(matrixOf(rows));
}

MapMatrix PictureGrid::matrixOf(const std::vector<int>& rows) const
{
    MapMatrix matrix;
    for (int column = 0; column < m_size.width(); ++column)
        matrix.columns += QString();
    for (int row = 0; row < m_size.height(); ++row) {
        MatrixRow& of = matrix.rows.emplace_back();
        for (int column = 0; column < m_size.width(); ++column) {
            const auto place = static_cast<std::size_t>(row * m_size.width() + column);
            of.cells.push_back(place < rows.size() ? cellOf(rows[place]) : MatrixCell());
        }
    }
    const Explanation* first = matrix.firstExplanation(false);
    const int head = document().head();
    const QString shown =
        head < document().headCount() ? MapNames(mapKindOf(document())).label(head) : FigureText::mean();
    matrix.title = m_chosen.empty()
                       ? tr("%1, pictures %2 to %3 of %4")
                             .arg(shown)
                             .arg(rows.front() + 1)
                             .arg(rows.back() + 1)
                             .arg(document().pictures().rowCount())
                       : tr("%1, %n picture(s) compared", nullptr, static_cast<int>(rows.size())).arg(shown);
    shareScales(matrix, first ? first->lockedRange : std::optional<Range>());
    return matrix;
}

} // namespace ocellus
