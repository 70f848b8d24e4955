// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/problem_list.h"

#include <algorithm>
#include <set>

#include <QLabel>
#include <QVBoxLayout>

#include "ui/dataset/dataset_document.h"
#include "ui/dataset/problem_card.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

bool isSame(const DatasetProblem& a, const DatasetProblem& b)
{
    return a.kind == b.kind && a.pictures == b.pictures && a.classNames == b.classNames && a.sentence == b.sentence;
}

/// With those that they are like, beside which they can be judged.
std::vector<int> withTheirLikes(const std::vector<int>& pictures, const DatasetDocument& dataset)
{
    std::set<int> all(pictures.begin(), pictures.end());
    std::set<std::string> contents;
    const auto& files = dataset.dataset().pictures;
    for (const int picture : pictures)
        contents.insert(files.at(static_cast<std::size_t>(picture)).sha256);
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!files[i].sha256.empty() && contents.contains(files[i].sha256))
            all.insert(static_cast<int>(i));
    for (const NearDuplicate& pair : dataset.examination().nearDuplicates)
        if (std::ranges::binary_search(pictures, pair.first) || std::ranges::binary_search(pictures, pair.second))
            all.insert({pair.first, pair.second});
    return {all.begin(), all.end()};
}

bool isOfLikes(ProblemKind kind)
{
    return kind == ProblemKind::AcrossSplit || kind == ProblemKind::SameContent ||
           kind == ProblemKind::NearDuplicates || kind == ProblemKind::TwoClasses;
}

} // namespace

ProblemList::ProblemList(DatasetDocument& dataset, QWidget* parent) : QScrollArea(parent), m_dataset(dataset)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus); // its buttons have it, and are scrolled to
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Problems"));
    auto* inside = new QWidget;
    auto* layout = new QVBoxLayout(inside);
    m_words = plainLabel(inside);
    m_cards = new QVBoxLayout;
    layout->addWidget(m_words);
    layout->addLayout(m_cards);
    layout->addStretch(1);
    setWidget(inside);
    connect(&dataset, &DatasetDocument::changed, this, &ProblemList::follow);
    connect(&dataset, &DatasetDocument::workChanged, this, &ProblemList::follow);
    follow();
}

void ProblemList::follow()
{
    const auto& problems = m_dataset.problems();
    const bool isExamined = !m_dataset.examination().pictures.empty();
    QString words;
    if (m_dataset.isEmpty())
        words = tr("No data set is open.");
    else if (m_dataset.work() == DatasetDocument::Work::Examining)
        words = tr("Every picture is being looked at: what is wrong with files, and which are nearly the same, comes "
                   "here when that is done.");
    else if (!isExamined)
        words = tr("The pictures were not looked at: what is wrong with their files is not known.");
    else if (problems.empty())
        words = tr("Nothing is wrong with this data set.");
    else if (problems.size() > Most)
        words = tr("%n further problem(s) come up when these are solved.", nullptr,
                   static_cast<int>(problems.size() - Most));
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
    if (std::ranges::equal(problems, m_shown, isSame))
        return; // a button may have the focus
    m_shown = problems;
    while (QLayoutItem* item = m_cards->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater(); // its click can be what led here
        }
        delete item;
    }
    for (std::size_t i = 0; i < m_shown.size() && i < Most; ++i)
        addCard(i);
}

void ProblemList::addCard(std::size_t index)
{
    const DatasetProblem& problem = m_shown[index];
    auto* card = new ProblemCard(problem, widget());
    m_cards->addWidget(card);
    connect(card, &ProblemCard::lookWanted, this, [this, problem] {
        if (problem.pictures.empty() || problem.kind == ProblemKind::FewPictures)
            emit classesWanted(problem.classNames);
        else
            emit picturesWanted(isOfLikes(problem.kind) ? withTheirLikes(problem.pictures, m_dataset)
                                                        : problem.pictures);
    });
    connect(card, &ProblemCard::remedyWanted, this, [this, problem] { m_dataset.apply(*problem.remedy); });
    connect(card, &ProblemCard::renamingWanted, this,
            [this, problem] { emit renamingWanted(problem.classNames.back()); });
    connect(card, &ProblemCard::drawingWanted, this,
            [this] { m_dataset.drawSplit(m_dataset.state().drawn.value_or(SplitRecipe())); });
}

} // namespace ocellus
