// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/matrix_grid.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollBar>
#include <QWheelEvent>

#include "ui/figures/elided_name.h"
#include "ui/widgets/matrix_cells.h"
#include "ui/widgets/row_header.h"

namespace ocellus {

namespace {

constexpr int captionIndent = 8;
constexpr double wheelStep = 120; ///< of a notch

} // namespace

MatrixGrid::MatrixGrid(QWidget* parent)
    : QScrollArea(parent),
      m_body(new QWidget),
      m_corner(new QWidget(m_body)),
      m_cells(new MatrixCells(m_body, this))
{
    setWidget(m_body);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    m_corner->setAutoFillBackground(true);
    setAccessibleName(tr("Table of maps"));
    connect(m_cells, &MatrixCells::clicked, this, [this](int row, int column) { chooseByUser({row, column}); });
    connect(m_cells, &MatrixCells::activated, this, [this](int row, int column) {
        chooseByUser({row, column});
        setEnlarged(!m_enlarged);
    });
}

CoupledViews& MatrixGrid::views()
{
    return m_cells->views();
}

void MatrixGrid::setMatrix(const MapMatrix& matrix)
{
    m_matrix = matrix;
    if (m_cells->setMatrix(matrix))
        rebuildTitles();
    for (int column = 0; column < columns(); ++column)
        m_columnTitles[static_cast<std::size_t>(column)]->setText(m_matrix.columns[column]);
    QStringList titles;
    for (const MatrixRow& row : m_matrix.rows)
        titles += row.title;
    for (int row = 0; row < rows(); ++row) {
        RowHeader* header = m_rowHeaders[static_cast<std::size_t>(row)];
        const MatrixRow& own = m_matrix.rows[static_cast<std::size_t>(row)];
        header->setRow(own, titles);
        const MatrixCell* map = m_matrix.scalePerRow ? own.firstMap() : nullptr;
        header->setScale(map ? map->explanation : nullptr, map ? map->tile->range : Range());
    }
    if (m_chosen && !tile(*m_chosen))
        m_chosen.reset();
    if (!m_chosen)
        m_chosen = firstMapFrom({0, 0}, 0, 1);
    m_row = m_chosen ? m_chosen->row : -1;
    showChosen();
    arrange();
}

void MatrixGrid::rebuildTitles()
{
    if (std::exchange(m_enlarged, false))
        emit enlargedChanged(false);
    for (; m_rowHeaders.size() > m_matrix.rows.size(); m_rowHeaders.pop_back())
        m_rowHeaders.back()->deleteLater();
    while (m_rowHeaders.size() < m_matrix.rows.size()) {
        auto* header = new RowHeader(m_body);
        const int row = static_cast<int>(m_rowHeaders.size());
        connect(header, &RowHeader::clicked, this, [this, row] {
            chooseRow(row);
            emit rowChosen(row);
        });
        m_rowHeaders.push_back(header);
    }
    for (; m_columnTitles.size() > static_cast<std::size_t>(columns()); m_columnTitles.pop_back())
        m_columnTitles.back()->deleteLater();
    while (m_columnTitles.size() < static_cast<std::size_t>(columns())) {
        auto* title = new QLabel(m_body);
        title->setTextFormat(Qt::PlainText);
        title->setWordWrap(true);
        title->setAlignment(Qt::AlignHCenter | Qt::AlignBottom);
        title->setAutoFillBackground(true);
        m_columnTitles.push_back(title);
    }
}

int MatrixGrid::rows() const
{
    return m_cells->rows();
}

int MatrixGrid::columns() const
{
    return m_cells->columns();
}

MapTile* MatrixGrid::tile(Place place) const
{
    return m_cells->tile(place.row, place.column);
}

bool MatrixGrid::contains(Place place) const
{
    return place.row >= 0 && place.row < rows() && place.column >= 0 && place.column < columns();
}

void MatrixGrid::setTileWidth(std::optional<int> width)
{
    if (width)
        width = std::clamp(*width, MatrixArrangement::LeastTile, MatrixArrangement::MostTile);
    if (width == m_wantedTile)
        return;
    m_wantedTile = width;
    arrange();
}

int MatrixGrid::tileWidth() const
{
    return m_arrangement ? m_arrangement->tileSize().width() : 0;
}

int MatrixGrid::columnTitleHeight(int width) const
{
    int height = 0;
    for (const QLabel* title : m_columnTitles)
        if (!title->text().isEmpty())
            height = std::max(height, title->heightForWidth(width) + MatrixArrangement::Gap);
    return height;
}

MatrixNeeds MatrixGrid::needs() const
{
    MatrixNeeds needs;
    needs.rows = rows();
    needs.columns = columns();
    needs.shape = m_cells->pictureShape();
    needs.strips = m_cells->strips();
    needs.caption = m_cells->captionHeight();
    // Title heights depend on the tiles' width and the other way round; a line of words more or less is no matter.
    needs.columnTitles = columnTitleHeight(MatrixArrangement::Readable);
    needs.hasRowTitles = std::ranges::any_of(m_matrix.rows, [](const MatrixRow& row) {
        return !row.title.isEmpty() || !row.details.isEmpty() || !row.exemplars.empty();
    });
    for (const RowHeader* header : m_rowHeaders) {
        const int width = MatrixArrangement::rowTitleWidth(viewport()->size());
        needs.rowTitleBeside = std::max(needs.rowTitleBeside, header->heightForWidth(width));
        needs.rowTitleAbove = std::max(needs.rowTitleAbove, header->heightAbove() + MatrixArrangement::Gap);
    }
    if (!needs.hasRowTitles)
        needs.rowTitleBeside = needs.rowTitleAbove = 0;
    needs.canWrap = m_cells->nameTheirColumns();
    needs.tile = m_wantedTile;
    return needs;
}

void MatrixGrid::arrange()
{
    if (rows() == 0 || columns() == 0) {
        m_arrangement.reset();
        m_body->resize(0, 0);
        return;
    }
    const MatrixNeeds asked = needs();
    m_arrangement = MatrixArrangement::best(asked, viewport()->size());
    for (int row = 0; row < rows(); ++row) {
        RowHeader* header = m_rowHeaders[static_cast<std::size_t>(row)];
        header->setVisible(asked.hasRowTitles);
        header->setAbove(!m_arrangement->isTable());
        header->setGeometry(m_arrangement->rowTitleArea(row));
        for (int column = 0; column < columns(); ++column)
            placeCell({row, column});
    }
    for (int column = 0; column < columns(); ++column) {
        QLabel* title = m_columnTitles[static_cast<std::size_t>(column)];
        title->setGeometry(m_arrangement->columnTitleArea(column));
        title->setVisible(m_arrangement->isTable());
    }
    m_corner->resize(m_arrangement->tileArea(0, 0).left(), asked.columnTitles);
    m_corner->setVisible(m_arrangement->isTable());
    m_body->resize(m_arrangement->size().expandedTo(viewport()->size()));
    moveHeaders();
    emit arranged();
}

void MatrixGrid::placeCell(Place place)
{
    QWidget* shown = m_cells->shown(place.row, place.column);
    shown->setGeometry(m_arrangement->tileArea(place.row, place.column));
    shown->show();
    if (QLabel* caption = m_cells->caption(place.row, place.column)) {
        const QRect area = m_arrangement->captionArea(place.row, place.column);
        caption->setGeometry(area);
        caption->setVisible(area.height() > 0);
        caption->setText(elidedCaption(caption->toolTip(), area.width() - captionIndent, QFontMetricsF(font()),
                                       m_cells->captions()));
    }
}

void MatrixGrid::moveHeaders()
{
    const QPoint seen = -m_body->pos();
    if (m_arrangement && m_arrangement->isTable()) {
        for (std::size_t row = 0; row < m_rowHeaders.size(); ++row) {
            const QRect area = m_arrangement->rowTitleArea(static_cast<int>(row));
            m_rowHeaders[row]->move(seen.x() + area.left(), area.top());
            m_rowHeaders[row]->raise();
        }
        for (QLabel* title : m_columnTitles) {
            title->move(title->x(), seen.y());
            title->raise();
        }
        m_corner->move(seen);
        m_corner->raise();
    }
    if (m_enlarged && m_chosen) {
        MapTile* large = tile(*m_chosen);
        large->setGeometry(QRect(seen, viewport()->size()));
        large->raise();
    }
}

void MatrixGrid::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void MatrixGrid::scrollContentsBy(int dx, int dy)
{
    QScrollArea::scrollContentsBy(dx, dy);
    moveHeaders();
}

void MatrixGrid::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

bool MatrixGrid::eventFilter(QObject* watched, QEvent* event)
{
    // The scroll bars' events come here as well.
    if (event->type() != QEvent::Wheel || m_enlarged || !qobject_cast<MapTile*>(watched))
        return QScrollArea::eventFilter(watched, event);
    auto* wheel = static_cast<QWheelEvent*>(event);
    if (wheel->modifiers() & Qt::ControlModifier) {
        const double factor = std::exp2(wheel->angleDelta().y() / wheelStep / 4);
        setTileWidth(static_cast<int>(std::lround(tileWidth() * factor)));
        return true;
    }
    if (wheel->modifiers() & Qt::ShiftModifier || verticalScrollBar()->maximum() == 0)
        return QScrollArea::eventFilter(watched, event);
    QCoreApplication::sendEvent(verticalScrollBar(), event);
    return true;
}

void MatrixGrid::keyPressEvent(QKeyEvent* event)
{
    const bool toEnds = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Left: step(0, -1); break;
    case Qt::Key_Right: step(0, 1); break;
    case Qt::Key_Up: step(-1, 0); break;
    case Qt::Key_Down: step(1, 0); break;
    case Qt::Key_Home:
        if (m_chosen)
            chooseByUser(firstMapFrom({toEnds ? 0 : m_chosen->row, 0}, 0, 1).value_or(*m_chosen));
        break;
    case Qt::Key_End:
        if (m_chosen)
            chooseByUser(firstMapFrom({toEnds ? rows() - 1 : m_chosen->row, columns() - 1}, 0, -1).value_or(*m_chosen));
        break;
    case Qt::Key_N:
        if (m_chosen)
            emit noteRequested(m_chosen->row, m_chosen->column);
        break;
    case Qt::Key_Escape:
        if (m_enlarged) {
            setEnlarged(false);
            break;
        }
        [[fallthrough]];
    default: QScrollArea::keyPressEvent(event);
    }
}

