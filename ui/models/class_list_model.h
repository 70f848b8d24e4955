// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QAbstractTableModel>
#include <QList>

#include "core/data/class_table.h"
#include "core/engine/decoding.h"
#include "ui/models/class_search.h"

namespace ocellus {

/// The model's classes with what the decoder says about them; row r is class r, sorting is the proxy's.
///
/// The table's names are shown only where its count equals the decoding's: otherwise the classes are numbered.
/// Setters emit no activeChanged or pinnedChanged; checking a row (setData) does.
class ClassListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Rank, Name, Logit, Probability, Change, ColumnCount };
    enum Role {
        ClassIndexRole = Qt::UserRole + 1, ///< int, the model's own index from 0
        ActiveRole,                        ///< bool
        PinnedRole                         ///< bool
    };

    explicit ClassListModel(QObject* parent = nullptr);

    /// An empty table: classes are numbered.
    void setTable(const ClassTable& table);

    /// `shown`: the query set that is on, null before the first. `full`: the same picture without a limit, for the
    /// column of changes; null where it is not known. Active and pinned classes that are no longer there are dropped.
    void setDecodings(std::shared_ptr<const Decoding> shown, std::shared_ptr<const Decoding> full);

    /// In the user's order; indices outside [0, rowCount()) and repetitions are left out. While the list is empty,
    /// indices wait for its rows.
    void setActive(const QList<int>& classes);
    void setPinned(const QList<int>& classes);
    const QList<int>& active() const { return m_active; }
    const QList<int>& pinned() const { return m_pinned; }
    bool isPinned(int classIndex) const;
    bool isActive(int classIndex) const;

    /// True where the names come from a table that fits the decoding.
    bool hasNames() const;
    /// Name without index, or the number where no table fits; empty outside [0, rowCount()).
    QString className(int classIndex) const;
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

signals:
    /// Also where rows came or went; before modelReset and dataChanged.
    void namesChanged();
    /// The user checked or unchecked a class.
    void activeChanged(const QList<int>& classes);

private:
    /// What one class gets from one decoding.
    struct Numbers {
        int rank = 0; ///< from 1; 0 where the class has no logit
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
    std::optional<float> change(int classIndex) const;
    const Decoding* unlimited() const { return m_full ? m_full.get() : m_shown.get(); }

    ClassTable m_table;
    QStringList m_names;  ///< one a row
    ClassSearch m_search; ///< of the same rows
    std::shared_ptr<const Decoding> m_shown;
    std::shared_ptr<const Decoding> m_full;
    std::vector<Numbers> m_shownNumbers; ///< one a row
    std::vector<Numbers> m_fullNumbers;  ///< one a row
    QList<int> m_active;
    QList<int> m_pinned;
    std::vector<bool> m_isActive; ///< one a row
    std::vector<bool> m_isPinned; ///< one a row
    int m_rows = 0;
};

} // namespace ocellus
