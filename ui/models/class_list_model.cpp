// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/class_list_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QSet>

#include "core/analysis/similarity.h"
#include "ui/figures/number_text.h"
#include "ui/figures/shown_text.h"
#include "ui/models/dragged.h"
#include "ui/models/menu_subject.h"

namespace ocellus {

namespace {

const QString Missing = QStringLiteral("\u2013");

QString probabilityText(float probability)
{
    if (probability > 0 && probability < 0.0005f)
        return QStringLiteral("<") + fixedText(0.001, 3);
    return fixedText(probability, 3);
}

QString changeText(float change)
{
    const QString text = fixedText(std::abs(change), 2);
    if (std::abs(change) < 0.005f)
        return text;
    return (change > 0 ? QStringLiteral("+") : QStringLiteral("\u2212")) + text;
}

} // namespace

ClassListModel::ClassListModel(QObject* parent) : QAbstractTableModel(parent) {}

void ClassListModel::setTable(const ClassTable& table)
{
    m_table = table;
    m_names.clear();
    update();
}

void ClassListModel::setDecodings(std::shared_ptr<const Decoding> shown, std::shared_ptr<const Decoding> full,
                                  std::shared_ptr<const Decoding> before)
{
    m_shown = std::move(shown);
    m_full = std::move(full);
    m_before = std::move(before);
    update();
}

int ClassListModel::countRows() const
{
    if (const Decoding* decoding = m_shown ? m_shown.get() : m_full.get())
        return std::max(decoding->extent().classes, 0);
    return m_table.count();
}

void ClassListModel::update()
{
    const int rows = countRows();
    const bool reset = rows != m_rows;
    if (reset)
        beginResetModel();
    m_rows = rows;
    m_shownNumbers = numbersOf(m_shown.get(), rows);
    m_fullNumbers = numbersOf(m_full.get(), rows);
    m_beforeNumbers = numbersOf(m_before.get(), rows);
    updateBarRange();
    if (m_names.size() != rows)
        updateNames();
    if (rows > 0) {
        m_active = valid(m_active);
        m_pinned = valid(m_pinned);
    }
    updateMarks();
    if (reset)
        endResetModel();
    else if (rows > 0)
        emit dataChanged(index(0, 0), index(rows - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1); // what the change is against
}

void ClassListModel::updateNames()
{
    m_names.clear();
    QStringList texts;
    for (int row = 0; row < m_rows; ++row) {
        const QString number = QString::number(row);
        if (hasNames()) {
            const auto& entry = m_table.entries[static_cast<std::size_t>(row)];
            m_names << QString::fromStdString(entry.name);
            texts << m_names.last() + QLatin1Char(' ') + QString::fromStdString(entry.latin) + QLatin1Char(' ') +
                         number;
        } else {
            m_names << number;
            texts << number;
        }
    }
    m_search.setTexts(texts);
    emit namesChanged();
}

void ClassListModel::updateMarks()
{
    const auto marks = [this](const QList<int>& classes) {
        std::vector<bool> flags(static_cast<std::size_t>(m_rows));
        for (const int classIndex : classes)
            if (classIndex < m_rows)
                flags[static_cast<std::size_t>(classIndex)] = true;
        return flags;
    };
    m_isActive = marks(m_active);
    m_isPinned = marks(m_pinned);
}

std::vector<ClassListModel::Numbers> ClassListModel::numbersOf(const Decoding* decoding, int classes)
{
    std::vector<Numbers> numbers(static_cast<std::size_t>(classes));
    if (!decoding || !decoding->hasLogits())
        return numbers;
    const QuerySet& set = decoding->querySet();
    std::vector<bool> isActive(static_cast<std::size_t>(classes), set.mode != LimitMode::Zero);
    if (set.mode == LimitMode::Zero)
        for (const int classIndex : set.active)
            if (classIndex >= 0 && classIndex < classes)
                isActive[static_cast<std::size_t>(classIndex)] = true;
    int rank = 0;
    for (const int position : decoding->ranking()) {
        const auto at = static_cast<std::size_t>(position);
        const auto classIndex = static_cast<std::size_t>(decoding->classes().at(at));
        if (classIndex >= numbers.size())
            continue;
        const bool takesPart = isActive[classIndex];
        numbers[classIndex] = {takesPart ? ++rank : 0, true, !takesPart, decoding->logits().at(at),
                               decoding->probabilities().at(at)};
    }
    return numbers;
}

void ClassListModel::updateBarRange()
{
    m_barRange = {0, 0};
    for (int row = 0; row < m_rows; ++row) {
        const ClassBar values = bar(row);
        for (const std::optional<float>& value : {values.logit, values.full, values.before}) {
            if (!value)
                continue;
            m_barRange.low = std::min(m_barRange.low, *value);
            m_barRange.high = std::max(m_barRange.high, *value);
        }
    }
}

QList<int> ClassListModel::valid(const QList<int>& classes) const
{
    QList<int> kept;
    QSet<int> seen;
    for (const int classIndex : classes) {
        const bool inRange = classIndex >= 0 && (m_rows == 0 || classIndex < m_rows);
        if (!inRange || seen.contains(classIndex))
            continue;
        seen.insert(classIndex);
        kept.append(classIndex);
    }
    return kept;
}

void ClassListModel::setActive(const QList<int>& classes)
{
    m_active = valid(classes);
    updateMarks();
    if (m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1), {Qt::CheckStateRole, ActiveRole});
}

void ClassListModel::setPinned(const QList<int>& classes)
{
    m_pinned = valid(classes);
    updateMarks();
    if (m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1));
}

