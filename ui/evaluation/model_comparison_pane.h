// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include <QWidget>

#include "core/evaluation/comparison_report.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace ocellus {

class ChangedPicturesModel;

/// Two models on the same pictures: which changed, and whether that can be chance.
class ModelComparisonPane : public QWidget {
    Q_OBJECT

public:
    explicit ModelComparisonPane(QWidget* parent = nullptr);

    /// Why no second model can be asked; empty where one can.
    void setWhyNot(const QString& why);
    /// `paths` by the report's names of pictures. None empties it.
    void setReport(const std::optional<ComparisonReport>& report,
                   const std::map<std::string, std::filesystem::path>& paths);
    QString text() const;
    ChangedPicturesModel* pictures() const { return m_pictures; }

signals:
    void secondModelWanted();
    /// The user wants both models' maps of a picture.
    void comparisonWanted(const std::filesystem::path& picture);

private:
    void compare();

    ChangedPicturesModel* m_pictures;
    QSortFilterProxyModel* m_sorted;
    QPushButton* m_choose;
    QLabel* m_text;
    QComboBox* m_kinds;
    QTableView* m_table;
    QPushButton* m_compare;
};

} // namespace ocellus
