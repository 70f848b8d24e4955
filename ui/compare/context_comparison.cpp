// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/context_comparison.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "core/analysis/similarity.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

ContextComparison::ContextComparison(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_run(answer.controller()),
      m_limit(new QPushButton(tr("&Limit to this class and the most similar one"), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(view(), 1);
    layout->addWidget(m_limit, 0, Qt::AlignHCenter);
    layout->addStretch(0);
    connect(m_limit, &QPushButton::clicked, this, &ContextComparison::limit);
    connect(&m_run, &BatchRun::finished, this, &ContextComparison::refreshLater);
    // Another model, or other settings: what is kept was computed with those before.
    connect(&answer.controller(), &EngineController::backgroundCleared, this, [this] {
        m_asked.reset();
        m_example.reset();
        refreshLater();
    });
    connect(view()->grid(), &MatrixGrid::cellChosen, this,
            [this](int, int column) { this->document().setHead(std::min(column, this->document().headCount())); });
}

void ContextComparison::refresh()
{
    const Explanation limited = answer().explanationOfHeads();
    const bool hasMaps = !limited.isEmpty() && limited.decoding->hasClass(limited.classIndex);
    const bool isLimited = hasMaps && limited.decoding->querySet().mode != LimitMode::All;
    const LimitChoice::Kind kind = document().model() ? usualLimit(document().model()->offer) : LimitChoice::Kind::Zero;
    m_limit->setVisible(hasMaps && !isLimited && kind != LimitChoice::Kind::All);
    m_limit->setToolTip(kind == LimitChoice::Kind::Drop
                            ? tr("All other classes are left out. Any other limit is chosen in the list of classes.")
                            : tr("All other queries become zero vectors. Any other limit is chosen in the list of "
                                 "classes."));
    if (hasMaps && kind == LimitChoice::Kind::All)
        view()->showInvitation(tr("This model cannot be limited to some of its classes, so there is no context to "
                                  "compare: what it says of one class never depends on which others are asked for."));
    else if (!hasMaps)
        view()->showInvitation(limited.whyEmpty.isEmpty()
                                   ? tr("Open a model and a picture to compare a class among all classes and "
                                        "among a few.")
                                   : limited.whyEmpty);
    else if (isLimited)
        showMatrix(contextMatrix(answer().explanationOfFull(), limited));
    else if (const std::optional<Subject> of = subject())
        showExample(*of);
    else
        view()->showInvitation(tr("No limit is on: all classes take part. Limit them, here or in the list of classes, "
                                  "to see where the class looks then, and what that changes."));
}

/// None where nothing comparable can be computed beside what is shown.
std::optional<ContextComparison::Subject> ContextComparison::subject() const
{
    const std::shared_ptr<const Decoding>& full = answer().result().full;
    if (!full || full->extent().classes < 2 || answer().isStale() || !document().intervention().empty())
        return {};
    const int shown = answer().explanationOfHeads().classIndex;
    return Subject{full, shown, mostSimilar(*full, shown, 1).front()};
}

void ContextComparison::explain(const Subject& subject)
{
    m_asked = subject;
    m_example.reset();
    WantedPicture wanted{requestFor(document(), document().editor().picture()), subject.classIndex, false};
    wanted.request.set = {document().model()->offer.canLimit ? LimitMode::Zero : LimitMode::Drop,
                          {subject.classIndex, subject.similar}};
    m_run.start({explainingUnit(std::move(wanted), [this, subject](const ExplainedPicture& explained) {
        if (m_asked == subject)
            m_example = explained;
    })});
}

void ContextComparison::showExample(const Subject& subject)
{
    if (m_asked != subject)
        explain(subject);
    const QString similar = document().classNames().label(subject.similar);
    if (!m_example || !m_example->decoding) {
        view()->showInvitation(m_run.isRunning() ? tr("No limit is on. Working out what one to this class and %1, the "
                                                      "most similar one, would change.")
                                                       .arg(similar)
                                                 : tr("What a limit would change could not be worked out."));
        return;
    }
    MapMatrix matrix = contextMatrix(answer().explanationOfFull(),
                                     explanationOf(*m_example, document(), answer().explanationOfHeads()));
    matrix.notes.prepend(
        tr("No limit is on. This is what one to this class and %1, the most similar one, would change.").arg(similar));
    showMatrix(std::move(matrix));
}

/// No limit changes what asks the whole model.
void ContextComparison::showMatrix(MapMatrix matrix)
{
    if (const QString other = otherSource(); !other.isEmpty())
        matrix.notes.prepend(tr("%1. It asks the whole model, which no limit changes: what stands here are the model's "
                                "heads.")
                                 .arg(other));
    view()->setMatrix(matrix);
}

void ContextComparison::limit()
{
    const std::shared_ptr<const Decoding>& full = answer().result().full;
    const int shown = answer().explanationOfHeads().classIndex;
    if (!full || full->extent().classes < 2)
        return;
    document().setLimit({usualLimit(document().model()->offer), {shown, mostSimilar(*full, shown, 1).front()}});
}

} // namespace ocellus