bool ClassListModel::isPinned(int classIndex) const
{
    return classIndex >= 0 && classIndex < m_rows && m_isPinned[static_cast<std::size_t>(classIndex)];
}

bool ClassListModel::isActive(int classIndex) const
{
    return classIndex >= 0 && classIndex < m_rows && m_isActive[static_cast<std::size_t>(classIndex)];
}

bool ClassListModel::isExcluded(int classIndex) const
{
    return classIndex >= 0 && classIndex < m_rows && m_shownNumbers[static_cast<std::size_t>(classIndex)].isExcluded;
}

bool ClassListModel::hasChanges(int column) const
{
    const Decoding* with = column == Change ? m_full.get() : column == EditChange ? m_before.get() : nullptr;
    return with && m_shown && with != m_shown.get() && hasScores();
}

QString ClassListModel::withoutText() const
{
    const bool isByHand = m_shown && !m_shown->intervention().empty();
    if (!isByHand)
        return tr("without the limit");
    return m_shown->querySet().mode == LimitMode::All ? tr("without the changes by hand")
                                                      : tr("without the limit and the changes by hand");
}

bool ClassListModel::hasNames() const
{
    return m_rows > 0 && m_table.count() == m_rows;
}

QString ClassListModel::className(int classIndex) const
{
    return m_names.value(classIndex);
}

QList<int> ClassListModel::topClasses(int count) const
{
    QList<int> top;
    if (const Decoding* decoding = unlimited(); decoding && decoding->hasLogits())
        for (const int position : decoding->ranking()) {
            if (top.size() >= count)
                break;
            top.append(decoding->classes().at(static_cast<std::size_t>(position)));
        }
    return top;
}

QList<int> ClassListModel::similarClasses(int classIndex, int count) const
{
    const Decoding* decoding = unlimited();
    if (!decoding || classIndex < 0 || classIndex >= m_rows || !decoding->hasClass(classIndex))
        return {};
    const std::vector<int> similar = mostSimilar(*decoding, classIndex, count);
    return {similar.begin(), similar.end()};
}

int ClassListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int ClassListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const int row = index.row();
    const int column = index.column();
    const auto at = static_cast<std::size_t>(row);
    switch (role) {
    case Qt::DisplayRole: return displayData(row, column);
    case Qt::ToolTipRole: return toolTip(row);
    case Qt::AccessibleTextRole: return accessibleText(row, column);
    case Qt::TextAlignmentRole:
        return QVariant(column == Name ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::CheckStateRole:
        return column == Name && hasScores() ? QVariant(m_isActive[at] ? Qt::Checked : Qt::Unchecked) : QVariant();
    case ClassIndexRole:
    case ClassSubject: return row;
    case ActiveRole: return static_cast<bool>(m_isActive[at]);
    case PinnedRole: return static_cast<bool>(m_isPinned[at]);
    case LatinRole: return hasNames() ? QString::fromStdString(m_table.entries[at].latin) : QString();
    case ExcludedRole: return isExcluded(row);
    default: return {};
    }
}

QVariant ClassListModel::displayData(int classIndex, int column) const
{
    const Numbers& numbers = m_shownNumbers[static_cast<std::size_t>(classIndex)];
    switch (column) {
    case Rank: {
        const QString rank = numbers.rank > 0 ? QString::number(numbers.rank) : Missing;
        return isPinned(classIndex) ? QStringLiteral("\u2605 ") + rank : rank;
    }
    case Name: return m_names[classIndex];
    case Logit: return numbers.isKnown ? fixedText(numbers.logit, 2) : Missing;
    case Probability: return numbers.isKnown ? probabilityText(numbers.probability) : Missing;
    case Change:
    case EditChange: {
        const auto difference = change(classIndex, column);
        return difference ? changeText(*difference) : Missing;
    }
    default: return {};
    }
}

double ClassListModel::sortNumber(int classIndex, int column) const
{
    constexpr double None = std::numeric_limits<double>::quiet_NaN();
    const Numbers& numbers = m_shownNumbers[static_cast<std::size_t>(classIndex)];
    if (column == Name)
        return classIndex;
    if (column == Change || column == EditChange)
        return static_cast<double>(change(classIndex, column).value_or(std::numeric_limits<float>::quiet_NaN()));
    if (!numbers.isKnown || std::isnan(numbers.logit))
        return None;
    switch (column) {
    case Rank: return numbers.rank > 0 ? numbers.rank : None;
    case Logit: return static_cast<double>(numbers.logit);
    case Probability: return static_cast<double>(numbers.probability);
    default: return None;
    }
}

QString ClassListModel::accessibleText(int classIndex, int column) const
{
    if (column != Name) {
        const QString text = displayData(classIndex, column).toString();
        if (text.endsWith(Missing))
            return tr("no value");
        return column == Logit ? (QStringList(text) + comparisons(classIndex)).join(QStringLiteral(", ")) : text;
    }
    QString text = m_names[classIndex];
    if (m_isActive[static_cast<std::size_t>(classIndex)])
        text = tr("%1, checked").arg(text);
    if (isPinned(classIndex))
        text = tr("%1, pinned").arg(text);
    return isExcluded(classIndex) ? tr("%1, excluded by the limit").arg(text) : text;
}

QString ClassListModel::toolTip(int classIndex) const
{
    const auto at = static_cast<std::size_t>(classIndex);
    QStringList lines;
    if (hasNames()) {
        lines << m_names[classIndex];
        if (!m_table.entries[at].latin.empty())
            lines << QString::fromStdString(m_table.entries[at].latin);
    }
    lines << (hasScores() ? tr("Index in the model: %1").arg(classIndex)
                          : tr("A token of the backbone, and no class: it has maps, but no score"));
    lines += comparisons(classIndex);
    if (m_shown && m_shownNumbers[at].isExcluded)
        lines << tr("Excluded by the limit: a zero vector stands in its place, so its numbers are those of no class");
    else if (m_shown && hasScores() && !m_shownNumbers[at].isKnown)
        lines << tr("Left out of the decoder by the limit");
    return lines.join(QLatin1Char('\n'));
}

/// What the bar's outlines stand for, in words.
QStringList ClassListModel::comparisons(int classIndex) const
{
    const auto at = static_cast<std::size_t>(classIndex);
    const auto told = [](const QString& where, const Numbers& numbers) {
        return where.arg(numbers.rank).arg(fixedText(numbers.logit, 2)).arg(probabilityText(numbers.probability));
    };
    QStringList lines;
    if (hasChanges(Change) && m_fullNumbers[at].rank > 0)
        lines << told(tr("%1: rank %2, logit %3, probability %4").arg(atBeginning(withoutText())), m_fullNumbers[at]);
    if (hasChanges(EditChange) && m_beforeNumbers[at].rank > 0)
        lines << told(tr("Before the edits: rank %1, logit %2, probability %3"), m_beforeNumbers[at]);
    return lines;
}

