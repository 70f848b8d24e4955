// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QScrollArea>

#include "core/dataset/dataset_problems.h"

class QLabel;
class QVBoxLayout;

namespace ocellus {

class DatasetDocument;

/// What is wrong with a data set, one card a problem, the gravest first.
class ProblemList : public QScrollArea {
    Q_OBJECT

public:
    static constexpr std::size_t Most = 60; ///< cards; the rest is counted

    /// `dataset` must outlive the widget.
    explicit ProblemList(DatasetDocument& dataset, QWidget* parent = nullptr);

    std::size_t count() const { return m_shown.size(); }

signals:
    void picturesWanted(const std::vector<int>& pictures);
    void classesWanted(const std::vector<std::string>& names);
    void renamingWanted(const std::string& name);

private:
    void follow();
    void addCard(std::size_t index);

    DatasetDocument& m_dataset;
    std::vector<DatasetProblem> m_shown;
    QLabel* m_words;
    QVBoxLayout* m_cards;
};

} // namespace ocellus