/// To the next tile as it is seen: in blocks the one below is not of the next row.
void MatrixGrid::step(int down, int right)
{
    if (!m_chosen || !m_arrangement)
        return;
    const QRect from = m_arrangement->tileArea(m_chosen->row, m_chosen->column);
    std::optional<Place> nearest;
    int least = 0;
    for (Place place{0, 0}; place.row < rows(); ++place.row)
        for (place.column = 0; place.column < columns(); ++place.column) {
            const QRect area = m_arrangement->tileArea(place.row, place.column);
            const QPoint way = area.center() - from.center();
            const int along = down != 0 ? way.y() * down : way.x() * right;
            const int aside = std::abs(down != 0 ? way.x() : way.y());
            const bool isBeside = aside < (down != 0 ? area.width() : area.height()) / 2;
            if (along > 0 && isBeside && tile(place) && (!nearest || along < least)) {
                nearest = place;
                least = along;
            }
        }
    if (nearest)
        chooseByUser(*nearest);
}

std::optional<MatrixGrid::Place> MatrixGrid::firstMapFrom(Place place, int rowStep, int columnStep) const
{
    while (contains(place)) {
        if (tile(place))
            return place;
        place.row += rowStep;
        place.column += columnStep;
    }
    return {};
}

void MatrixGrid::choose(Place place)
{
    if (!tile(place))
        return;
    const bool moved = m_chosen != place;
    m_chosen = place;
    m_row = place.row;
    showChosen();
    if (m_enlarged)
        arrange();
    if (moved)
        emit choiceMoved();
}