/// With what the class's logit can be compared: an excluded one's is a zero vector's.
std::optional<float> ClassListModel::reference(const std::vector<Numbers>& numbers, int classIndex) const
{
    const auto at = static_cast<std::size_t>(classIndex);
    const bool comparable = m_shownNumbers[at].rank > 0 && numbers[at].rank > 0 && std::isfinite(numbers[at].logit);
    return comparable ? std::optional(numbers[at].logit) : std::nullopt;
}

std::optional<float> ClassListModel::change(int classIndex, int column) const
{
    if (!hasChanges(column))
        return {};
    const auto from = reference(column == Change ? m_fullNumbers : m_beforeNumbers, classIndex);
    return from ? std::optional(m_shownNumbers[static_cast<std::size_t>(classIndex)].logit - *from) : std::nullopt;
}

ClassBar ClassListModel::bar(int classIndex) const
{
    ClassBar bar;
    if (classIndex < 0 || classIndex >= m_rows)
        return bar;
    const Numbers& shown = m_shownNumbers[static_cast<std::size_t>(classIndex)];
    if (shown.isKnown && std::isfinite(shown.logit))
        bar.logit = shown.logit;
    if (hasChanges(Change))
        bar.full = reference(m_fullNumbers, classIndex);
    if (hasChanges(EditChange))
        bar.before = reference(m_beforeNumbers, classIndex);
    return bar;
}

bool ClassListModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::CheckStateRole || !checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != Name)
        return false;
    const int row = index.row();
    const bool checked = value.toInt() == Qt::Checked;
    if (checked == m_isActive[static_cast<std::size_t>(row)])
        return true;
    if (checked)
        m_active.append(row);
    else
        m_active.removeOne(row);
    m_isActive[static_cast<std::size_t>(row)] = checked;
    emit dataChanged(this->index(row, 0), this->index(row, ColumnCount - 1), {Qt::CheckStateRole, ActiveRole});
    emit activeChanged(m_active);
    return true;
}

QVariant ClassListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    struct Header {
        QString title;
        QString toolTip;
    };
    const Header headers[] = {
        {tr("Rank"), tr("Rank: 1 has the highest logit. A star marks pinned classes.")},
        hasScores() ? Header{tr("Name"), tr("Class name; checked classes take part in a limit")}
                    : Header{tr("Token"), tr("What looks at the picture: the model has no classes")},
        {tr("Logit"), tr("The model's raw score of the class, with a bar from 0. Logits of one picture can be compared "
                         "with each other; the scores on the tiles only within one class.")},
        {tr("p"), tr("Probability: softmax over the logits of the classes in the decoder")},
        {m_shown && !m_shown->intervention().empty() ? tr("\u0394 by hand") : tr("\u0394 limit"),
         tr("Change of the logit against the same picture %1").arg(withoutText())},
        {tr("\u0394 edit"), tr("Change of the logit against the picture without its edits")},
    };
    if (role == Qt::DisplayRole)
        return headers[section].title;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return headers[section].toolTip;
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == Name ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags ClassListModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags common = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return common;
    return common | Qt::ItemNeverHasChildren | Qt::ItemIsDragEnabled |
           (index.column() == Name && hasScores() ? Qt::ItemIsUserCheckable : Qt::NoItemFlags);
}

QStringList ClassListModel::mimeTypes() const
{
    return classDragTypes();
}

QMimeData* ClassListModel::mimeData(const QModelIndexList& indexes) const
{
    QList<int> classes;
    for (const QModelIndex& index : indexes)
        if (!classes.contains(index.row()))
            classes << index.row();
    return dragOfClasses(classes);
}

} // namespace ocellus
