// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/matrix_grid.h"

#include <algorithm>

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QScrollBar>
#include <QWheelEvent>

#include "ui/figures/figure_text.h"
#include "ui/widgets/row_header.h"

namespace ocellus {

namespace {

constexpr int gap = 4;
constexpr QSize leastTile(104, 90);
constexpr double leastShape = 0.35, mostShape = 1.6; ///< of a tile's picture, height by width

bool hasPicture(const MatrixCell& cell)
{
    return cell.explanation && !cell.explanation->picture.isNull();
}

} // namespace

MatrixGrid::MatrixGrid(QWidget* parent) : QScrollArea(parent), m_body(new QWidget), m_corner(new QWidget(m_body))
{
    setWidget(m_body);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    m_corner->setAutoFillBackground(true);
    setAccessibleName(tr("Table of maps"));
}

void MatrixGrid::setMatrix(const MapMatrix& matrix)
{
    std::vector<Source> sources = sourcesOf(matrix);
    const bool sameWidgets = sources == m_sources && matrix.rows.size() == m_matrix.rows.size();
    m_matrix = matrix;
    m_columnCount = static_cast<int>(matrix.columns.size());
    if (!sameWidgets) {
        m_sources = std::move(sources);
        rebuild();
    }
    fill();
    if (m_chosen && (!contains(*m_chosen) || !tile(*m_chosen)))
        m_chosen.reset();
    if (!m_chosen)
        m_chosen = firstMapFrom({0, 0}, 0, 1);
    showChosen();
    arrange();
}

std::vector<MatrixGrid::Source> MatrixGrid::sourcesOf(const MapMatrix& matrix) const
{
    std::vector<qint64> pictures; // in the order in which they appear: an edited picture takes over its view
    std::vector<Source> sources;
    for (const MatrixRow& row : matrix.rows)
        for (qsizetype column = 0; column < matrix.columns.size(); ++column) {
            const auto at = static_cast<std::size_t>(column);
            Source source;
            if (at < row.cells.size() && hasPicture(row.cells[at])) {
                const Explanation& explanation = *row.cells[at].explanation;
                const qint64 key = explanation.picture.cacheKey();
                const auto known = std::ranges::find(pictures, key);
                source.view = static_cast<int>(known - pictures.begin());
                if (known == pictures.end())
                    pictures.push_back(key);
                source.withBanner = !FigureText::banners(explanation).isEmpty();
            }
            sources.push_back(source);
        }
    return sources;
}

void MatrixGrid::rebuild()
{
    m_enlarged = false;
    // A tile's click can be what led here: the tile lives until its event is over, and so do the views.
    for (const CellWidgets& cell : m_cells)
        for (QWidget* widget : std::initializer_list<QWidget*>{cell.tile, cell.words, cell.caption})
            if (widget) {
                widget->hide();
                widget->deleteLater();
            }
    m_cells.clear();
    m_scaled.clear();
    int views = static_cast<int>(m_views.count());
    for (const Source& source : m_sources)
        views = std::max(views, source.view + 1);
    m_views.setCount(static_cast<std::size_t>(views));
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        const int at = static_cast<int>(i);
        m_cells.push_back(makeCell({at / columns(), at % columns()}, m_sources[i]));
    }

