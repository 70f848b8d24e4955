// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prediction/prediction_table_model.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>
#include <QPixmap>

#include "ui/engine/paths.h"
#include "ui/engine/thumbnail_store.h"
#include "ui/figures/number_text.h"
#include "ui/models/menu_subject.h"

namespace ocellus {

namespace {

constexpr double sureFrom = 0.9;
constexpr int thumbnailSide = 56; ///< pixels

QString percentText(double share)
{
    return fixedText(100 * share, 1) + QStringLiteral(" %");
}

} // namespace

PredictionTableModel::PredictionTableModel(ThumbnailStore& thumbnails, QObject* parent)
    : QAbstractTableModel(parent),
      m_thumbnails(thumbnails)
{
    connect(&thumbnails, &ThumbnailStore::changed, this, [this](const std::filesystem::path& picture) {
        const auto [begin, end] = m_rows.equal_range(picture.string());
        for (auto row = begin; row != end; ++row)
            emit dataChanged(index(row->second, Picture), index(row->second, Picture), {Qt::DecorationRole});
    });
}

void PredictionTableModel::setSheet(const PredictionSheet& sheet)
{
    beginResetModel();
    m_sheet = sheet;
    m_rows.clear();
    for (int row = 0; row < rowCount(); ++row)
        m_rows.emplace(at(row).path.string(), row);
    m_undo.clear();
    m_names.clear();
    for (int i = 0; i < sheet.table.count(); ++i) {
        const CheckedName name = checkedName(sheet.table, i);
        m_names += QString::fromStdString(name.vernacular.empty() ? name.scientific : name.vernacular);
    }
    endResetModel();
}

void PredictionTableModel::add(const PredictedPicture& picture)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_sheet.pictures.push_back(picture);
    m_rows.emplace(picture.path.string(), row);
    endInsertRows();
}

void PredictionTableModel::setIsOfOpenModel(bool isOf)
{
    m_isOfOpenModel = isOf;
}

void PredictionTableModel::remember(int row)
{
    m_undo.push_back({row, at(row).prediction.checked, at(row).checkedClass});
}

void PredictionTableModel::tell(int row)
{
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    emit corrected();
}

void PredictionTableModel::confirm(int row)
{
    if (row < 0 || row >= rowCount() || !at(row).isNamed() || at(row).isChecked())
        return;
    remember(row);
    check(at(row), m_sheet.table, at(row).prediction.classIndex);
    tell(row);
}

void PredictionTableModel::correct(int row, const QString& species)
{
    if (row < 0 || row >= rowCount() || !at(row).isNamed())
        return;
    const QString name = species.simplified();
    if (name.isEmpty()) {
        takeBack(row);
        return;
    }
    remember(row);
    PredictedPicture& picture = at(row);
    for (int i = 0; i < m_sheet.table.count(); ++i) {
        const CheckedName of = checkedName(m_sheet.table, i);
        if (name.compare(m_names[i], Qt::CaseInsensitive) == 0 ||
            name.compare(QString::fromStdString(of.scientific), Qt::CaseInsensitive) == 0) {
            check(picture, m_sheet.table, i);
            tell(row);
            return;
        }
    }
    check(picture, name.toStdString());
    tell(row);
}

void PredictionTableModel::takeBack(int row)
{
    if (row < 0 || row >= rowCount() || !at(row).isChecked())
        return;
    remember(row);
    at(row).prediction.checked.reset();
    at(row).checkedClass.reset();
    tell(row);
}

int PredictionTableModel::undo()
{
    if (m_undo.empty())
        return -1;
    const Said said = m_undo.back();
    m_undo.pop_back();
    at(said.row).prediction.checked = said.checked;
    at(said.row).checkedClass = said.checkedClass;
    tell(said.row);
    return said.row;
}

int PredictionTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_sheet.pictures.size());
}

int PredictionTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

/// What it is by a human, else by the model.
QString PredictionTableModel::speciesOf(const PredictedPicture& picture) const
{
    if (picture.checkedClass)
        return m_names.value(*picture.checkedClass);
    if (picture.isChecked())
        return QString::fromStdString(picture.prediction.checked->scientific);
    return m_names.value(picture.prediction.classIndex);
}

