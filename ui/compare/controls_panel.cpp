// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/controls_panel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/compare/control_plot_widget.h"
#include "ui/figures/control_text.h"
#include "ui/figures/edit_comparison.h"
#include "ui/widgets/class_text.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/tint.h"

namespace ocellus {

namespace {

constexpr int mostControls = 1'000;
constexpr int thumbnailHeight = 96;

/// Places before the named masks.
constexpr int anywhereItem = 1, firstMaskItem = 2;

const QString onAnimal = QStringLiteral("animal"), anywhere = QStringLiteral("anywhere"),
              ofMask = QStringLiteral("mask ");

} // namespace

ControlsPanel::ControlsPanel(QWidget* parent)
    : QWidget(parent),
      m_edit(plainLabel(this)),
      m_count(new QSpinBox(this)),
      m_place(new QComboBox(this)),
      m_measure(new QComboBox(this)),
      m_start(new QPushButton(tr("&Draw controls"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_progress(new QProgressBar(this)),
      m_runOf(plainLabel(this)),
      m_plot(new ControlPlotWidget(this)),
      m_subject(plainLabel(this)),
      m_few(plainLabel(this)),
      m_sentence(new ClassText(this)),
      m_thumbnails(new QListWidget(this)),
      m_tableButton(new QPushButton(tr("Expo&rt as CSV…"), this)),
      m_figureButton(new QPushButton(tr("Export fi&gure…"), this))
{
    arrange();
    const auto showFew = [this] {
        m_few->setText(fewControlsText(static_cast<std::size_t>(count())));
        m_few->setVisible(!m_few->text().isEmpty());
    };
    connect(m_count, &QSpinBox::valueChanged, this, showFew);
    showFew();
    // What the user chooses is not waited for any more.
    connect(m_place, &QComboBox::activated, this, [this] { m_waitingMask.clear(); });
    connect(m_sentence, &ClassText::classChosen, this, &ControlsPanel::classChosen);
    connect(m_start, &QPushButton::clicked, this, &ControlsPanel::startRequested);
    connect(m_cancel, &QPushButton::clicked, this, &ControlsPanel::cancelRequested);
    connect(m_measure, &QComboBox::currentIndexChanged, this, &ControlsPanel::showResult);
    connect(m_tableButton, &QPushButton::clicked, this, &ControlsPanel::exportTable);
    connect(m_figureButton, &QPushButton::clicked, this, &ControlsPanel::exportFigure);
    setMasks({});
    setEdit({}, tr("Edit the picture first."));
    setResult({});
}

void ControlsPanel::arrange()
{
    m_count->setRange(1, mostControls);
    m_count->setValue(20);
    m_count->setToolTip(tr("How often the same change is done at another place"));
    m_place->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_place->setMinimumContentsLength(14);
    m_measure->setMinimumContentsLength(14);
    m_measure->addItem(tr("Logit"), static_cast<int>(ControlMeasure::Logit));
    m_measure->addItem(tr("Probability"), static_cast<int>(ControlMeasure::Probability));
    m_measure->addItem(tr("Margin over the next class"), static_cast<int>(ControlMeasure::Margin));
    m_measure->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_thumbnails->setViewMode(QListView::IconMode);
    m_thumbnails->setMovement(QListView::Static);
    m_thumbnails->setResizeMode(QListView::Adjust);
    m_thumbnails->setSelectionMode(QAbstractItemView::NoSelection);
    m_thumbnails->setIconSize({thumbnailHeight, thumbnailHeight});
    m_thumbnails->setAccessibleName(tr("Places of the controls"));

    auto* body = new QWidget;
    m_parts = new QBoxLayout(QBoxLayout::TopToBottom, body);
    m_parts->addWidget(makeChoices());
    m_parts->addWidget(makeFindings(), 1);
    m_parts->addWidget(m_thumbnails, 1);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(body);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(area);
}

QWidget* ControlsPanel::makeChoices()
{
    auto* part = new QWidget;
    auto* choices = new QFormLayout;
    choices->addRow(tr("Controls:"), m_count);
    choices->addRow(tr("&Where:"), m_place);
    choices->addRow(tr("Mea&sured by:"), m_measure);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_start);
    buttons->addWidget(m_progress, 1);
    buttons->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->addWidget(m_edit);
    layout->addLayout(choices);
    layout->addWidget(m_few);
    layout->addLayout(buttons);
    layout->addWidget(m_runOf);
    m_runOf->hide();
    layout->addStretch();
    constexpr int widest = 300;
    part->setMaximumWidth(widest);
    return part;
}

QWidget* ControlsPanel::makeFindings()
{
    auto* part = new QWidget;
    auto* exports = new QHBoxLayout;
    exports->addStretch();
    exports->addWidget(m_tableButton);
    exports->addWidget(m_figureButton);
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->addWidget(m_subject);
    layout->addWidget(m_sentence);
    layout->addWidget(m_plot, 1);
    layout->addLayout(exports);
    layout->addStretch();
    return part;
}

void ControlsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const bool isLow = width() > 3 * height() / 2;
    m_parts->setDirection(isLow ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void ControlsPanel::setMasks(const std::vector<NamedMask>& masks)
{
    const QString chosen = m_place->currentText();
    m_masks = masks;
    m_place->clear();
    m_place->addItem(tr("On the animal (estimated)"));
    m_place->addItem(tr("Anywhere"));
    for (const NamedMask& mask : masks)
        m_place->addItem(tr("On %1").arg(QString::fromStdString(mask.name).simplified()));
    m_place->setCurrentIndex(std::max(m_place->findText(chosen, Qt::MatchFixedString | Qt::MatchCaseSensitive), 0));
    for (std::size_t i = 0; i < masks.size() && !m_waitingMask.isEmpty(); ++i)
        if (QString::fromStdString(masks[i].name) == m_waitingMask) {
            m_place->setCurrentIndex(firstMaskItem + static_cast<int>(i));
            m_waitingMask.clear();
        }
}

ControlChoices ControlsPanel::choices() const
{
    const int item = m_place->currentIndex();
    QString place = item == anywhereItem ? anywhere : onAnimal;
    if (!m_waitingMask.isEmpty())
        place = ofMask + m_waitingMask;
    else if (item >= firstMaskItem)
        place = ofMask + QString::fromStdString(m_masks.at(static_cast<std::size_t>(item - firstMaskItem)).name);
    return {count(), place, measure()};
}

void ControlsPanel::setChoices(const ControlChoices& choices)
{
    m_count->setValue(choices.count);
    m_measure->setCurrentIndex(std::max(m_measure->findData(static_cast<int>(choices.measure)), 0));
    m_place->setCurrentIndex(choices.place == anywhere ? anywhereItem : 0);
    m_waitingMask = choices.place.startsWith(ofMask) ? choices.place.mid(ofMask.size()) : QString();
    setMasks(std::vector(m_masks));
}

void ControlsPanel::setEdit(const QString& edit, const QString& whyNot)
{
    m_editText = edit;
    m_edit->setText(edit.isEmpty() ? whyNot : edit);
    updateButtons();
}

int ControlsPanel::count() const
{
    return m_count->value();
}

ControlRun::Place ControlsPanel::place() const
{
    const int item = m_place->currentIndex();
    return item >= firstMaskItem  ? ControlRun::Place::Mask
           : item == anywhereItem ? ControlRun::Place::Anywhere
                                  : ControlRun::Place::EstimatedAnimal;
}

Mask ControlsPanel::animal() const
{
    const int item = m_place->currentIndex();
    return item >= firstMaskItem ? m_masks.at(static_cast<std::size_t>(item - firstMaskItem)).mask : Mask();
}

QString ControlsPanel::placeText() const
{
    const QString text = m_place->currentText();
    return text.left(1).toLower() + text.mid(1);
}

void ControlsPanel::setRunning(bool running)
{
    m_running = running;
    m_progress->setRange(0, 0);
    if (!running)
        setRunOf({});
    updateButtons();
}

void ControlsPanel::setRunOf(const QString& picture)
{
    m_runOf->setText(picture.isEmpty() ? QString() : tr("They are being drawn on %1.").arg(picture));
    m_runOf->setVisible(!picture.isEmpty());
}

void ControlsPanel::setProgress(int done, int total)
{
    m_progress->setRange(0, total);
    m_progress->setValue(done);
}

void ControlsPanel::setResult(const ControlResult& result)
{
    m_result = result;
    m_thumbnails->clear();
    for (const ControlOutcome& control : result.controls)
        m_thumbnails->addItem(new QListWidgetItem(QIcon(QPixmap::fromImage(control.thumbnail)), QString()));
    showResult();
    updateButtons();
}

void ControlsPanel::setOutOfDate(const QString& why)
{
    if (why == m_outOfDate)
        return;
    m_outOfDate = why;
    showResult();
}

QString ControlsPanel::sentence() const
{
    return m_sentence->plainText();
}

void ControlsPanel::start()
{
    m_start->click();
}

void ControlsPanel::exportTable()
{
    emit tableRequested(QStringLiteral("controls.csv"), csvOf(m_result));
}

void ControlsPanel::exportFigure()
{
    emit figureRequested(QStringLiteral("controls.pdf"), controlFigure(m_result, measure()));
}

QString ControlsPanel::subject() const
{
    return QStringLiteral("%1; %2").arg(m_result.edit, controlSubject(m_result));
}

void ControlsPanel::showResult()
{
    showFindings();
    emit resultChanged();
}

void ControlsPanel::showFindings()
{
    const bool isEmpty = m_result.isEmpty();
    m_measure->setEnabled(!isEmpty);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_plot, m_thumbnails, m_sentence})
        widget->setEnabled(m_outOfDate.isEmpty() || isEmpty);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_subject, m_plot, m_thumbnails, m_tableButton, m_figureButton})
        widget->setVisible(!isEmpty);
    const bool isOutOfDate = !m_outOfDate.isEmpty() && !isEmpty;
    m_subject->setText(isOutOfDate ? tr("Out of date: %1 These controls are of %2.").arg(m_outOfDate, subject())
                                   : tr("Controls of %1").arg(subject()));
    m_subject->setAutoFillBackground(isOutOfDate);
    QPalette ground = palette();
    ground.setColor(QPalette::Window, tint(ground, Tint::Warning));
    m_subject->setPalette(isOutOfDate ? ground : QPalette());
    if (isEmpty) {
        m_sentence->setMarkedText(
            m_result.shortfall.isEmpty() || !m_outOfDate.isEmpty()
                ? tr("Does the mark matter, or would any change do the same? Controls do the selected "
                     "edit at random other places and set it among them.")
                : m_result.shortfall);
        return;
    }
    QStringList words;
    if (!m_result.shortfall.isEmpty())
        words += m_result.shortfall;
    words += markedControlSentence(m_result, measure());
    m_sentence->setMarkedText(words.join('\n'));
    m_plot->setPlot({valueOf(m_result.change, measure()), controlValues(m_result, measure()),
                     tr("change of the %1").arg(measureName(measure()))});
    m_plot->setAccessibleDescription(m_sentence->plainText());
    for (int i = 0; i < m_thumbnails->count(); ++i)
        m_thumbnails->item(i)->setText(
            changeText(valueOf(m_result.controls[static_cast<std::size_t>(i)].change, measure())));
}

ControlMeasure ControlsPanel::measure() const
{
    return static_cast<ControlMeasure>(m_measure->currentData().toInt());
}

void ControlsPanel::updateButtons()
{
    m_start->setEnabled(!m_running && !m_editText.isEmpty());
    m_cancel->setVisible(m_running);
    m_progress->setVisible(m_running);
    m_tableButton->setEnabled(!m_result.isEmpty());
    m_figureButton->setEnabled(!m_result.isEmpty());
}

} // namespace ocellus
