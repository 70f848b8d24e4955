// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/evaluated_pictures_model.h"

#include <algorithm>
#include <utility>

#include <QFontMetrics>
#include <QGuiApplication>
#include <QIcon>
#include <QPixmap>

#include "ui/engine/paths.h"
#include "ui/engine/thumbnail_store.h"
#include "ui/figures/number_text.h"
#include "ui/models/menu_subject.h"

namespace ocellus {

namespace {

constexpr int itemSide = 90; ///< pixels; also before the thumbnail is there

} // namespace

EvaluatedPicturesModel::EvaluatedPicturesModel(ThumbnailStore& thumbnails, QObject* parent)
    : QAbstractListModel(parent),
      m_thumbnails(thumbnails)
{
    connect(&thumbnails, &ThumbnailStore::changed, this, [this](const std::filesystem::path& picture) {
        for (int row = 0; row < rowCount(); ++row)
            if (at(row)->picture.file.path == picture)
                emit dataChanged(index(row), index(row), {Qt::DecorationRole});
    });
}

void EvaluatedPicturesModel::setFindings(std::shared_ptr<const EvaluationFindings> findings, const QStringList& names)
{
    beginResetModel();
    m_findings = std::move(findings);
    m_names = names;
    m_shown.clear();
    endResetModel();
}

template <typename Condition>
std::vector<std::size_t> EvaluatedPicturesModel::picturesWith(Condition condition) const
{
    std::vector<std::size_t> pictures;
    if (m_findings)
        for (std::size_t i = 0; i < m_findings->pictures.size(); ++i)
            if (condition(m_findings->pictures[i].outcome))
                pictures.push_back(i);
    return pictures;
}

void EvaluatedPicturesModel::showCell(int trueClass, int named, bool bothWays)
{
    show(picturesWith([=](const PictureOutcome& outcome) {
        return (outcome.trueClass == trueClass && outcome.predicted == named) ||
               (bothWays && outcome.trueClass == named && outcome.predicted == trueClass);
    }));
}

void EvaluatedPicturesModel::showMistakesOf(int trueClass)
{
    show(picturesWith([trueClass](const PictureOutcome& outcome) {
        return outcome.trueClass == trueClass && outcome.predicted != trueClass;
    }));
}

void EvaluatedPicturesModel::show(std::vector<std::size_t> pictures)
{
    beginResetModel();
    m_shown = std::move(pictures);
    std::ranges::stable_sort(m_shown, std::greater(),
                             [this](std::size_t i) { return m_findings->pictures[i].outcome.probability; });
    endResetModel();
}

const EvaluatedOne* EvaluatedPicturesModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_findings->pictures[m_shown[static_cast<std::size_t>(row)]] : nullptr;
}

int EvaluatedPicturesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant EvaluatedPicturesModel::data(const QModelIndex& index, int role) const
{
    const EvaluatedOne* one = at(index.row());
    if (!one)
        return {};
    const QString file = toQString(one->picture.file.relative.filename());
    switch (role) {
    case Qt::DisplayRole: return fixedText(100 * one->outcome.probability, 0) + QStringLiteral(" %");
    case Qt::AccessibleTextRole: return QStringLiteral("%1, %2").arg(file, caption(*one));
    case Qt::ToolTipRole: return Qt::convertFromPlainText(QStringLiteral("%1\n%2").arg(file, caption(*one)));
    case PictureSubject: return toQString(one->picture.file.path);
    case ClassSubject: return m_isOfOpenModel ? one->outcome.predicted : -1;
    case Qt::SizeHintRole: return QSize(itemSide, itemSide + QFontMetrics(QGuiApplication::font()).height());
    case Qt::DecorationRole: {
        const QImage thumbnail = m_thumbnails.thumbnail(one->picture.file.path);
        return thumbnail.isNull() ? QVariant() : QVariant(QIcon(QPixmap::fromImage(thumbnail)));
    }
    default: return {};
    }
}

QString EvaluatedPicturesModel::caption(const EvaluatedOne& one) const
{
    const QString named = m_names.value(one.outcome.predicted), truth = m_names.value(one.outcome.trueClass);
    const QString share = fixedText(100 * one.outcome.probability, 1);
    return one.outcome.isCorrect() ? tr("%1, named rightly with %2 %").arg(truth, share)
                                   : tr("%1, named as %2 with %3 %; the truth was the model's choice number %4")
                                         .arg(truth, named, share)
                                         .arg(one.outcome.rank);
}

} // namespace ocellus
