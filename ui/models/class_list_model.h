// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QAbstractTableModel>
#include <QList>

#include "core/analysis/map_image.h"
#include "core/data/class_table.h"
#include "core/engine/decoding.h"
#include "ui/models/class_search.h"

namespace ocellus {

/// What is drawn of one class's logits on one scale for all rows.
struct ClassBar {
    std::optional<float> logit;
    std::optional<float> full;   ///< without the limit, where there is one
    std::optional<float> before; ///< of the picture without its edits, where there are any
};

/// The model's classes with what the decoder says about them; row r is class r, sorting is the proxy's.
///
/// The table's names are shown only where its count equals the decoding's: otherwise the classes are numbered.
/// Setters emit no activeChanged or pinnedChanged; checking a row (setData) does.
class ClassListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Rank, Name, Logit, Probability, Change, EditChange, ColumnCount };
    enum Role {
        ClassIndexRole = Qt::UserRole + 1, ///< int, the model's own index from 0
        ActiveRole,                        ///< bool
        PinnedRole,                        ///< bool
        LatinRole,                         ///< QString, empty where the table has none
        ExcludedRole                       ///< bool: see isExcluded()
    };

    explicit ClassListModel(QObject* parent = nullptr);

    /// An empty table: classes are numbered.
    void setTable(const ClassTable& table);

    /// `shown`: the query set that is on, null before the first. `full`: the same picture without a limit, `before`:
    /// the picture without its edits, for the columns of changes; null where there is nothing to compare with. Active
    /// and pinned classes that are no longer there are dropped.
    void setDecodings(std::shared_ptr<const Decoding> shown, std::shared_ptr<const Decoding> full,
                      std::shared_ptr<const Decoding> before = nullptr);

    /// In the user's order; indices outside [0, rowCount()) and repetitions are left out. While the list is empty,
    /// indices wait for its rows.
    void setActive(const QList<int>& classes);
    void setPinned(const QList<int>& classes);
    const QList<int>& active() const { return m_active; }
    const QList<int>& pinned() const { return m_pinned; }
    bool isPinned(int classIndex) const;
    bool isActive(int classIndex) const;
    /// Its query was a zero vector (`zero`) in what is shown: its logit is that of no class, and takes no rank.
    bool isExcluded(int classIndex) const;
    /// Whether the changes of a column are known of any class: false in a column of something else.
    bool hasChanges(int column) const;
    /// What the changes of a limit are against: "without the limit", "without the changes by hand" or both.
    QString withoutText() const;
    /// Whether classes have logits; false where they are tokens of a bare backbone.
    bool hasScores() const { return !m_shown || m_shown->hasLogits(); }
    /// How many classes share the probabilities that are shown; 0 before a decoding, and without scores.
    int sharing() const { return m_shown && hasScores() ? static_cast<int>(m_shown->classes().size()) : 0; }

    ClassBar bar(int classIndex) const;
    /// Holds 0 and every value of all bars.
    Range barRange() const { return m_barRange; }

    /// True where the names come from a table that fits the decoding.
    bool hasNames() const;
    /// Name without index, or the number where no table fits; empty outside [0, rowCount()).
    QString className(int classIndex) const;
    const QStringList& classNames() const { return m_names; } ///< by class
    /// One flag a row, as ClassSearch::find says of names, Latin names and indices.
    std::vector<bool> find(const QString& query) const { return m_search.find(query); }
    /// What a row is sorted by in a column of numbers; NaN where it has no value. Unnamed classes are numbers in the
    /// column of names too.
    double sortNumber(int classIndex, int column) const;
    /// Best first, by the decoding without a limit where known; empty before a decoding.
    QList<int> topClasses(int count) const;
    /// By the decoder's outputs without a limit where known, most similar first, without the class itself.
    QList<int> similarClasses(int classIndex, int count) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QModelIndexList& indexes) const override;

signals:
    /// Also where rows came or went; before modelReset and dataChanged.
    void namesChanged();
    /// The user checked or unchecked a class.
    void activeChanged(const QList<int>& classes);

private:
    /// What one class gets from one decoding.
    struct Numbers {
        int rank = 0; ///< from 1, among those that are not excluded; 0 for those that are, or have no logit
        bool isKnown = false;
        bool isExcluded = false;
        float logit = 0;
        float probability = 0;
    };

    static std::vector<Numbers> numbersOf(const Decoding* decoding, int classes);
    int countRows() const;
    void update();
    void updateNames();
    void updateMarks();
    QList<int> valid(const QList<int>& classes) const;
    QVariant displayData(int classIndex, int column) const;
    QString accessibleText(int classIndex, int column) const;
    QString toolTip(int classIndex) const;
    QStringList comparisons(int classIndex) const;
    std::optional<float> reference(const std::vector<Numbers>& numbers, int classIndex) const;
    std::optional<float> change(int classIndex, int column) const;
    void updateBarRange();
    const Decoding* unlimited() const { return m_full ? m_full.get() : m_shown.get(); }

    ClassTable m_table;
    QStringList m_names;  ///< one a row
    ClassSearch m_search; ///< of the same rows
    std::shared_ptr<const Decoding> m_shown;
    std::shared_ptr<const Decoding> m_full;
    std::vector<Numbers> m_shownNumbers; ///< one a row
    std::vector<Numbers> m_fullNumbers;  ///< one a row
    std::shared_ptr<const Decoding> m_before;
    std::vector<Numbers> m_beforeNumbers; ///< one a row
    Range m_barRange{0, 0};
    QList<int> m_active;
    QList<int> m_pinned;
    std::vector<bool> m_isActive; ///< one a row
    std::vector<bool> m_isPinned; ///< one a row
    int m_rows = 0;
};

} // namespace ocellus
