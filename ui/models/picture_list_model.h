// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <QAbstractListModel>
#include <QCache>
#include <QHash>
#include <QImage>
#include <QString>

#include "core/data/class_matching.h"
#include "core/data/image_folder.h"
#include "core/image/picture_facts.h"

namespace ocellus {

/// The best class of a picture, for its badge.
struct PicturePrediction {
    int classIndex = -1;
    QString name;
    double probability = 0;
    bool isUnusual = false; ///< unlike anything the model was trained on, by the threshold that it keeps
};

/// The open pictures with thumbnail, ground truth and prediction.
///
/// Thumbnails are kept within a byte budget: the model asks for those that a view shows and it does not hold.
class PictureListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum class State { Waiting, Done, Failed, None }; ///< None: there is no prediction to wait for
    enum class Verdict { Unknown, Correct, Wrong };   ///< Unknown: no prediction, or the folder is no class's name
    /// How many pictures there are of each kind. All but `named` are of the named.
    struct Tally {
        int named = 0; ///< whose folder names a class
        int waiting = 0, failed = 0, right = 0, wrong = 0;
    };
    enum Role {
        PathRole = Qt::UserRole + 1, ///< QString
        GroundTruthRole,             ///< QString: the folder's class, or its own name; empty where there is none
        TrueClassRole,               ///< int: the folder's class, -1 where it is none's name
        PredictionRole,              ///< QString: name, empty before
        ProbabilityRole,             ///< double
        PredictedClassRole,          ///< int, -1 before
        StateRole,                   ///< State as int
        VerdictRole,                 ///< Verdict as int
        ErrorRole,                   ///< QString, empty where nothing failed
        DoubtfulRole,         ///< QString: "damaged file", "nearly black" or "unlike the training pictures", else empty
        FolderRole,           ///< QString: where the file lies, by as many folders as tell it from the others
        EditedRole,           ///< bool: there are edits, of which at least one is on
        EditedPredictionRole, ///< QString: what it is taken for with its edits, empty before
        EditedProbabilityRole ///< double
    };

    explicit PictureListModel(QObject* parent = nullptr);

    void setPictures(const std::vector<ImageFile>& files);
    /// Those already in the list are left out. Returns the row of the first file given, -1 for none.
    int addPictures(const std::vector<ImageFile>& files);
    void removePicture(int row);
    /// Before that row, or at the end; not one that is in the list.
    void insertPicture(int row, const ImageFile& file);
    void clear();

    /// Names that folders are matched with; verdicts follow.
    void setClassTable(const ClassTable& table);

    // Rows outside the list are ignored: results can come after their picture has gone. Look rows up by path.
    void setThumbnail(int row, const QImage& thumbnail);
    /// They are asked for again as they are shown: pictures are read otherwise now.
    void clearThumbnails();
    /// Its thumbnail does not come: it is asked for again when it is shown.
    void forgetWish(int row);
    void setFacts(int row, const PictureFacts& facts); ///< of its file
    PictureFacts facts(int row) const;                 ///< what is known of it yet
    void setPrediction(int row, const PicturePrediction& prediction);
    void setError(int row, const QString& text);
    /// Whether the picture has edits, and what it is taken for with them, where that is known.
    void setEdited(int row, bool edited, const PicturePrediction& prediction = {});
    /// Of a picture whose edits the model has not seen.
    static QString notAskedText();
    /// All predictions and errors are forgotten: another model is open.
    void clearPredictions();

    /// False for a model without classes, whose pictures wait for nothing.
    void setPredictable(bool predictable);
    bool isPredictable() const { return m_isPredictable; }

    /// Empty outside the list.
    std::filesystem::path path(int row) const;
    /// distinctName() among the list, for the list itself, captions and tables.
    QString distinctName(const std::filesystem::path& picture) const;
    /// As it was added; without a path outside the list.
    ImageFile file(int row) const;
    /// -1 where the path is not in the list.
    int rowOf(const std::filesystem::path& path) const;
    State state(int row) const;
    Verdict verdict(int row) const;
    const Tally& tally() const { return m_tally; }
    /// Whether the words are all in its name, its folder's class or its prediction.
    bool holds(int row, const QStringList& words) const;
    /// The next row whose prediction is wrong, after `from` and around the end; -1 where there is none.
    int nextMisclassified(int from) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;

signals:
    /// A view showed the row and there is no thumbnail; emitted once until setThumbnail() answers.
    void thumbnailWanted(int row) const;

private:
    struct Item {
        std::string path; ///< a path that is taken apart needs ten times as much memory
        QString folder;   ///< ImageFile::className
        int truth = -1;   ///< class of the folder, -1 where it is none
        State state = State::Waiting;
        PicturePrediction prediction;
        QString error;
        PictureFacts facts;
        bool isEdited = false;
        PicturePrediction editedPrediction; // no class where it is not known
    };

    bool contains(int row) const { return row >= 0 && row < static_cast<int>(m_items.size()); }
    Item itemOf(const ImageFile& file) const;
    void append(const std::vector<ImageFile>& files);
    void indexRows();
    void forgetNames();
    bool isNameShared(const std::vector<ImageFile>& files) const;
    Verdict verdictOf(const Item& item) const;
    void count(const Item& item, int by);
    void countAll();
    const QString& groundTruth(const Item& item) const;
    const std::vector<QString>& names() const;
    const std::vector<QString>& folders() const;
    int truthOf(const QString& folder) const;
    void changed(int row, const QList<int>& roles);
    QVariant thumbnail(int row) const;
    QString accessibleText(int row) const;
    QString toolTip(const Item& item) const;
    static QStringList editOf(const Item& item);
    static QString doubt(const Item& item);
    static QStringList remarksOf(const Item& item);

    std::vector<Item> m_items;
    Tally m_tally;
    bool m_isPredictable = true;
    std::unordered_map<std::string, int> m_rowOfPath;
    std::shared_ptr<const ClassFinder> m_classes; ///< none before the first table
    ClassTable m_table;
    mutable QHash<QString, int> m_truths;             ///< of folders, as far as they were asked for
    mutable QHash<QString, QString> m_groundTruths;   ///< the same, in words
    mutable std::vector<QString> m_names;             ///< one a row, made when one is asked for
    mutable std::vector<QString> m_folders;           ///< the same
    mutable QCache<std::string, QImage> m_thumbnails; ///< cost in bytes
    mutable std::unordered_set<std::string> m_asked;  ///< thumbnails that are on their way
};

} // namespace ocellus
