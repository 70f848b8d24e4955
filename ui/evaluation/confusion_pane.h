// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QStringList>
#include <QWidget>

#include "core/evaluation/class_arrangement.h"
#include "ui/evaluation/evaluation_run.h"

class QComboBox;
class QLabel;
class QListView;
class QPushButton;
class QSpinBox;
class QTableView;
class QToolButton;

namespace ocellus {

class ConfusionView;
class EvaluatedPicturesModel;
class NumberTableModel;
class PairMaps;
class ThumbnailStore;

/// An evaluation's confusion matrix, its most confused pairs, the pictures of a cell, and the maps of one of them.
class ConfusionPane : public QWidget {
    Q_OBJECT

public:
    /// `maps` becomes a part of it; `thumbnails` must outlive it.
    ConfusionPane(ThumbnailStore& thumbnails, PairMaps* maps, QWidget* parent = nullptr);

    /// `names` by class index. None empties it.
    void setFindings(std::shared_ptr<const EvaluationFindings> findings, const QStringList& names);
    /// Why maps cannot be shown; empty where they can.
    void setWhyNoMaps(const QString& why);

    void showCell(int trueClass, int named);
    void showMistakesOf(int trueClass);

    ConfusionView* view() const { return m_view; }
    EvaluatedPicturesModel* pictures() const { return m_pictures; }

signals:
    /// The user wants the two classes beside each other in a picture.
    void comparisonWanted(const std::filesystem::path& picture, int trueClass, int named);

private:
    QWidget* makeBar();
    QWidget* makeRight();
    void arrange();
    void fillPairs();
    void choosePair(int row);
    void showTitle(const QString& title);
    void choosePicture(int row);
    void compare();
    int chosenRow() const;

    EvaluatedPicturesModel* m_pictures;
    NumberTableModel* m_pairRows;
    ConfusionView* m_view;
    PairMaps* m_maps;
    QComboBox* m_order;
    QSpinBox* m_least;
    QTableView* m_pairs;
    QLabel* m_title;
    QListView* m_list;
    QPushButton* m_compare;
    QLabel* m_shown; ///< how many classes
    std::shared_ptr<const EvaluationFindings> m_findings;
    QStringList m_names;
    QString m_whyNoMaps;
};

} // namespace ocellus
