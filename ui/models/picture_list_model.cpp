// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/picture_list_model.h"

#include <algorithm>

#include <QDir>
#include <QFile>

#include "core/data/distinct_name.h"
#include "ui/figures/number_text.h"
#include "ui/models/dragged.h"
#include "ui/models/menu_subject.h"

namespace ocellus {

namespace {

/// About 2,000 thumbnails of 160 x 120 pixels.
constexpr qsizetype ThumbnailBytes = qsizetype{160} << 20;

QString fromPath(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

QString shown(const QString& folderOrClassName)
{
    return QString::fromStdString(displayName(folderOrClassName.toStdString()));
}

} // namespace

PictureListModel::PictureListModel(QObject* parent) : QAbstractListModel(parent), m_thumbnails(ThumbnailBytes) {}

void PictureListModel::setPictures(const std::vector<ImageFile>& files)
{
    beginResetModel();
    m_items.clear();
    m_rowOfPath.clear();
    m_thumbnails.clear();
    m_asked.clear();
    append(files);
    countAll();
    m_names.clear();
    m_folders.clear();
    endResetModel();
}

int PictureListModel::addPictures(const std::vector<ImageFile>& files)
{
    if (files.empty())
        return -1;
    std::vector<ImageFile> added;
    std::unordered_set<std::string> seen;
    for (const ImageFile& file : files)
        if (!m_rowOfPath.contains(file.path.string()) && seen.insert(file.path.string()).second)
            added.push_back(file);
    if (!added.empty()) {
        const int first = rowCount();
        const bool changesNames = isNameShared(added);
        beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
        append(added);
        for (std::size_t row = static_cast<std::size_t>(first); row < m_items.size(); ++row)
            count(m_items[row], 1);
        m_names.clear();
        m_folders.clear();
        endInsertRows();
        if (changesNames)
            forgetNames();
    }
    return rowOf(files.front().path);
}

void PictureListModel::append(const std::vector<ImageFile>& files)
{
    m_items.reserve(m_items.size() + files.size());
    for (const ImageFile& file : files) {
        if (!m_rowOfPath.emplace(file.path.string(), static_cast<int>(m_items.size())).second)
            continue;
        m_items.push_back(itemOf(file));
    }
}

PictureListModel::Item PictureListModel::itemOf(const ImageFile& file) const
{
    Item item;
    item.path = file.path.string();
    item.folder = QString::fromStdString(file.className);
    item.truth = truthOf(item.folder);
    return item;
}

void PictureListModel::insertPicture(int row, const ImageFile& file)
{
    if (m_rowOfPath.contains(file.path.string()))
        return;
    row = std::clamp(row, 0, rowCount());
    beginInsertRows({}, row, row);
    m_items.insert(m_items.begin() + row, itemOf(file));
    count(m_items[static_cast<std::size_t>(row)], 1);
    indexRows();
    endInsertRows();
    forgetNames();
}

void PictureListModel::removePicture(int row)
{
    if (!contains(row))
        return;
    beginRemoveRows({}, row, row);
    const std::string key = m_items[static_cast<std::size_t>(row)].path;
    m_thumbnails.remove(key);
    m_asked.erase(key);
    count(m_items[static_cast<std::size_t>(row)], -1);
    m_items.erase(m_items.begin() + row);
    indexRows();
    endRemoveRows();
    forgetNames();
}

/// One that comes or goes can change how the others are told apart.
void PictureListModel::forgetNames()
{
    m_names.clear();
    m_folders.clear();
    if (!m_items.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {Qt::DisplayRole, Qt::AccessibleTextRole, FolderRole});
}

bool PictureListModel::isNameShared(const std::vector<ImageFile>& files) const
{
    const auto nameOf = [](const std::filesystem::path& path) {
        const std::string_view whole = path.native();
        return whole.substr(whole.rfind('/') + 1);
    };
    std::unordered_set<std::string_view> names;
    for (const ImageFile& file : files)
        names.insert(nameOf(file.path));
    return std::ranges::any_of(m_items, [&](const Item& item) { return names.contains(nameOf(item.path)); });
}

void PictureListModel::count(const Item& item, int by)
{
    if (item.truth < 0)
        return;
    m_tally.named += by;
    m_tally.waiting += item.state == State::Waiting && m_isPredictable ? by : 0;
    m_tally.failed += item.state == State::Failed ? by : 0;
    m_tally.right += verdictOf(item) == Verdict::Correct ? by : 0;
    m_tally.wrong += verdictOf(item) == Verdict::Wrong ? by : 0;
}

void PictureListModel::countAll()
{
    m_tally = {};
    for (const Item& item : m_items)
        count(item, 1);
}

const std::vector<QString>& PictureListModel::names() const
{
    if (m_names.size() != m_items.size()) {
        std::vector<std::string_view> paths;
        for (const Item& item : m_items)
            paths.emplace_back(item.path);
        m_names.clear();
        for (const std::string& name : distinctNames(paths))
            m_names.push_back(QFile::decodeName(name.c_str()));
    }
    return m_names;
}

const std::vector<QString>& PictureListModel::folders() const
{
    if (m_folders.size() != m_items.size()) {
        std::vector<std::string> folders;
        for (const Item& item : m_items)
            folders.push_back(item.path.substr(0, std::min(item.path.rfind('/'), item.path.size())));
        m_folders.clear();
        for (const std::string& name : distinctNames(std::vector<std::string_view>(folders.begin(), folders.end())))
            m_folders.push_back(QFile::decodeName(name.c_str()));
    }
    return m_folders;
}

QString PictureListModel::distinctName(const std::filesystem::path& picture) const
{
    if (const int row = rowOf(picture); row >= 0)
        return names()[static_cast<std::size_t>(row)];
    std::vector<std::string_view> paths;
    paths.reserve(m_items.size());
    for (const Item& item : m_items)
        paths.emplace_back(item.path);
    return QFile::decodeName(ocellus::distinctName(picture.native(), paths).c_str());
}

void PictureListModel::clear()
{
    setPictures({});
}

void PictureListModel::indexRows()
{
    m_rowOfPath.clear();
    for (std::size_t row = 0; row < m_items.size(); ++row)
        m_rowOfPath.emplace(m_items[row].path, static_cast<int>(row));
}

void PictureListModel::setClassTable(const ClassTable& table)
{
    m_table = table;
    m_classes = std::make_shared<const ClassFinder>(m_table);
    m_truths.clear();
    m_groundTruths.clear();
    for (Item& item : m_items)
        item.truth = truthOf(item.folder);
    countAll();
    if (!m_items.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {GroundTruthRole, TrueClassRole, VerdictRole});
}

int PictureListModel::truthOf(const QString& folder) const
{
    if (folder.isEmpty() || !m_classes)
        return -1;
    if (const auto known = m_truths.constFind(folder); known != m_truths.constEnd())
        return *known;
    const std::vector<int> meant = m_classes->meant(folder.toStdString());
    const int truth = meant.size() == 1 ? meant.front() : -1;
    m_truths.insert(folder, truth);
    return truth;
}

void PictureListModel::changed(int row, const QList<int>& roles)
{
    emit dataChanged(index(row), index(row), roles);
}

void PictureListModel::setThumbnail(int row, const QImage& thumbnail)
{
    if (!contains(row))
        return;
    const std::string key = m_items[static_cast<std::size_t>(row)].path;
    m_thumbnails.insert(key, new QImage(thumbnail), thumbnail.sizeInBytes());
    m_asked.erase(key);
    changed(row, {Qt::DecorationRole});
}

void PictureListModel::setPrediction(int row, const PicturePrediction& prediction)
{
    if (!contains(row))
        return;
    Item& item = m_items[static_cast<std::size_t>(row)];
    count(item, -1);
    item.state = State::Done;
    item.prediction = prediction;
    item.error.clear();
    count(item, 1);
    changed(row,
            {PredictionRole, ProbabilityRole, PredictedClassRole, StateRole, VerdictRole, ErrorRole, DoubtfulRole});
}

void PictureListModel::setError(int row, const QString& text)
{
    if (!contains(row))
        return;
    Item& item = m_items[static_cast<std::size_t>(row)];
    count(item, -1);
    item.state = State::Failed;
    item.prediction = {};
    item.error = text;
    count(item, 1);
    changed(row,
            {PredictionRole, ProbabilityRole, PredictedClassRole, StateRole, VerdictRole, ErrorRole, DoubtfulRole});
}

void PictureListModel::setEdited(int row, bool edited, const PicturePrediction& prediction)
{
    if (!contains(row))
        return;
    Item& item = m_items[static_cast<std::size_t>(row)];
    item.isEdited = edited;
    item.editedPrediction = edited ? prediction : PicturePrediction();
    changed(row, {EditedRole, EditedPredictionRole, EditedProbabilityRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
}

void PictureListModel::clearThumbnails()
{
    m_thumbnails.clear();
    m_asked.clear();
    if (!m_items.empty())
        emit dataChanged(index(0), index(rowCount() - 1), {Qt::DecorationRole});
}

void PictureListModel::forgetWish(int row)
{
    if (contains(row))
        m_asked.erase(m_items[static_cast<std::size_t>(row)].path);
}

void PictureListModel::setFacts(int row, const PictureFacts& facts)
{
    if (!contains(row))
        return;
    m_items[static_cast<std::size_t>(row)].facts = facts;
    changed(row, {DoubtfulRole, Qt::ToolTipRole, Qt::AccessibleTextRole});
}

PictureFacts PictureListModel::facts(int row) const
{
    return contains(row) ? m_items[static_cast<std::size_t>(row)].facts : PictureFacts();
}

void PictureListModel::clearPredictions()
{
    for (Item& item : m_items) {
        item.state = State::Waiting;
        item.prediction = {};
        item.editedPrediction = {};
        item.error.clear();
    }
    countAll();
    if (!m_items.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

void PictureListModel::setPredictable(bool predictable)
{
    if (predictable == m_isPredictable)
        return;
    m_isPredictable = predictable;
    countAll();
    if (!m_items.empty())
        emit dataChanged(index(0), index(rowCount() - 1));
}

std::filesystem::path PictureListModel::path(int row) const
{
    return contains(row) ? std::filesystem::path(m_items[static_cast<std::size_t>(row)].path) : std::filesystem::path();
}

ImageFile PictureListModel::file(int row) const
{
    if (!contains(row))
        return {};
    const Item& item = m_items[static_cast<std::size_t>(row)];
    return {item.path, std::filesystem::path(item.path).filename(), item.folder.toStdString()};
}

int PictureListModel::rowOf(const std::filesystem::path& path) const
{
    const auto found = m_rowOfPath.find(path.string());
    return found == m_rowOfPath.end() ? -1 : found->second;
}

PictureListModel::State PictureListModel::state(int row) const
{
    const State state = contains(row) ? m_items[static_cast<std::size_t>(row)].state : State::Waiting;
    return state == State::Waiting && !m_isPredictable ? State::None : state;
}

PictureListModel::Verdict PictureListModel::verdict(int row) const
{
    if (!contains(row))
        return Verdict::Unknown;
    return verdictOf(m_items[static_cast<std::size_t>(row)]);
}

PictureListModel::Verdict PictureListModel::verdictOf(const Item& item) const
{
    if (item.state != State::Done || item.truth < 0)
        return Verdict::Unknown;
    return item.truth == item.prediction.classIndex ? Verdict::Correct : Verdict::Wrong;
}

int PictureListModel::nextMisclassified(int from) const
{
    const int rows = rowCount();
    const int start = contains(from) ? from : -1;
    for (int step = 1; step <= rows; ++step) {
        const int row = (start + step) % rows;
        if (verdict(row) == Verdict::Wrong)
            return row;
    }
    return -1;
}

int PictureListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant PictureListModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Item& item = m_items[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return names()[static_cast<std::size_t>(index.row())];
    case Qt::DecorationRole: return thumbnail(index.row());
    case Qt::ToolTipRole: return toolTip(item);
    case Qt::AccessibleTextRole: return accessibleText(index.row());
    case PathRole:
    case PictureSubject: return fromPath(item.path);
    case GroundTruthRole: return groundTruth(item);
    case TrueClassRole: return item.truth;
    case PredictionRole: return item.prediction.name;
    case ProbabilityRole: return item.prediction.probability;
    case PredictedClassRole: return item.prediction.classIndex;
    case StateRole: return static_cast<int>(state(index.row()));
    case VerdictRole: return static_cast<int>(verdict(index.row()));
    case ErrorRole: return item.error;
    case DoubtfulRole: return doubt(item);
    case FolderRole: return folders()[static_cast<std::size_t>(index.row())];
    case EditedRole: return item.isEdited;
    case EditedPredictionRole: return item.editedPrediction.name;
    case EditedProbabilityRole: return item.editedPrediction.probability;
    default: return {};
    }
}

const QString& PictureListModel::groundTruth(const Item& item) const
{
    auto known = m_groundTruths.find(item.folder);
    if (known == m_groundTruths.end())
        known = m_groundTruths.insert(
            item.folder, item.truth >= 0
                             ? QString::fromStdString(m_table.entries[static_cast<std::size_t>(item.truth)].name)
                             : shown(item.folder));
    return *known;
}

bool PictureListModel::holds(int row, const QStringList& words) const
{
    if (!contains(row))
        return false;
    const Item& item = m_items[static_cast<std::size_t>(row)];
    const QString& name = names()[static_cast<std::size_t>(row)];
    const QString& truth = groundTruth(item);
    return std::ranges::all_of(words, [&](const QString& word) {
        return name.contains(word, Qt::CaseInsensitive) || truth.contains(word, Qt::CaseInsensitive) ||
               item.prediction.name.contains(word, Qt::CaseInsensitive);
    });
}

QVariant PictureListModel::thumbnail(int row) const
{
    const std::string key = m_items[static_cast<std::size_t>(row)].path;
    if (const QImage* image = m_thumbnails.object(key))
        return *image;
    if (m_asked.insert(key).second)
        emit thumbnailWanted(row);
    return {};
}

QString PictureListModel::accessibleText(int row) const
{
    const Item& item = m_items[static_cast<std::size_t>(row)];
    QStringList parts{names()[static_cast<std::size_t>(row)]};
    if (state(row) == State::Waiting)
        parts << tr("not classified yet");
    if (item.state == State::Failed)
        parts << tr("error: %1").arg(item.error);
    if (item.state == State::Done)
        parts
            << tr("predicted %1, probability %2").arg(item.prediction.name, fixedText(item.prediction.probability, 2));
    if (verdict(row) == Verdict::Correct)
        parts << tr("as its folder says");
    if (verdict(row) == Verdict::Wrong)
        parts << tr("its folder says %1").arg(index(row).data(GroundTruthRole).toString());
    return (parts + editOf(item) + remarksOf(item)).join(QStringLiteral(", "));
}

QString PictureListModel::toolTip(const Item& item) const
{
    const QString path = QDir::toNativeSeparators(fromPath(item.path));
    const QStringList lines = QStringList(path) + editOf(item) + remarksOf(item);
    return (item.error.isEmpty() ? lines : lines + QStringList(item.error)).join(QLatin1Char('\n'));
}

QString PictureListModel::notAskedText()
{
    return tr("edited: not asked yet");
}

QStringList PictureListModel::editOf(const Item& item)
{
    if (!item.isEdited)
        return {};
    if (item.editedPrediction.classIndex < 0)
        return {item.state == State::None ? tr("edited") : notAskedText()};
    return {tr("edited: predicted %1, probability %2")
                .arg(item.editedPrediction.name, fixedText(item.editedPrediction.probability, 2))};
}

QString PictureListModel::doubt(const Item& item)
{
    if (!item.facts.damage.empty())
        return tr("damaged file");
    if (item.facts.isDoubtful())
        return tr("nearly black");
    return item.prediction.isUnusual ? tr("unlike the training pictures") : QString();
}

QStringList PictureListModel::remarksOf(const Item& item)
{
    QStringList lines;
    if (item.prediction.isUnusual)
        lines << tr("unlike anything the model was trained on, by the threshold that it keeps");
    for (const std::string& remark : remarks(item.facts))
        lines << QString::fromStdString(remark);
    return lines;
}

Qt::ItemFlags PictureListModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags common = QAbstractListModel::flags(index);
    return index.isValid() ? common | Qt::ItemIsDragEnabled : common;
}

QStringList PictureListModel::mimeTypes() const
{
    return pictureDragTypes();
}

QMimeData* PictureListModel::mimeData(const QModelIndexList& indexes) const
{
    std::vector<std::filesystem::path> pictures;
    for (const QModelIndex& index : indexes)
        pictures.push_back(path(index.row()));
    return dragOfPictures(pictures);
}

} // namespace ocellus
