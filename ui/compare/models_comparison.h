// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "ui/compare/compare_page.h"
#include "ui/compare/model_answer.h"

class QAction;
class QComboBox;
class QLabel;
class QPushButton;

namespace ocellus {

/// The same picture as several models see it: a row a model, the open one first, with the maps that each ranks first
/// for one class. Models are in memory from when the page first asks them until they are taken off it.
class ModelsComparison : public ComparePage {
    Q_OBJECT

public:
    ModelsComparison(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);
    ~ModelsComparison() override;

    /// Checkpoints beside the open one; as many as the engine holds, others are refused by failed().
    void addModels(const std::vector<std::filesystem::path>& checkpoints);
    void removeModel(const std::filesystem::path& checkpoint);
    /// Those beside the open one.
    std::vector<std::filesystem::path> models() const;
    bool isRunning() const { return m_run.isRunning(); }

signals:
    /// `back` puts it back, until another one is taken off.
    void modelRemoved(const QString& what, QAction* back);
    void modelsWanted(); ///< the user wants to choose checkpoints
    void failed(const ocellus::Failure& failure);

protected:
    bool needsHeads() const override { return false; }
    bool asksSources() const override { return true; }
    void refresh() override;

private:
    /// What all rows are asked.
    struct Question {
        ViewKey view;        ///< of the open model
        int classIndex = -1; ///< the open model's, as the next
        int species = -1;    ///< of the picture; -1 where nothing tells
        QString pictureName;

        bool operator==(const Question&) const = default;
    };

    /// One row's model: what it is asked, and what it says.
    struct Row {
        std::filesystem::path checkpoint;  ///< empty: the open one
        std::optional<Question> asked;     ///< last; not what was cancelled
        std::optional<Question> told = {}; ///< what `answer` or `failure` is about
        std::optional<ModelAnswer> answer = {};
        std::optional<Failure> failure = {};
    };

    void arrange();
    void choose(int row);
    void closeRemoved();
    void forgetUnanswered();
    Question question() const;
    void putBack();
    int trueClass() const; ///< of the picture, by its folder; -1: not known
    int wantedClass() const;
    bool isShown(const Row& row) const;
    void ask();
    Row* find(const std::filesystem::path& checkpoint);
    void updateControls();
    QString invitation() const; ///< where there is nothing to show
    QString titleOf(const Row& row) const;
    MatrixRow rowOf(const Row& row) const;
    MapMatrix matrixOf() const;

    std::vector<Row> m_rows;                      ///< the open one first
    std::vector<std::filesystem::path> m_toClose; ///< whose memory is not given back yet
    std::filesystem::path m_chosen; ///< the model of the row that was chosen; empty: none, or the open one
    QComboBox* m_class;
    QComboBox* m_count;
    QPushButton* m_add;
    QPushButton* m_remove;
    QAction* m_back;
    std::filesystem::path m_removed; ///< the last one
    std::size_t m_removedFrom = 0;   ///< its place among m_rows
    QLabel* m_state;
    BatchRun m_run;
    BatchRun m_closing;
};

} // namespace ocellus
