// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evaluation/trust_pane.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/document/unusualness_text.h"
#include "ui/evaluation/coverage_plot.h"
#include "ui/evaluation/reliability_plot.h"
#include "ui/figures/number_text.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr double percent = 100;

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    return label;
}

QTableWidgetItem* numberItem(const QString& text)
{
    auto* item = new QTableWidgetItem(text);
    item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

} // namespace

TrustPane::TrustPane(QWidget* parent)
    : QWidget(parent),
      m_reliability(new ReliabilityPlot(this)),
      m_coverage(new CoveragePlot(this)),
      m_calibration(plainLabel(this)),
      m_novelty(plainLabel(this)),
      m_scores(new QTableWidget(0, 5, this)),
      m_temperature(new QCheckBox(this)),
      m_threshold(new QCheckBox(tr("th&reshold of"), this)),
      m_score(new QComboBox(this)),
      m_keep(new QPushButton(tr("&Keep with the model"), this)),
      m_kept(plainLabel(this))
{
    auto* halves = new QHBoxLayout;
    halves->addWidget(makeCalibration(), 1);
    halves->addSpacing(12);
    halves->addWidget(makeNovelty(), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(halves, 1);
    makeKeeping(layout);
    connect(m_temperature, &QCheckBox::toggled, this, &TrustPane::updateKeeping);
    connect(m_threshold, &QCheckBox::toggled, this, &TrustPane::updateKeeping);
    connect(m_score, &QComboBox::currentIndexChanged, this, &TrustPane::updateKeeping);
    connect(m_scores, &QTableWidget::currentCellChanged, this, &TrustPane::showCurve);
    connect(m_keep, &QPushButton::clicked, this, &TrustPane::keepRequested);
    setReport({});
    setKept({});
}

QWidget* TrustPane::makeCalibration()
{
    auto* half = new QWidget(this);
    auto* layout = new QVBoxLayout(half);
    layout->setContentsMargins({});
    layout->addWidget(heading(tr("Can its probabilities be believed?"), half));
    layout->addWidget(m_calibration);
    layout->addWidget(m_reliability, 1);
    return half;
}

QWidget* TrustPane::makeNovelty()
{
    m_scores->setHorizontalHeaderLabels(
        {tr("Score"), tr("AUROC"), tr("95 % interval"), tr("Pass, %"), tr("Unusual is")});
    m_scores->horizontalHeaderItem(1)->setToolTip(
        tr("How often a picture of none of the classes scores higher than one of them: 0.5 is chance, 1 always"));
    m_scores->horizontalHeaderItem(3)->setToolTip(
        tr("Unusual pictures that pass as known all the same, at this threshold"));
    m_scores->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_scores->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_scores->verticalHeader()->hide();
    m_scores->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_scores->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_scores->setSelectionMode(QAbstractItemView::SingleSelection);
    m_scores->setTabKeyNavigation(false);
    m_scores->setAccessibleName(tr("Scores that tell unusual pictures"));
    constexpr int rows = 5; // with the header
    m_scores->setMaximumHeight(rows * m_scores->verticalHeader()->defaultSectionSize() + 4);
    auto* half = new QWidget(this);
    auto* layout = new QVBoxLayout(half);
    layout->setContentsMargins({});
    layout->addWidget(heading(tr("Does it tell pictures of none of these?"), half));
    layout->addWidget(m_novelty);
    layout->addWidget(m_scores);
    layout->addWidget(m_coverage, 1);
    return half;
}

void TrustPane::makeKeeping(QVBoxLayout* layout)
{
    m_score->setAccessibleName(tr("Score whose threshold is kept"));
    m_score->setToolTip(tr("Those that a picture's logits tell. The distance of the decoder's output needs more than "
                           "those, and is measured here alone."));
    m_keep->setToolTip(tr("Into a small file beside the checkpoint, which itself stays as it is"));
    auto* row = new QHBoxLayout;
    row->addWidget(new QLabel(tr("Keep:"), this));
    row->addWidget(m_temperature);
    row->addWidget(m_threshold);
    row->addWidget(m_score);
    row->addWidget(m_keep);
    row->addStretch(1);
    layout->addLayout(row);
    layout->addWidget(m_kept);
}

void TrustPane::setReport(const std::optional<TrustReport>& report)
{
    m_report = report;
    m_reliability->setCalibration(report ? report->calibration : std::nullopt);
    tellCalibration();
    tellNovelty();
    updateKeeping();
}

void TrustPane::tellCalibration()
{
    const bool isKnown = m_report && m_report->calibration;
    m_temperature->setText(isKnown ? tr("tem&perature %1").arg(fixedText(m_report->calibration->temperature, 2))
                                   : tr("tem&perature"));
    m_temperature->setEnabled(isKnown);
    const bool helps = isKnown && m_report->calibration->after.error < m_report->calibration->before.error;
    m_temperature->setChecked(helps);
    if (!isKnown) {
        m_calibration->setText({});
        return;
    }
    const Calibration& calibration = *m_report->calibration;
    const QString before = fixedText(percent * calibration.before.error, 1);
    const QString after = fixedText(percent * calibration.after.error, 1);
    m_calibration->setText(
        tr("What the model says is off by %1 % on average (expected calibration error). Its logits divided by a "
           "temperature of %2, it is off by %3 %. The temperature was fitted on %4 pictures, and both are told of %5 "
           "others.")
            .arg(before, fixedText(calibration.temperature, 2), after)
            .arg(calibration.fitted)
            .arg(calibration.before.n) +
        (helps ? QString() : QLatin1Char(' ') + tr("It does not help here: better not keep it.")));
}

void TrustPane::tellNovelty()
{
    const bool isKnown = m_report && m_report->novelty;
    m_scores->setRowCount(0);
    m_score->clear();
    m_threshold->setEnabled(isKnown);
    m_threshold->setChecked(isKnown);
    m_scores->setVisible(isKnown && m_report->novelty->unusual > 0);
    if (!isKnown) {
        m_novelty->setText({});
        showCurve();
        return;
    }
    const NoveltyStudy& study = *m_report->novelty;
    const StudiedScore& best = study.scores[study.best];
    const QString keeps = fixedText(percent * m_report->coverage, 0);
    m_novelty->setText(
        study.unusual == 0
            ? tr("Choose a folder of pictures of none of the classes above to measure it. Without one, a threshold "
                 "keeps "
                 "%1 % of the usual pictures.")
                  .arg(keeps)
            : tr("Of the scores that can be kept, %1 tells %2 unusual pictures best. A threshold that keeps %3 % of "
                 "the known pictures lets %4 % of "
                 "them pass as known.")
                  .arg(scoreName(best.score).toLower())
                  .arg(study.unusual)
                  .arg(fixedText(percent * best.separation.coverage, 1),
                       fixedText(percent * best.separation.falseAlarms, 1)));
    for (const StudiedScore& score : study.scores) {
        const int row = m_scores->rowCount();
        const Separation& separation = score.separation;
        m_scores->insertRow(row);
        m_scores->setItem(row, 0, new QTableWidgetItem(scoreName(score.score)));
        m_scores->setItem(row, 1, numberItem(fixedText(separation.area, 3)));
        m_scores->setItem(
            row, 2,
            numberItem(
                tr("%1 to %2").arg(fixedText(separation.interval.low, 3), fixedText(separation.interval.high, 3))));
        m_scores->setItem(row, 3, numberItem(fixedText(percent * separation.falseAlarms, 1)));
        m_scores->setItem(row, 4, numberItem(thresholdText(score.score, separation.threshold)));
        if (score.score != NoveltyScore::OutputDistance) // which needs more than logits
            m_score->addItem(scoreName(score.score), static_cast<int>(score.score));
    }
    m_score->setCurrentIndex(m_score->findData(static_cast<int>(best.score)));
    m_scores->setCurrentCell(static_cast<int>(study.best), 0);
    showCurve();
}

void TrustPane::showCurve()
{
    if (!m_report || !m_report->novelty) {
        m_coverage->setCurve({}, {});
        return;
    }
    const NoveltyStudy& study = *m_report->novelty;
    const int row = m_scores->currentRow();
    const bool isChosen = row >= 0 && row < static_cast<int>(study.scores.size());
    const StudiedScore& score = study.scores[isChosen ? static_cast<std::size_t>(row) : study.best];
    m_coverage->setCurve(score.coverage, scoreName(score.score));
}

bool TrustPane::keepsTemperature() const
{
    return m_temperature->isEnabled() && m_temperature->isChecked();
}

std::optional<NoveltyScore> TrustPane::keptScore() const
{
    const bool isKept = m_threshold->isEnabled() && m_threshold->isChecked() && m_score->currentIndex() >= 0;
    return isKept ? std::optional(static_cast<NoveltyScore>(m_score->currentData().toInt())) : std::nullopt;
}

void TrustPane::updateKeeping()
{
    m_score->setEnabled(m_threshold->isEnabled() && m_threshold->isChecked());
    m_keep->setEnabled(m_whyNotKeep.isEmpty() && m_report && (keepsTemperature() || keptScore()));
    m_keep->setToolTip(m_whyNotKeep.isEmpty()
                           ? tr("Into a small file beside the checkpoint, which itself stays as it is")
                           : m_whyNotKeep);
}

void TrustPane::setKept(const KeptTrust& kept)
{
    QStringList parts;
    if (kept.score)
        parts += tr("a picture is unusual where its %1 is %2")
                     .arg(scoreName(*kept.score).toLower(), thresholdText(*kept.score, kept.threshold));
    if (kept.temperature != 1)
        parts += tr("probabilities in Prediction are those of temperature %1").arg(fixedText(kept.temperature, 2));
    m_kept->setText(parts.isEmpty() ? tr("The model keeps neither threshold nor temperature yet.")
                                    : tr("The model keeps: %1.").arg(parts.join(QStringLiteral("; "))));
}

void TrustPane::setWhyNotKeep(const QString& why)
{
    m_whyNotKeep = why;
    updateKeeping();
}

} // namespace ocellus
