// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/matrix_cells.h"

#include <algorithm>
#include <utility>

#include <QLabel>
#include <QRegularExpression>

namespace ocellus {

namespace {

constexpr int indent = 4;
constexpr double leastShape = 0.35, mostShape = 1.6; ///< of a tile's picture, height by width

bool hasPicture(const MatrixCell& cell)
{
    return cell.explanation && !cell.explanation->picture.isNull();
}

double shapeOf(const MapMatrix& matrix)
{
    double shape = 0;
    for (const MatrixRow& row : matrix.rows)
        for (const MatrixCell& cell : row.cells)
            if (hasPicture(cell))
                shape = std::max(shape, double(cell.explanation->picture.height()) / cell.explanation->picture.width());
    return std::clamp(shape, leastShape, mostShape);
}

/// File names have no spaces at which a line could end.
QString breakable(QString words)
{
    constexpr QChar zeroWidthSpace(0x200b);
    for (const QChar mark : {QChar('.'), QChar('_'), QChar('/')})
        words.replace(mark, QString(mark) + zeroWidthSpace);
    return words;
}

bool columnsAreRedundant(const MapMatrix& matrix)
{
    for (qsizetype column = 0; column < matrix.columns.size(); ++column)
        for (const MatrixRow& row : matrix.rows) {
            const auto place = static_cast<std::size_t>(column);
            const bool hasTile = place < row.cells.size() && row.cells[place].tile;
            if (!matrix.columns[column].isEmpty() && hasTile && row.cells[place].tile->title != matrix.columns[column])
                return false;
        }
    return true;
}

} // namespace

MatrixCells::MatrixCells(QWidget* body, QObject* filter) : QObject(body), m_body(body), m_filter(filter) {}

bool MatrixCells::setMatrix(const MapMatrix& matrix)
{
    std::vector<Source> sources = sourcesOf(matrix);
    const auto rows = static_cast<int>(matrix.rows.size());
    // Without rows or columns there are no sources, whatever the other number is.
    const bool same = sources == m_sources && rows == m_rows && matrix.columns.size() == m_columns;
    m_rows = rows;
    m_columns = static_cast<int>(matrix.columns.size());
    m_shape = shapeOf(matrix);
    m_nameTheirColumns = columnsAreRedundant(matrix);
    if (!same) {
        m_sources = std::move(sources);
        rebuild();
    }
    fill(matrix);
    return !same;
}

std::vector<MatrixCells::Source> MatrixCells::sourcesOf(const MapMatrix& matrix)
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
            }
            sources.push_back(source);
        }
    return sources;
}

void MatrixCells::rebuild()
{
    // A tile's click can be what led here: the tile lives until its event is over, and so do the views.
    for (const Widgets& cell : m_widgets)
        for (QWidget* widget : std::initializer_list<QWidget*>{cell.tile, cell.words, cell.caption})
            if (widget) {
                widget->hide();
                widget->deleteLater();
            }
    m_widgets.clear();
    m_scaled.clear();
    int views = static_cast<int>(m_views.count());
    for (const Source& source : m_sources)
        views = std::max(views, source.view + 1);
    m_views.setCount(static_cast<std::size_t>(views));
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        const int at = static_cast<int>(i);
        m_widgets.push_back(make(at / m_columns, at % m_columns, m_sources[i]));
    }
}

MatrixCells::Widgets MatrixCells::make(int row, int column, const Source& source)
{
    Widgets cell;
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
    cell.tile->installEventFilter(m_filter);
    connect(cell.tile, &MapTile::clicked, this, [this, row, column] { emit clicked(row, column); });
    connect(cell.tile, &MapTile::activated, this, [this, row, column] { emit activated(row, column); });
    cell.caption = new QLabel(m_body);
    cell.caption->setTextFormat(Qt::PlainText);
    cell.caption->setIndent(indent);
    return cell;
}

/// A pin belongs to one picture, whatever the size of the next one.
void MatrixCells::dropPins(const MapMatrix& matrix)
{
    m_pictureNames.resize(m_views.count());
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        if (m_sources[i].view < 0)
            continue;
        const auto view = static_cast<std::size_t>(m_sources[i].view);
        const auto columns = static_cast<std::size_t>(m_columns);
        const QString& name = matrix.rows[i / columns].cells[i % columns].explanation->pictureName;
        if (std::exchange(m_pictureNames[view], name) != name)
            m_views.view(view).clearCrosshair();
    }
}

void MatrixCells::fill(const MapMatrix& matrix)
{
    dropPins(matrix);
    for (int row = 0; row < m_rows; ++row)
        for (int column = 0; column < m_columns; ++column) {
            const MatrixRow& of = matrix.rows[static_cast<std::size_t>(row)];
            const Widgets& widgets = at(row, column);
            const auto place = static_cast<std::size_t>(column);
            const MatrixCell cell = place < of.cells.size() ? of.cells[place] : MatrixCell();
            if (!widgets.tile) {
                widgets.words->setText(breakable(cell.caption));
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

MapTile* MatrixCells::tile(int row, int column) const
{
    const bool isThere = row >= 0 && row < m_rows && column >= 0 && column < m_columns;
    return isThere ? at(row, column).tile : nullptr;
}

QWidget* MatrixCells::shown(int row, int column) const
{
    const Widgets& widgets = at(row, column);
    return widgets.tile ? static_cast<QWidget*>(widgets.tile) : widgets.words;
}

QStringList MatrixCells::captions() const
{
    QStringList captions;
    for (const Widgets& widgets : m_widgets)
        if (widgets.caption && !widgets.caption->toolTip().isEmpty())
            captions += widgets.caption->toolTip();
    return captions;
}

int MatrixCells::captionHeight() const
{
    int height = 0;
    for (const Widgets& widgets : m_widgets)
        if (widgets.caption && !widgets.caption->toolTip().isEmpty())
            height = std::max(height, widgets.caption->sizeHint().height());
    return height;
}

int MatrixCells::strips() const
{
    int strips = 0;
    for (const Widgets& widgets : m_widgets)
        if (widgets.tile)
            strips = std::max(strips, static_cast<int>(widgets.tile->height() - widgets.tile->pictureArea().height()));
    return strips;
}

} // namespace ocellus