void MatrixGrid::chooseRow(int row)
{
    if (row < 0 || row >= rows())
        return;
    if (!m_chosen || m_chosen->row != row)
        if (const std::optional<Place> first = firstMapFrom({row, 0}, 0, 1))
            choose(*first);
    m_row = row;
    showChosen();
}

void MatrixGrid::chooseHead(int head)
{
    if (!m_chosen || (m_chosen->row == m_row && tile(*m_chosen)->head() == head))
        return;
    for (Place place{m_row, 0}; place.column < columns(); ++place.column)
        if (const MapTile* there = tile(place); there && there->head() == head) {
            choose(place);
            return;
        }
}

void MatrixGrid::chooseByUser(Place place)
{
    if (!tile(place))
        return;
    choose(place);
    tile(place)->setFocus();
    if (!m_enlarged)
        ensureWidgetVisible(tile(place), 0, 0);
    emit cellChosen(place.row, place.column);
}

void MatrixGrid::showChosen()
{
    for (Place place{0, 0}; place.row < rows(); ++place.row)
        for (place.column = 0; place.column < columns(); ++place.column)
            if (MapTile* there = tile(place)) {
                const bool chosen = m_chosen == place;
                there->setSelected(chosen && there->head() >= 0);
                // Tab goes to the chosen tile only; from there on the arrows lead.
                there->setFocusPolicy(chosen ? Qt::StrongFocus : Qt::ClickFocus);
            }
    for (std::size_t row = 0; row < m_rowHeaders.size(); ++row)
        m_rowHeaders[row]->setSelected(m_row == static_cast<int>(row));
}

void MatrixGrid::setEnlarged(bool enlarged)
{
    if (enlarged == m_enlarged || (enlarged && !m_chosen))
        return;
    m_enlarged = enlarged;
    arrange();
    if (enlarged)
        tile(*m_chosen)->setFocus();
    emit enlargedChanged(enlarged);
}

} // namespace ocellus