    for (; m_rowHeaders.size() > m_matrix.rows.size(); m_rowHeaders.pop_back())
        m_rowHeaders.back()->deleteLater();
    while (m_rowHeaders.size() < m_matrix.rows.size()) {
        auto* header = new RowHeader(m_body);
        const int row = static_cast<int>(m_rowHeaders.size());
        connect(header, &RowHeader::clicked, this, [this, row] { emit rowChosen(row); });
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

MatrixGrid::CellWidgets MatrixGrid::makeCell(Place place, const Source& source)
{
    CellWidgets cell;
    if (source.view < 0) {
        cell.words = new QLabel(m_body);
        cell.words->setTextFormat(Qt::PlainText);
        cell.words->setWordWrap(true);
        cell.words->setAlignment(Qt::AlignCenter);
        return cell;
    }
    std::shared_ptr<ScaledPicture>& scaled = m_scaled[source];
    if (!scaled)
        scaled = std::make_shared<ScaledPicture>();
    cell.tile = new MapTile(m_views.view(static_cast<std::size_t>(source.view)), scaled, m_body);
    cell.tile->installEventFilter(this);
    cell.tile->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(cell.tile, &MapTile::clicked, this, [this, place] { chooseByUser(place); });
    connect(cell.tile, &MapTile::activated, this, [this, place] {
        chooseByUser(place);
        setEnlarged(!m_enlarged);
    });
    connect(cell.tile, &QWidget::customContextMenuRequested, this,
            [this, place](QPoint position) { showMenu(place, position); });
    cell.caption = new QLabel(m_body);
    cell.caption->setTextFormat(Qt::PlainText);
    cell.caption->setIndent(gap);
    return cell;
}

void MatrixGrid::fill()
{
    for (int column = 0; column < columns(); ++column)
        m_columnTitles[static_cast<std::size_t>(column)]->setText(m_matrix.columns[column]);
    for (int row = 0; row < rows(); ++row) {
        const MatrixRow& of = m_matrix.rows[static_cast<std::size_t>(row)];
        m_rowHeaders[static_cast<std::size_t>(row)]->setRow(of);
        for (int column = 0; column < columns(); ++column) {
            const CellWidgets& widgets = m_cells[indexOf({row, column})];
            const auto at = static_cast<std::size_t>(column);
            const MatrixCell cell = at < of.cells.size() ? of.cells[at] : MatrixCell();
            if (!widgets.tile) {
                widgets.words->setText(cell.caption);
                continue;
            }
            widgets.tile->setMap(*cell.explanation, cell.tile ? &*cell.tile : nullptr);
            const QStringList where{of.title, cell.caption, widgets.tile->accessibleName()};
            widgets.tile->setAccessibleName(
                QStringList(where).filter(QRegularExpression(QStringLiteral("."))).join(QStringLiteral(", ")));
            widgets.caption->setText(cell.caption);
            widgets.caption->setToolTip(cell.caption);
        }
    }
}

MapTile* MatrixGrid::tile(Place place) const
{
    return contains(place) ? m_cells[indexOf(place)].tile : nullptr;
}

bool MatrixGrid::contains(Place place) const
{
    return place.row >= 0 && place.row < rows() && place.column >= 0 && place.column < columns();
}

int MatrixGrid::captionHeight(int row) const
{
    for (int column = 0; column < columns(); ++column) {
        const QLabel* caption = m_cells[indexOf({row, column})].caption;
        if (caption && !caption->text().isEmpty())
            return caption->sizeHint().height();
    }
    return 0;
}

int MatrixGrid::columnTitleHeight(int width) const
{
    int height = 0;
    for (const QLabel* title : m_columnTitles)
        if (!title->text().isEmpty())
            height = std::max(height, title->heightForWidth(width));
    return height;
}

double MatrixGrid::pictureShape() const
{
    double shape = 0;
    for (const MatrixRow& row : m_matrix.rows)
        for (const MatrixCell& cell : row.cells)
            if (hasPicture(cell))
                shape = std::max(shape, double(cell.explanation->picture.height()) / cell.explanation->picture.width());
    return std::clamp(shape, leastShape, mostShape);
}

/// As large as lets all columns be seen, and all rows where they are few.
QSize MatrixGrid::tileSize(int headerWidth, int titleHeight) const
{
    int strips = 0; // the tile's own caption and its banner
    for (const CellWidgets& cell : m_cells)
        if (cell.tile)
            strips = std::max(strips, static_cast<int>(cell.tile->height() - cell.tile->pictureArea().height()));
    int captions = 0;
    for (int row = 0; row < rows(); ++row)
        captions += captionHeight(row);
    const double shape = pictureShape();
    const int room = viewport()->width() - headerWidth;
    const int byWidth = room / std::max(columns(), 1) - gap;
    const int rowRoom = (viewport()->height() - titleHeight - captions) / std::max(rows(), 1) - gap;
    const int byHeight = static_cast<int>((rowRoom - strips) / shape);
    const int least = std::min(leastTile.width(), std::max(byWidth, 80));
    const int width = std::max(std::min(byWidth, byHeight), least);
    return {width, std::max(leastTile.height(), static_cast<int>(width * shape) + strips)};
}

void MatrixGrid::arrange()
{
    if (m_matrix.isEmpty()) {
        m_body->resize(0, 0);
        return;
    }
    const bool hasHeaders = std::ranges::any_of(m_matrix.rows, [](const MatrixRow& row) {
        return !row.title.isEmpty() || !row.details.isEmpty() || !row.exemplars.empty();
    });
    const int headerWidth = hasHeaders ? std::clamp(viewport()->width() / 7, 120, 220) + gap : 0;
    // Title heights depend on the tiles' width and the other way round; a line of words more or less is no matter.
    const int titleGuess = columnTitleHeight(leastTile.width());
    const QSize size = tileSize(headerWidth, titleGuess);
    const int titleHeight = columnTitleHeight(size.width());

    int top = titleHeight + (titleHeight > 0 ? gap : 0);
    for (int row = 0; row < rows(); ++row) {
        RowHeader* header = m_rowHeaders[static_cast<std::size_t>(row)];
        const int caption = captionHeight(row);
        int height = caption + size.height();
        if (hasHeaders)
            height = std::max(height, std::min(header->heightForWidth(headerWidth - gap), 2 * height));
        header->setVisible(hasHeaders);
        header->setGeometry(0, top, headerWidth - gap, height);
        for (int column = 0; column < columns(); ++column) {
            const CellWidgets& cell = m_cells[indexOf({row, column})];
            const QRect area(headerWidth + column * (size.width() + gap), top + caption, size.width(), size.height());
            QWidget* shown = cell.tile ? static_cast<QWidget*>(cell.tile) : cell.words;
            shown->setGeometry(area);
            shown->show();
            if (cell.caption) {
                cell.caption->setGeometry(area.left(), top, area.width(), caption);
                cell.caption->setVisible(caption > 0);
                const QString& whole = cell.caption->toolTip();
                cell.caption->setText(fontMetrics().elidedText(whole, Qt::ElideMiddle, area.width() - 2 * gap));
            }
        }
        top += height + gap;
    }
    for (int column = 0; column < columns(); ++column) {
        QLabel* title = m_columnTitles[static_cast<std::size_t>(column)];
        title->setGeometry(headerWidth + column * (size.width() + gap), 0, size.width(), titleHeight);
        title->show();
    }
    m_corner->resize(headerWidth, titleHeight);
    m_body->resize(headerWidth + columns() * (size.width() + gap), top);
    moveHeaders();
}

void MatrixGrid::moveHeaders()
{
    const QPoint seen = -m_body->pos();
    for (RowHeader* header : m_rowHeaders) {
        header->move(seen.x(), header->y());
        header->raise();
    }
    for (QLabel* title : m_columnTitles) {
        title->move(title->x(), seen.y());
        title->raise();
    }
    m_corner->move(seen);
    m_corner->raise();
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
    if (wheel->modifiers() & Qt::ControlModifier || verticalScrollBar()->maximum() == 0)
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

void MatrixGrid::step(int rows, int columns)
{
    if (!m_chosen)
        return;
    const Place next{m_chosen->row + rows, m_chosen->column + columns};
    if (const std::optional<Place> found = firstMapFrom(next, rows, columns))
        chooseByUser(*found);
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
    m_chosen = place;
    showChosen();
    if (m_enlarged)
        arrange();
}

void MatrixGrid::chooseHead(int head)
{
    if (!m_chosen || tile(*m_chosen)->head() == head)
        return;
    for (Place place{m_chosen->row, 0}; place.column < columns(); ++place.column)
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
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        if (!m_cells[i].tile)
            continue;
        const bool chosen = m_chosen && indexOf(*m_chosen) == i;
        m_cells[i].tile->setSelected(chosen && m_cells[i].tile->head() >= 0);
        // Tab goes to the chosen tile only; from there on the arrows lead.
        m_cells[i].tile->setFocusPolicy(chosen ? Qt::StrongFocus : Qt::ClickFocus);
    }
    for (std::size_t row = 0; row < m_rowHeaders.size(); ++row)
        m_rowHeaders[row]->setSelected(m_chosen && m_chosen->row == static_cast<int>(row));
}

void MatrixGrid::setEnlarged(bool enlarged)
{
    m_enlarged = enlarged;
    arrange();
}

void MatrixGrid::showMenu(Place place, QPoint position)
{
    const MatrixCell& cell =
        m_matrix.rows[static_cast<std::size_t>(place.row)].cells[static_cast<std::size_t>(place.column)];
    if (!cell.tile || cell.tile->isMean)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Note on %1…").arg(cell.tile->title), QKeySequence(Qt::Key_N), this,
                    [this, place] { emit noteRequested(place.row, place.column); });
    menu->popup(tile(place)->mapToGlobal(position));
}

} // namespace ocellus
