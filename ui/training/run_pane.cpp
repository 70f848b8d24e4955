// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/training/run_pane.h"

#include <cmath>

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/figures/number_text.h"
#include "ui/figures/time_text.h"
#include "ui/training/curves_view.h"
#include "ui/training/maps_strip.h"
#include "ui/training/run_advice.h"
#include "ui/training/run_launcher.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

QString phaseText(const RunStatus& status)
{
    switch (status.phase) {
    case RunPhase::Waiting: return RunPane::tr("waits for the runs before it");
    case RunPhase::Reading: return RunPane::tr("checks every picture");
    case RunPhase::Features: return RunPane::tr("looks at each picture once");
    case RunPhase::Training: return RunPane::tr("learns");
    case RunPhase::Validating: return RunPane::tr("is judged by the validation pictures");
    case RunPhase::Maps: return RunPane::tr("draws the maps");
    default: return {};
    }
}

} // namespace

RunPane::RunPane(QWidget* parent)
    : QWidget(parent),
      m_title(plainLabel(this)),
      m_state(plainLabel(this)),
      m_progress(new QProgressBar(this)),
      m_advice(plainLabel(this)),
      m_tabs(new QTabWidget(this)),
      m_curves(new CurvesView(m_tabs)),
      m_maps(new MapsStrip(m_tabs))
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_progress->setAccessibleName(tr("Progress of the run"));
    m_progress->setRange(0, 1000);
    m_progress->setFormat(QStringLiteral("%p %"));
    m_state->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_tabs->setDocumentMode(true); // without a ground of its own between the curves
    m_tabs->addTab(m_curves, tr("Curves"));
    m_tabs->addTab(m_maps, tr("Maps over the epochs"));
    m_tabs->setTabToolTip(1, tr("Where the model looks in the same validation pictures for their own species: the mean "
                                "of its heads, each from its least to its most"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_title);
    layout->addWidget(m_state);
    layout->addWidget(m_progress);
    layout->addWidget(makeButtons());
    layout->addWidget(m_advice);
    layout->addWidget(m_tabs, 1);
    layout->addStretch(0); // where there are no tabs
    follow();
}

QWidget* RunPane::makeButtons()
{
    auto* buttons = new QWidget(this);
    auto* layout = new QHBoxLayout(buttons);
    layout->setContentsMargins({});
    const auto add = [&](const QString& text, const QString& tip, void (RunPane::*wanted)()) {
        auto* button = new QPushButton(text, buttons);
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this, wanted);
        layout->addWidget(button);
        return button;
    };
    m_open = add(tr("&Open the best"), tr("Opens the weights of the best epoch in the window, with their species"),
                 &RunPane::openWanted);
    m_stop = add(tr("Stop after this e&poch"), tr("Nothing is lost; it can be resumed"), &RunPane::stopWanted);
    m_stopNow = add(tr("Stop &now"), tr("Finishes the step, saves, and can be resumed"), &RunPane::stopNow);
    m_resume = add(tr("&Resume"), tr("Goes on where it was"), &RunPane::resumeWanted);
    m_card = add(tr("Mo&del card"), tr("Writes what others should know of the model beside it"), &RunPane::cardWanted);
    m_figure = add(tr("E&xport the maps…"), tr("All epochs in one figure"), &RunPane::figureWanted);
    m_folder = add(tr("Show &folder"), tr("Opens the folder with the weights and all that the run wrote"),
                   &RunPane::folderWanted);
    layout->addStretch(1);
    m_remove =
        add(tr("Remo&ve…"), tr("Takes the run off the list; its folder goes to the trash"), &RunPane::removeWanted);
    return buttons;
}

void RunPane::setRuns(const std::vector<TrainingRun>& runs, bool waits)
{
    m_runs = runs;
    m_waits = waits;
    if (run() && run()->folder == m_stopping && !run()->isAlive())
        m_stopping.clear(); // so that it can be resumed, and stopped again
    follow();
}

/// A step can take seconds, in which its folder says nothing new.
void RunPane::stopNow()
{
    m_stopping = run() ? run()->folder : std::filesystem::path();
    emit stopNowWanted();
    follow();
}

