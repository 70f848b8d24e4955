// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <QAbstractTableModel>
#include <QStringList>

#include "core/evaluation/prediction_sheet.h"

namespace ocellus {

class ThumbnailStore;

/// A sheet of predictions, a row a picture, with what a human says of them, which can be undone.
class PredictionTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Picture, Species, Probability, Second, Unusual, Checked, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole,
        PathRole,      ///< QString
        UnusualRole,   ///< bool
        UnsureRole,    ///< bool: the best class has less than nine tenths
        CheckedRole,   ///< bool
        CorrectedRole, ///< bool
        FailedRole     ///< bool
    };

    /// `thumbnails` must outlive the model.
    explicit PredictionTableModel(ThumbnailStore& thumbnails, QObject* parent = nullptr);

    void setSheet(const PredictionSheet& sheet); ///< in the place of the one before, and nothing to undo
    void add(const PredictedPicture& picture);
    /// Else class indices mean nothing to the rest of the window.
    void setIsOfOpenModel(bool isOf);
    bool isOfOpenModel() const { return m_isOfOpenModel; }
    const PredictionSheet& sheet() const { return m_sheet; }
    /// As species are called on the screen, by class index.
    const QStringList& classNames() const { return m_names; }

    void confirm(int row);
    /// A class of the model by its name in any case, else another species. Empty takes what was said back.
    void correct(int row, const QString& species);
    void takeBack(int row);
    bool canUndo() const { return !m_undo.empty(); }
    int undo(); ///< the row that is as it was; -1 where there is nothing to undo

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

signals:
    void corrected(); ///< what a human says has changed

private:
    struct Said {
        int row = 0;
        std::optional<CheckedName> checked;
        std::optional<int> checkedClass;
    };

    PredictedPicture& at(int row) { return m_sheet.pictures.at(static_cast<std::size_t>(row)); }
    const PredictedPicture& at(int row) const { return m_sheet.pictures.at(static_cast<std::size_t>(row)); }
    void remember(int row);
    void tell(int row);
    QString text(const PredictedPicture& picture, int column) const;
    QString speciesOf(const PredictedPicture& picture) const;
    QVariant sortKey(const PredictedPicture& picture, int column) const;

    ThumbnailStore& m_thumbnails;
    PredictionSheet m_sheet;
    std::unordered_multimap<std::string, int> m_rows; ///< by path
    QStringList m_names;
    std::vector<Said> m_undo;
    bool m_isOfOpenModel = false;
};

} // namespace ocellus
