// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/status_readout.h"

#include <initializer_list>

#include <QAction>
#include <QLabel>
#include <QProgressBar>
#include <QStatusBar>
#include <QToolButton>

#include "core/analysis/map_image.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

constexpr int ProgressSteps = 100;
constexpr int ProgressWidth = 180;

QString stageName(Stage stage)
{
    switch (stage) {
    case Stage::Read: return StatusReadout::tr("Reading");
    case Stage::Load: return StatusReadout::tr("Loading the model");
    case Stage::Preprocess: return StatusReadout::tr("Preparing the picture");
    case Stage::Backbone: return StatusReadout::tr("Backbone");
    case Stage::Encoder: return StatusReadout::tr("Encoder");
    case Stage::Decoder: return StatusReadout::tr("Decoder");
    case Stage::Write: return StatusReadout::tr("Writing");
    }
    return {};
}

Size gridOf(const CellGeometry& geometry)
{
    return {geometry.columns(), geometry.rows()};
}

} // namespace

StatusReadout::StatusReadout(const Document& document, const LiveAnswer& answer, QAction* cancel, QAction* askAgain,
                             QStatusBar* bar)
    : QObject(bar),
      m_document(document),
      m_answer(answer),
      m_cell(new QLabel(bar)),
      m_stage(new QLabel(bar)),
      m_progress(new QProgressBar(bar)),
      m_cancel(new QToolButton(bar)),
      m_askAgain(new QToolButton(bar))
{
    m_cell->setAccessibleName(tr("Under the mouse"));
    m_cell->setTextFormat(Qt::PlainText);
    // A long line is cut off rather than widening the window.
    m_cell->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_stage->setAccessibleName(tr("Stage of the computation"));
    m_progress->setAccessibleName(tr("Progress of the stage"));
    m_progress->setRange(0, ProgressSteps);
    m_progress->setMaximumWidth(ProgressWidth);
    m_cancel->setDefaultAction(cancel);
    m_cancel->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_cancel->setText(tr("Cancel"));
    m_askAgain->setAutoRaise(true);
    connect(m_askAgain, &QToolButton::clicked, askAgain, &QAction::trigger); // its words are not the command's
    bar->addWidget(m_cell, 1);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_stage, m_progress, m_cancel, m_askAgain})
        bar->addPermanentWidget(widget);
    connect(&answer, &LiveAnswer::progressed, this, &StatusReadout::showProgress);
    connect(&answer, &LiveAnswer::busyChanged, this, &StatusReadout::showState);
    connect(&answer, &LiveAnswer::staleChanged, this, &StatusReadout::showState);
    connect(&answer, &LiveAnswer::modelAwayChanged, this, &StatusReadout::showState);
    connect(&answer, &LiveAnswer::explanationChanged, this, &StatusReadout::showAgain);
    connect(&document, &Document::headChanged, this, &StatusReadout::showAgain);
    showState();
}

QString StatusReadout::text() const
{
    return m_cell->text();
}

QString StatusReadout::sourceText(const TileMap& tile, std::size_t cell)
{
    if (cell >= tile.values.size())
        return tr("%1: %2", "a source, why it has no map").arg(tile.title, tile.words);
    return tr("%1: %2, percentile %3", "a source, its value")
        .arg(tile.title, FigureText::value(tile, static_cast<double>(tile.values[cell])))
        .arg(percentile(tile.values, cell), 0, 'f', 1);
}

/// Where maps are of prototypes, a class may have fewer of them than others.
bool StatusReadout::lacksPrototype(const Explanation& shown, int head)
{
    const Decoding& decoding = *shown.decoding;
    return shown.mapKind != MapKind::Head &&
           !decoding.part(shown.layer, head < shown.heads() ? head : 0, shown.classIndex);
}