bool RunPane::isStopping(const TrainingRun& run) const
{
    return run.isAlive() && run.folder == m_stopping;
}

QString RunPane::stateText(const TrainingRun& run) const
{
    if (run.state == TrainingRun::State::Failed)
        return tr("Failed: %1").arg(run.words.isEmpty() ? tr("it said nothing") : run.words);
    if (run.state == TrainingRun::State::Killed)
        return tr("Interrupted: its process is gone, the last checkpoint is whole. Resume goes on from there.");
    if (isStopping(run))
        return tr("Stopping: it finishes the step that it is in, and saves.");
    if (run.isAlive() && !run.status)
        return m_waits ? tr("Waiting for the runs before it.") : tr("Starting…");
    if (!run.isAlive())
        return toText(run.state);
    const RunStatus& status = *run.status;
    QStringList parts{phaseText(status)};
    if (status.epoch > 0)
        parts << tr("epoch %1 of %2").arg(status.epoch).arg(status.epochs);
    if (status.epoch > 0 && status.secondsLeft > 0)
        parts << timeLeftText(status.secondsLeft);
    if (!run.epochs.empty())
        parts << tr("%1 pictures a second").arg(fixedText(run.epochs.back().picturesPerSecond, 1))
              << tr("learning rate %1").arg(generalText(run.epochs.back().learningRate, 2));
    if (status.epoch > 0 && std::isfinite(status.loss) && status.loss > 0)
        parts << tr("loss %1").arg(lossText(status.loss));
    if (launcher::isStopAsked(run))
        parts << tr("stops after this epoch");
    return toText(run.state) + QStringLiteral(": ") + parts.join(QStringLiteral(" · "));
}

void RunPane::follow()
{
    const TrainingRun* shown = run();
    const bool isAlone = m_runs.size() == 1;
    m_title->setText(
        shown ? (isAlone ? shown->record.title : tr("%n run(s) compared", nullptr, static_cast<int>(m_runs.size())))
              : tr("Runs come here: how they learn, how long they still take, and what they came to."));
    m_state->setVisible(isAlone);
    m_state->setText(isAlone ? stateText(*shown) : QString());
    const bool works = isAlone && shown->isAlive() && shown->status;
    m_progress->setVisible(works);
    if (works) {
        const RunStatus& status = *shown->status;
        const bool isInEpochs = status.epoch > 0 && status.epochs > 0;
        const double share =
            isInEpochs ? (status.epoch - 1 + (status.phase == RunPhase::Training ? status.fraction : 1)) / status.epochs
                       : status.fraction;
        m_progress->setValue(static_cast<int>(share * 1000));
    }
    m_advice->setText(isAlone ? (QStringList(bestText(*shown)) + adviceOn(*shown)).join('\n') : QString());
    m_advice->setVisible(!m_advice->text().isEmpty());
    m_open->setVisible(isAlone);
    m_open->setEnabled(isAlone && shown->hasBest());
    m_stop->setVisible(isAlone && shown->isAlive());
    m_stop->setEnabled(isAlone && !isStopping(*shown));
    m_stop->setText(isAlone && launcher::isStopAsked(*shown) ? tr("Go on after this e&poch")
                                                             : tr("Stop after this e&poch"));
    m_stopNow->setVisible(works && shown->state != TrainingRun::State::Elsewhere);
    m_stopNow->setEnabled(works && !isStopping(*shown));
    m_resume->setVisible(isAlone && shown->canResume());
    m_remove->setVisible(isAlone && !shown->isAlive());
    m_folder->setVisible(isAlone);
    m_card->setVisible(isAlone);
    m_card->setEnabled(isAlone && shown->hasBest());
    m_maps->setMaps(isAlone ? shown->maps : std::vector<std::filesystem::path>());
    m_tabs->setTabVisible(1, !m_maps->isEmpty());
    m_figure->setVisible(!m_maps->isEmpty());
    m_tabs->setVisible(shown);
    std::vector<CurvesView::Run> curves;
    for (const TrainingRun& one : m_runs)
        curves.push_back({one.record.title, one.epochs, one.record.val});
    m_curves->setRuns(std::move(curves));
}

} // namespace ocellus
