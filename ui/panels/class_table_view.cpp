// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/class_table_view.h"

#include <algorithm>

#include <QEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

#include "ui/models/class_list_model.h"
#include "ui/panels/class_delegate.h"

namespace ocellus {

namespace {

constexpr int LeastBar = 30, WidestBar = 110; // pixels
constexpr int NameLetters = 17;               // that a name has room for before a column is left out
// The rank stands in the order, and the changes in the bars.
constexpr int LeftOutFirst[] = {ClassListModel::Rank, ClassListModel::Change, ClassListModel::EditChange,
                                ClassListModel::Probability};

} // namespace

ClassTableView::ClassTableView(const ClassListModel& model, QWidget* parent)
    : QTableView(parent),
      m_classes(model),
      m_delegate(new ClassDelegate(model, this))
{
    setAccessibleName(tr("Classes"));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setItemDelegate(m_delegate);
    QHeaderView* header = horizontalHeader();
    header->setMinimumSectionSize(fontMetrics().averageCharWidth());
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setHighlightSections(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + fontMetrics().height() / 3);
    connect(this, &QTableView::doubleClicked, this, &ClassTableView::rowActivated);
}

/// Of its numbers, by the widest there can be: measuring 10,000 rows at every change would be slow.
int ClassTableView::widthOf(int column) const
{
    const Range range = m_classes.barRange();
    const auto digits = [](double value) { return QString(QString::number(value, 'f', 2).size(), QLatin1Char('0')); };
    QString widest;
    switch (column) {
    case ClassListModel::Rank:
        widest = QString(std::max<qsizetype>(QString::number(m_classes.rowCount()).size(), 2), QLatin1Char('0'));
        if (!m_classes.pinned().isEmpty())
            widest.prepend(QStringLiteral("\u2605 "));
        break;
    case ClassListModel::Logit:
        widest = std::max(digits(static_cast<double>(range.low)), digits(static_cast<double>(range.high)));
        break;
    case ClassListModel::Probability: widest = QStringLiteral("<0.000"); break;
    default: widest = QStringLiteral("\u221200.00"); break;
    }
    const QFontMetrics metrics = fontMetrics();
    const int padding = 2 * (style()->pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, this) + 1);
    const QString title = m_classes.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    const bool hasBar = column == ClassListModel::Logit;
    const int mark =
        column == ClassListModel::Rank ? style()->pixelMetric(QStyle::PM_HeaderMarkSize, nullptr, this) : 0;
    return std::max(metrics.horizontalAdvance(widest), hasBar ? 0 : metrics.horizontalAdvance(title) + mark) + padding +
           2;
}

/// Names take what the numbers leave, and number columns give way until there is room to tell species apart.
void ClassTableView::fitColumns()
{
    const int room = viewport()->width();
    const int box = verticalHeader()->defaultSectionSize();
    const int least = NameLetters * fontMetrics().averageCharWidth() + box;
    QList<int> shown;
    if (m_classes.hasScores())
        shown = {ClassListModel::Rank, ClassListModel::Logit, ClassListModel::Probability};
    for (const int column : {ClassListModel::Change, ClassListModel::EditChange})
        if (m_classes.hasChanges(column))
            shown << column;
    const auto numbers = [&] {
        int width = LeastBar;
        for (const int column : shown)
            width += widthOf(column);
        return width;
    };
    for (const int column : LeftOutFirst)
        if (room - numbers() < least)
            shown.removeOne(column);
    const int spare = std::max(room - numbers() - least, 0);
    const int bar = std::min(LeastBar + spare / 3, WidestBar);
    int taken = 0;
    for (int column = 0; column < ClassListModel::ColumnCount; ++column) {
        if (column == ClassListModel::Name)
            continue;
        const int width = widthOf(column) + (column == ClassListModel::Logit ? bar : 0);
        setColumnHidden(column, !shown.contains(column));
        setColumnWidth(column, width);
        taken += shown.contains(column) ? width : 0;
    }
    m_delegate->setNumberWidth(widthOf(ClassListModel::Logit));
    setColumnWidth(ClassListModel::Name, std::max(room - taken, least));
}

bool ClassTableView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Resize)
        fitColumns();
    return QTableView::viewportEvent(event);
}

void ClassTableView::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (!model() || model()->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    const int margin = fontMetrics().height();
    painter.drawText(viewport()->rect().adjusted(margin, margin, -margin, -margin), Qt::AlignCenter | Qt::TextWordWrap,
                     m_classes.rowCount() == 0 ? tr("The classes of a model appear here once it is open.")
                                               : tr("No class is called so."));
}

void ClassTableView::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        emit rowActivated();
    else
        QTableView::keyPressEvent(event);
}

} // namespace ocellus
