// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/problem_card.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr int iconSide = 18;

/// Makes accuracy wrong, or breaks a run; others are worth a look.
bool isGrave(ProblemKind kind)
{
    return kind == ProblemKind::Unreadable || kind == ProblemKind::TwoClasses || kind == ProblemKind::AcrossSplit ||
           kind == ProblemKind::NotInSplit || kind == ProblemKind::TooFewClasses;
}

} // namespace

ProblemCard::ProblemCard(const DatasetProblem& problem, QWidget* parent) : QFrame(parent)
{
    setFrameShape(QFrame::StyledPanel);
    const QString sentence = QString::fromStdString(problem.sentence);
    setAccessibleName(sentence);
    auto* icon = new QLabel(this);
    icon->setPixmap(
        QIcon(isGrave(problem.kind) ? QStringLiteral(":/icons/warning.svg") : QStringLiteral(":/icons/information.svg"))
            .pixmap(iconSide, iconSide));
    QLabel* words = plainLabel(this);
    words->setText(sentence + QLatin1Char('.'));
    QLabel* wayOut = plainLabel(this);
    wayOut->setText(QString::fromStdString(problem.wayOut) + QLatin1Char('.'));
    wayOut->setForegroundRole(QPalette::PlaceholderText);
    auto* buttons = new QHBoxLayout;
    const auto add = [&](const QString& text, void (ProblemCard::*wanted)()) {
        auto* button = new QPushButton(text, this);
        button->setAccessibleDescription(sentence);
        connect(button, &QPushButton::clicked, this, wanted);
        buttons->addWidget(button);
    };
    if (!problem.pictures.empty() || !problem.classNames.empty())
        add(tr("Show"), &ProblemCard::lookWanted);
    if (problem.remedy)
        add(remedyText(problem), &ProblemCard::remedyWanted);
    if (problem.kind == ProblemKind::SimilarNames)
        add(tr("Rename…"), &ProblemCard::renamingWanted);
    if (problem.kind == ProblemKind::AcrossSplit || problem.kind == ProblemKind::NotInSplit)
        add(tr("Draw the split anew"), &ProblemCard::drawingWanted);
    buttons->addStretch(1);

    auto* text = new QVBoxLayout;
    text->addWidget(words);
    text->addWidget(wayOut);
    text->addLayout(buttons);
    auto* layout = new QHBoxLayout(this);
    layout->addWidget(icon, 0, Qt::AlignTop);
    layout->addLayout(text, 1);
}

QString ProblemCard::remedyText(const DatasetProblem& problem)
{
    if (std::holds_alternative<MergeClasses>(*problem.remedy))
        return tr("Merge");
    if (std::holds_alternative<AssignSplit>(*problem.remedy))
        return tr("Move to training");
    if (std::holds_alternative<AssignBoxes>(*problem.remedy))
        return tr("Take boxes away");
    if (problem.kind == ProblemKind::FewPictures)
        return tr("Leave these species out");
    return tr("Leave %n out", nullptr, static_cast<int>(problem.pictures.size()));
}

} // namespace ocellus