QString StatusReadout::headText(const Explanation& shown, int head, std::size_t cell) const
{
    const Decoding& decoding = *shown.decoding;
    const int heads = shown.heads();
    const bool isMean = head >= heads;
    const std::vector<float> attention = isMean ? decoding.meanAttention(shown.layer, shown.classIndex)
                                                : decoding.attention(shown.layer, head, shown.classIndex);
    const float value = attention[cell];
    const auto part = isMean ? std::nullopt : decoding.part(shown.layer, head, shown.classIndex);
    if (part && part->kind == MapSource::PartKind::Prototype)
        return tr("%1: similarity %2, percentile %3")
            .arg(FigureText::headOf(shown, head),
                 fixedText(decoding.scores(shown.layer, head, shown.classIndex)[cell], 2))
            .arg(percentile(attention, cell), 0, 'f', 1);
    if (part) // where it was looked, of a concept or of the whole picture
        return tr("%1: attention %2, percentile %3")
            .arg(FigureText::headOf(shown, head),
                 generalText(decoding.scores(shown.layer, head, shown.classIndex)[cell], 3))
            .arg(percentile(attention, cell), 0, 'f', 1);
    if (isMean && shown.mapKind != MapKind::Head)
        return tr("%1: similarity %2 of the map's mean, percentile %3")
            .arg(FigureText::mean(),
                 FigureText::timesUniform(static_cast<double>(value) * static_cast<double>(attention.size())))
            .arg(percentile(attention, cell), 0, 'f', 1);
    QString text =
        tr("%1: attention %2, %3 uniform")
            .arg(isMean ? FigureText::mean() : FigureText::head(head), generalText(value, 3),
                 FigureText::timesUniform(static_cast<double>(value) * static_cast<double>(attention.size())));
    if (!isMean)
        text += tr(", score %1").arg(fixedText(decoding.scores(shown.layer, head, shown.classIndex)[cell], 2));
    return text + tr(", percentile %1").arg(percentile(attention, cell), 0, 'f', 1);
}

void StatusReadout::showCell(Cell cell, QPointF picturePoint)
{
    const Explanation shown = m_answer.explanationOnScreen();
    const auto index = static_cast<std::size_t>(cell.row * shown.geometry.columns() + cell.column);
    const bool hasMaps = !shown.isEmpty() && (shown.source || shown.decoding->extent().layers > 0);
    if (!hasMaps || index >= static_cast<std::size_t>(shown.geometry.rows() * shown.geometry.columns())) {
        clearCell();
        return;
    }
    const QString place = tr("x %1, y %2 · row %3, column %4")
                              .arg(qFloor(picturePoint.x()))
                              .arg(qFloor(picturePoint.y()))
                              .arg(cell.row)
                              .arg(cell.column);
    QStringList lines{place};
    QString chosen;
    if (shown.source) {
        chosen = sourceText(*tileOfHead(shown, m_document.head()), index);
        for (const TileMap& tile : tileMaps(shown))
            lines << sourceText(tile, index);
    } else {
        // As the large view, which shows the mean in the place of what the class has not.
        const int large = lacksPrototype(shown, m_document.head()) ? shown.heads() : m_document.head();
        if (!lacksPrototype(shown, large))
            chosen = headText(shown, large, index);
        for (int head = 0; head <= shown.heads(); ++head)
            if (!lacksPrototype(shown, head))
                lines << headText(shown, head, index);
    }
    m_cell->setText(chosen.isEmpty() ? place : place + QStringLiteral(" · ") + chosen);
    m_cell->setToolTip(lines.join(QLatin1Char('\n')));
    m_pointed = {cell, picturePoint, shown.geometry.pictureSize(), gridOf(shown.geometry)};
}

/// Another class, layer, head or answer has other numbers under a mouse that rests.
void StatusReadout::showAgain()
{
    if (!m_pointed)
        return;
    const Pointed pointed = *m_pointed;
    const Explanation shown = m_answer.explanationOnScreen();
    if (shown.isEmpty()) {
        m_cell->clear(); // the next picture may be on its way
        m_cell->setToolTip({});
    } else if (shown.geometry.pictureSize() != pointed.picture || gridOf(shown.geometry) != pointed.grid) {
        clearCell();
    } else {
        showCell(pointed.cell, pointed.picturePoint);
    }
}

void StatusReadout::clearCell()
{
    m_pointed.reset();
    m_cell->clear();
    m_cell->setToolTip({});
}

void StatusReadout::showProgress(Stage stage, double fraction)
{
    m_stage->setText(stageName(stage));
    m_progress->setValue(qRound(fraction * ProgressSteps));
}

void StatusReadout::showState()
{
    const bool busy = m_answer.isBusy();
    m_stage->setText(busy ? tr("Waiting") : QString());
    m_progress->setValue(0);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_stage, m_progress, m_cancel})
        widget->setVisible(busy);
    const bool isAway = m_answer.isModelAway();
    m_askAgain->setVisible(!busy && (isAway || m_answer.isStale()));
    m_askAgain->setText(isAway ? tr("The model was not opened again: ask again (Ctrl+R)")
                               : tr("Out of date: ask again (Ctrl+R)"));
    m_askAgain->setToolTip(isAway ? tr("Opening it was stopped. What is shown stays, and nothing new can be computed")
                                  : tr("The maps and numbers belong to an earlier state than the one that is set"));
}

} // namespace ocellus
