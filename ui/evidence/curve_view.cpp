// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/curve_view.h"

#include <algorithm>
#include <cmath>

#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QSlider>
#include <QTabBar>
#include <QVBoxLayout>

#include <qcustomplot.h>

#include "ui/figures/number_text.h"
#include "ui/panels/plot_style.h"

namespace ocellus {

namespace {

enum Mode { Deletion, Insertion };

constexpr int plotHeight = 150, pictureHeight = 150;

} // namespace

CurveView::CurveView(QWidget* parent)
    : QWidget(parent),
      m_modes(new QTabBar(this)),
      m_plot(new QCustomPlot(this)),
      m_slider(new QSlider(Qt::Horizontal, this)),
      m_words(new QLabel(this)),
      m_picture(new QLabel(this))
{
    m_modes->addTab(tr("Taken away"));
    m_modes->addTab(tr("Brought back"));
    m_modes->setAccessibleName(tr("Which curve"));
    m_modes->setDrawBase(false);
    m_modes->setExpanding(false);
    makePlot();
    m_slider->setAccessibleName(tr("Step of the curve"));
    m_slider->setPageStep(1);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_picture->setMinimumHeight(pictureHeight);
    m_picture->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_picture->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_picture->setAccessibleName(tr("The picture at this step"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    for (QWidget* part : std::initializer_list<QWidget*>{m_modes, m_plot, m_slider, m_words, m_picture})
        layout->addWidget(part);
    connect(m_modes, &QTabBar::currentChanged, this, [this] {
        forgetFrames();
        showCurve();
        wantFrames();
    });
    connect(m_slider, &QSlider::valueChanged, this, &CurveView::showStep);
    showCurve();
}

void CurveView::makePlot()
{
    m_plot->setFixedHeight(plotHeight);
    m_plot->setAccessibleName(tr("The class's probability on the way"));
    m_low = m_plot->addGraph();
    m_high = m_plot->addGraph();
    m_curve = m_plot->addGraph();
    m_high->setChannelFillGraph(m_low);
    m_line = new QCPItemStraightLine(m_plot);
    m_line->setSelectable(false);
    m_plot->xAxis->setRange(0, 100);
    m_plot->yAxis->setRange(0, 1);
    m_plot->yAxis->setLabel(tr("probability"));
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](QMouseEvent* event) {
        const double share = m_plot->xAxis->pixelToCoord(event->position().x()) / 100;
        m_slider->setValue(static_cast<int>(std::lround(share * m_slider->maximum())));
    });
}

void CurveView::setCurves(const Finding* deletion, const Finding* insertion)
{
    const auto copy = [](const Finding* finding) { return finding ? std::optional(*finding) : std::nullopt; };
    if (copy(deletion) == m_deletion && copy(insertion) == m_insertion)
        return;
    m_deletion = copy(deletion);
    m_insertion = copy(insertion);
    forgetFrames();
    m_modes->setTabEnabled(Deletion, deletion);
    m_modes->setTabEnabled(Insertion, insertion);
    if (!shown())
        m_modes->setCurrentIndex(m_deletion ? Deletion : Insertion);
    showCurve();
    wantFrames();
}

void CurveView::setFrames(const std::vector<QImage>& frames)
{
    m_frames = frames;
    showFrame();
}

EvidenceTest CurveView::test() const
{
    return m_modes->currentIndex() == Deletion ? EvidenceTest::Deletion : EvidenceTest::Insertion;
}

void CurveView::setTest(EvidenceTest test)
{
    m_modes->setCurrentIndex(test == EvidenceTest::Deletion ? Deletion : Insertion);
}

int CurveView::step() const
{
    return m_slider->value();
}

const Finding* CurveView::shown() const
{
    const std::optional<Finding>& finding = m_modes->currentIndex() == Deletion ? m_deletion : m_insertion;
    return finding ? &*finding : nullptr;
}

void CurveView::forgetFrames()
{
    m_frames.clear();
    emit framesForgotten();
}

void CurveView::wantFrames()
{
    if (shown() && isVisible() && m_frames.empty())
        emit framesWanted(test());
}

void CurveView::showCurve()
{
    applyPalette(*m_plot, palette());
    const QColor quiet = quietColour(palette());
    QColor band = quiet;
    band.setAlphaF(0.35F);
    m_low->setPen(Qt::NoPen);
    m_high->setPen(Qt::NoPen);
    m_high->setBrush(band);
    m_curve->setPen(QPen(palette().color(QPalette::Highlight), 2));
    m_line->setPen(QPen(palette().color(QPalette::Text), 1, Qt::DashLine));
    for (QCPGraph* graph : {m_low, m_high, m_curve})
        graph->data()->clear();
    const Finding* finding = shown();
    const std::size_t points = finding ? finding->curve.size() : 0;
    for (std::size_t point = 0; point < points; ++point) {
        const double share = 100.0 * static_cast<double>(point) / static_cast<double>(points - 1);
        m_low->addData(share, finding->low.at(point));
        m_high->addData(share, finding->high.at(point));
        m_curve->addData(share, finding->curve[point]);
    }
    m_plot->xAxis->setLabel(test() == EvidenceTest::Deletion ? tr("% of the picture taken away")
                                                             : tr("% of the picture brought back"));
    m_slider->setRange(0, std::max(static_cast<int>(points) - 1, 0));
    m_slider->setEnabled(points > 1);
    showStep();
}

void CurveView::showStep()
{
    const Finding* finding = shown();
    const auto at = static_cast<std::size_t>(step());
    if (!finding || at >= finding->curve.size()) {
        m_words->clear();
        showFrame();
        return;
    }
    const double share = 100.0 * step() / std::max(m_slider->maximum(), 1);
    m_line->point1->setCoords(share, 0);
    m_line->point2->setCoords(share, 1);
    m_words->setText(tr("At %1 %: %2, nine of ten random orders between %3 and %4")
                         .arg(generalText(share, 3), fixedText(finding->curve[at], 3),
                              fixedText(finding->low.at(at), 3), fixedText(finding->high.at(at), 3)));
    m_plot->setAccessibleDescription(m_words->text());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    showFrame();
}

void CurveView::showFrame()
{
    const auto at = static_cast<std::size_t>(step());
    if (at >= m_frames.size()) {
        m_picture->setPixmap({});
        return;
    }
    const double ratio = devicePixelRatioF();
    QPixmap pixmap = QPixmap::fromImage(
        m_frames[at].scaled(m_picture->size() * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(ratio);
    m_picture->setPixmap(pixmap);
}

void CurveView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        showCurve();
}

void CurveView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    showFrame();
}

void CurveView::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    wantFrames();
}

} // namespace ocellus
