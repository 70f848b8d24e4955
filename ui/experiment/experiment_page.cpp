// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/experiment_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/experiment/experiment_form.h"
#include "ui/experiment/experiment_results.h"
#include "ui/experiment/preview_strip.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr int gap = 6;
constexpr int formWidth = 300, resultsWidth = 800; ///< at first, in pixels

/// As high as its form where there is room, and scrolled where there is none.
class FormArea : public QScrollArea {
public:
    explicit FormArea(QWidget* form)
    {
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setWidget(form);
        setMinimumWidth(form->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width());
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    }

    QSize sizeHint() const override
    {
        const int width = viewport()->width();
        const int height =
            widget()->hasHeightForWidth() ? widget()->heightForWidth(width) : widget()->sizeHint().height();
        return {widget()->sizeHint().width() + verticalScrollBar()->sizeHint().width(), height};
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }

    void resizeEvent(QResizeEvent* event) override
    {
        QScrollArea::resizeEvent(event);
        if (event->oldSize().width() != event->size().width())
            updateGeometry(); // lines wrap elsewhere
    }
};

QLabel* hiddenLabel(QWidget* parent)
{
    QLabel* const label = plainLabel(parent);
    label->hide();
    return label;
}

} // namespace

ExperimentPage::ExperimentPage(QWidget* parent)
    : QWidget(parent),
      m_form(new ExperimentForm),
      m_results(new ExperimentResults),
      m_preview(new PreviewStrip),
      m_offer(new OpenOffer(Qt::Vertical, this)),
      m_start(new QPushButton(tr("St&art"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_progress(new QProgressBar(this)),
      m_whyNot(hiddenLabel(this)),
      m_estimate(hiddenLabel(this)),
      m_note(hiddenLabel(this)),
      m_export(new QToolButton(this))
{
    auto* halves = new QSplitter(this);
    halves->addWidget(makeLeft());
    halves->addWidget(makeRight());
    halves->setChildrenCollapsible(false);
    halves->setStretchFactor(1, 1);
    halves->setSizes({formWidth, resultsWidth});
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(halves);
    addExports();
    m_progress->setAccessibleName(tr("Pictures of the experiment"));
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    connect(m_start, &QPushButton::clicked, this, &ExperimentPage::startRequested);
    connect(m_cancel, &QPushButton::clicked, this, &ExperimentPage::cancelRequested);
    setCanExport(false, false);
    updateButtons();
}

QWidget* ExperimentPage::makeLeft()
{
    auto* area = new FormArea(m_form);
    auto* left = new QWidget;
    auto* layout = new QVBoxLayout(left);
    layout->setContentsMargins({});
    // Start stands below the last of the choices, and in sight where they have to be scrolled.
    layout->addWidget(area);
    layout->addWidget(m_whyNot);
    layout->addWidget(m_estimate);
    layout->addWidget(m_start);
    layout->addStretch(1);
    return left;
}

QWidget* ExperimentPage::makeRight()
{
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_progress, 1);
    bar->addWidget(m_cancel);
    bar->addStretch();
    bar->addWidget(m_export);
    auto* right = new QWidget;
    auto* layout = new QVBoxLayout(right);
    layout->setContentsMargins(gap, 0, 0, 0);
    layout->addLayout(bar);
    layout->addWidget(m_note);
    layout->addWidget(m_preview, 1);
    layout->addWidget(m_results, 2);
    layout->addWidget(m_offer, 1, Qt::AlignVCenter);
    return right;
}

void ExperimentPage::addExports()
{
    auto* menu = new QMenu(m_export);
    const auto add = [this, menu](const QString& text, Export what) {
        return menu->addAction(text, this, [this, what] { emit exportRequested(what); });
    };
    add(tr("&Table (CSV)…"), Export::Table);
    m_sheets = add(tr("&Contact sheets (PNG)…"), Export::Sheets);
    add(tr("&Summary…"), Export::Summary);
    add(tr("&Recipe (JSON)…"), Export::Recipe);
    m_export->setObjectName(QStringLiteral("experimentExport"));
    m_export->setText(tr("Export"));
    m_export->setMenu(menu);
    m_export->setPopupMode(QToolButton::InstantPopup);
    m_export->setFocusPolicy(Qt::StrongFocus);
}

void ExperimentPage::setChoices(const std::vector<OpenOffer::Choice>& choices)
{
    const bool isMissing = !choices.empty();
    m_offer->setOffer(isMissing ? tr("One edit is done to many pictures here, and the model is asked about each before "
                                     "and after it.\nOpen a model and pictures to begin.")
                                : QString(),
                      choices);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_preview, m_results, m_export})
        widget->setVisible(!isMissing);
}

void ExperimentPage::setWhyNot(const QString& whyNot)
{
    m_whyNot->setText(whyNot);
    m_whyNot->setVisible(!whyNot.isEmpty());
    updateButtons();
}

void ExperimentPage::setEstimate(const QString& estimate)
{
    m_estimate->setText(estimate);
    m_estimate->setVisible(!estimate.isEmpty());
}

QString ExperimentPage::estimate() const
{
    return m_estimate->text();
}

void ExperimentPage::setRunning(bool running)
{
    m_running = running;
    m_progress->setRange(0, 0);
    updateButtons();
}

void ExperimentPage::setProgress(int done, int total)
{
    m_progress->setRange(0, total);
    m_progress->setValue(done);
}

void ExperimentPage::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

QString ExperimentPage::note() const
{
    return m_note->text();
}

void ExperimentPage::setCanExport(bool any, bool pictures)
{
    m_export->setEnabled(any);
    m_sheets->setEnabled(pictures);
}

void ExperimentPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    emit shown();
}

void ExperimentPage::updateButtons()
{
    m_start->setEnabled(!m_running && m_whyNot->text().isEmpty());
    m_progress->setVisible(m_running);
    m_cancel->setVisible(m_running);
}

} // namespace ocellus