QString PredictionTableModel::text(const PredictedPicture& picture, int column) const
{
    const NamedPrediction& prediction = picture.prediction;
    if (column == Picture)
        return QString::fromStdString(prediction.picture);
    if (!picture.isNamed())
        return column == Species ? tr("not read") : QString();
    switch (column) {
    case Species: return speciesOf(picture);
    case Probability: return percentText(prediction.probability);
    case Second:
        return prediction.second
                   ? tr("%1, %2").arg(m_names.value(*prediction.second), percentText(prediction.secondProbability))
                   : QString();
    case Unusual: return !prediction.isUnusual ? QStringLiteral("–") : *prediction.isUnusual ? tr("unusual") : tr("no");
    default:
        return picture.isCorrected() ? tr("corrected from %1").arg(m_names.value(prediction.classIndex))
               : picture.isChecked() ? tr("confirmed")
                                     : QString();
    }
}

QVariant PredictionTableModel::sortKey(const PredictedPicture& picture, int column) const
{
    switch (column) {
    case Probability: return picture.isNamed() ? picture.prediction.probability : -1.0;
    case Second: return picture.isNamed() ? picture.prediction.secondProbability : -1.0;
    case Unusual: return picture.prediction.isUnusual == true ? 0 : 1;
    case Checked: return picture.isCorrected() ? 0 : picture.isChecked() ? 1 : 2;
    default: return text(picture, column);
    }
}

QVariant PredictionTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const PredictedPicture& picture = at(index.row());
    switch (role) {
    case Qt::DisplayRole: return text(picture, index.column());
    case Qt::EditRole: return index.column() == Species ? QVariant(speciesOf(picture)) : QVariant();
    case Qt::ToolTipRole:
        return Qt::convertFromPlainText(!picture.isNamed()          ? QString::fromStdString(picture.failure)
                                        : index.column() == Picture ? toQString(picture.path)
                                                                    : text(picture, index.column()));
    case SortRole: return sortKey(picture, index.column());
    case PathRole:
    case PictureSubject: return toQString(picture.path);
    case ClassSubject:
        return m_isOfOpenModel && picture.isNamed() ? picture.checkedClass.value_or(picture.prediction.classIndex) : -1;
    case UnusualRole: return picture.prediction.isUnusual == true;
    case UnsureRole: return picture.isNamed() && picture.prediction.probability < sureFrom;
    case CheckedRole: return picture.isChecked();
    case CorrectedRole: return picture.isCorrected();
    case FailedRole: return !picture.isNamed();
    case Qt::TextAlignmentRole:
        return index.column() == Probability ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold((index.column() == Species && picture.isChecked()) ||
                     (index.column() == Unusual && picture.prediction.isUnusual == true));
        return font;
    }
    case Qt::ForegroundRole:
        return picture.isNamed() ? QVariant() : QVariant(QGuiApplication::palette().color(QPalette::PlaceholderText));
    case Qt::DecorationRole: {
        if (index.column() != Picture)
            return {};
        const QImage thumbnail = m_thumbnails.thumbnail(picture.path);
        return thumbnail.isNull() ? QVariant()
                                  : QVariant(QPixmap::fromImage(thumbnail.scaled(
                                        thumbnailSide, thumbnailSide, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
    }
    default: return {};
    }
}

bool PredictionTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || index.column() != Species || !at(index.row()).isNamed())
        return false;
    correct(index.row(), value.toString());
    return true;
}

Qt::ItemFlags PredictionTableModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags common = QAbstractTableModel::flags(index);
    const bool isEditable = index.isValid() && index.column() == Species && at(index.row()).isNamed();
    return isEditable ? common | Qt::ItemIsEditable : common;
}

QVariant PredictionTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == Unusual)
        return tr("Unlike anything the model was trained on, by the threshold that it keeps; – where it keeps none");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Picture: return tr("Picture");
    case Species: return tr("Species");
    case Probability: return tr("Probability");
    case Second: return tr("Second best");
    case Unusual: return tr("Unusual");
    default: return tr("By hand");
    }
}

} // namespace ocellus
