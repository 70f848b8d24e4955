// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/matrix_pair.h"

#include <algorithm>

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ocellus {

namespace {

constexpr int leastLetters = 12; ///< of a name that is chosen from

/// Whether rows are what is compared, head by head.
bool hasTitledRows(const MapMatrix& matrix)
{
    return matrix.rows.size() > 1 &&
           std::ranges::any_of(matrix.rows, [](const MatrixRow& row) { return !row.title.isEmpty(); });
}

/// Whether the maps are of more than one class, so that names have to say which.
bool isOfManyClasses(const MapMatrix& matrix)
{
    const Explanation* first = matrix.firstExplanation(false);
    return std::ranges::any_of(matrix.rows, [first](const MatrixRow& row) {
        return std::ranges::any_of(row.cells, [first](const MatrixCell& cell) {
            return cell.tile && cell.explanation->className != first->className;
        });
    });
}

QString nameOf(const MapMatrix& matrix, const MatrixRow& row, std::size_t column)
{
    if (hasTitledRows(matrix))
        return row.title;
    if (const QString title = matrix.columns.value(static_cast<qsizetype>(column)); !title.isEmpty())
        return title;
    const Explanation& shown = *row.cells[column].explanation;
    return isOfManyClasses(matrix) ? QStringLiteral("%1 · %2").arg(shown.pictureName, shown.className)
                                   : shown.pictureName;
}

bool canBeShown(const MatrixCell& cell)
{
    return cell.explanation && !cell.explanation->picture.isNull() && !cell.isDifference();
}

} // namespace

MatrixPair::MatrixPair(QWidget* parent)
    : QWidget(parent),
      m_choices{makeChoice(0), makeChoice(1)},
      m_pictures(new PicturePair(this)),
      m_words(new QLabel(tr("Not both are there yet."), this))
{
    m_words->setAlignment(Qt::AlignCenter);
    m_choices[0]->setAccessibleName(tr("What is shown on the left, or first"));
    m_choices[1]->setAccessibleName(tr("What is shown on the right, or second"));
    auto* choices = new QHBoxLayout;
    for (QComboBox* choice : m_choices)
        choices->addWidget(choice, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(choices);
    layout->addWidget(m_pictures, 1);
    layout->addWidget(m_words, 1);
    setFocusProxy(m_pictures);
}

QComboBox* MatrixPair::makeChoice(int which)
{
    auto* choice = new QComboBox(this);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(leastLetters);
    choice->setToolTip(which == 0 ? tr("Left of the divider, or first in turn")
                                  : tr("Right of the divider, or second in turn"));
    connect(choice, &QComboBox::activated, this, [this, which](int place) {
        const int other = placeOf(m_names[static_cast<std::size_t>(1 - which)]);
        choose(which == 0 ? place : other, which == 0 ? other : place);
    });
    return choice;
}

std::vector<PairSide> MatrixPair::sidesOf(const MapMatrix& matrix, int column)
{
    std::vector<PairSide> sides;
    const bool inOneColumn = hasTitledRows(matrix);
    for (const MatrixRow& row : matrix.rows)
        for (std::size_t at = 0; at < row.cells.size(); ++at) {
            if (!canBeShown(row.cells[at]) || (inOneColumn && static_cast<int>(at) != column))
                continue;
            const QString name = nameOf(matrix, row, at);
            if (std::ranges::find(sides, name, &PairSide::name) == sides.end())
                sides.push_back({name, row.cells[at], {}});
        }
    return sides;
}

int MatrixPair::placeOf(const QString& name) const
{
    const auto found = std::ranges::find(m_sides, name, &PairSide::name);
    return found == m_sides.end() ? -1 : static_cast<int>(found - m_sides.begin());
}

void MatrixPair::setMatrix(const MapMatrix& matrix, int column)
{
    m_sides = sidesOf(matrix, column);
    for (QComboBox* choice : m_choices) {
        const QSignalBlocker blocker(choice);
        choice->clear();
        for (const PairSide& side : m_sides)
            choice->addItem(side.name);
    }
    choose(placeOf(m_names[0]), placeOf(m_names[1]));
}

void MatrixPair::chooseBeside(const MapMatrix& matrix, int row, int column)
{
    const MatrixRow& of = matrix.rows.at(static_cast<std::size_t>(row));
    const auto at = static_cast<std::size_t>(column);
    if (at >= of.cells.size() || !canBeShown(of.cells[at]))
        return;
    const QString name = nameOf(matrix, of, at);
    if (name != m_names[0] && name != m_names[1])
        choose(-1, placeOf(name));
}

void MatrixPair::choose(int first, int second)
{
    const int count = static_cast<int>(m_sides.size());
    m_pictures->setVisible(!isWaiting());
    m_words->setVisible(isWaiting());
    if (isWaiting()) {
        m_pictures->setPair({});
        return;
    }
    const bool keepsSecond = second >= 0 && second < count;
    first = first >= 0 && first < count ? first : keepsSecond && second == 0 ? 1 : 0;
    if (!keepsSecond || second == first)
        second = (first + 1) % count;
    const std::array places{first, second};
    for (std::size_t which = 0; which < places.size(); ++which) {
        m_names[which] = m_sides[static_cast<std::size_t>(places[which])].name;
        const QSignalBlocker blocker(m_choices[which]);
        m_choices[which]->setCurrentIndex(places[which]);
        m_choices[which]->setAccessibleDescription(m_names[which]);
    }
    m_pictures->setPair(
        {m_sides[static_cast<std::size_t>(first)], m_sides[static_cast<std::size_t>(second)], std::nullopt});
}

void MatrixPair::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        emit closeRequested();
    else
        QWidget::keyPressEvent(event);
}

} // namespace ocellus
