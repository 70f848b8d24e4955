// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include <QList>
#include <QWidget>

#include "core/analysis/evaluation.h"
#include "ui/engine/newest_reading.h"

class QAction;
class QComboBox;
class QToolButton;

namespace ocellus {

class Document;
class LiveAnswer;

/// The choice of classes to compare: by name, or the most similar, most confused or best-ranked ones.
class ClassChooser : public QWidget {
    Q_OBJECT

public:
    static constexpr int Least = 2;
    static constexpr int Most = 6;

    /// `document` and `answer` must outlive the chooser.
    ClassChooser(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    const QList<int>& classes() const { return m_classes; }
    /// At most Most; those that the model lacks and repetitions are left out.
    void setClasses(const QList<int>& classes);
    /// The shown class and the one most similar to it, where fewer than Least are chosen.
    void fillUp();
    /// What the shown class can be compared with; updateMenu() says which of them are possible now.
    QList<QAction*> compareActions() const { return {m_similar, m_confused, m_ranked, m_checked}; }
    void updateMenu();
    /// The class that "remove" means; -1 for none.
    void setRemovable(int classIndex);

    /// Replaces the confusions of the open pictures by those of an evaluation's confused_pairs.csv, until another
    /// model is open; they are read in the background. Ends in failed() where they cannot be.
    void loadEvaluation(const std::filesystem::path& path);
    /// The same of an evaluation of the open model that is there.
    void setEvaluation(const std::vector<ConfusedPair>& pairs);

signals:
    void classesChanged();
    void failed(const ocellus::Failure& failure);
    void evaluationWanted(); ///< the user wants to choose its confused_pairs.csv

private:
    QToolButton* makeMenu();
    void nameClasses(); ///< those that take part first; the others are marked
    void add();
    void addTyped();
    void remove();
    void addMostSimilar();
    void addMostConfused();
    void addBestRanked();
    void addChecked();
    void compareWith(const std::vector<int>& others);
    void updateRemove();
    void offerPrediction();
    void addPredicted();
    std::vector<ConfusedPair> confusions() const;
    int first() const;
    std::vector<bool> partTaken() const;
    std::vector<int> takingPart(std::vector<int> classes, std::size_t most) const;

    Document& m_document;
    LiveAnswer& m_answer;
    QList<int> m_classes;
    int m_offered = -1; ///< class of the offer; -1 without one
    int m_removable = -1;
    std::vector<ConfusedPair> m_evaluation; ///< empty: the open pictures tell
    QComboBox* m_names;
    QAction* m_similar;
    QAction* m_confused;
    QAction* m_ranked;
    QAction* m_checked;
    QToolButton* m_remove;
    QToolButton* m_predicted; ///< offers what the picture is taken for now, where no row is that class's
    NewestReading m_reading;  // last, so that it ends before what it tells
};

} // namespace ocellus
