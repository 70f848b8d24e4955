// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figure_dialog/figure_dialog.h"

#include <cmath>

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/figure_dialog/plate_form.h"
#include "ui/figure_dialog/plate_preview.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/number_text.h"

namespace ocellus {

FigureDialog::FigureDialog(const PlateOptions& options, QWidget* parent)
    : QDialog(parent),
      m_form(new PlateForm),
      m_preview(new PlatePreview),
      m_size(new QLabel),
      m_caption(new QPlainTextEdit),
      m_copy(new QPushButton(tr("&Copy caption"))),
      m_message(new QLabel),
      m_export(new QPushButton(tr("&Export…")))
{
    setWindowTitle(tr("Figure for a paper"));
    const QSize room = screen() ? screen()->availableSize() : QSize(1366, 768);
    resize(QSize(1180, 860).boundedTo(room * 9 / 10));
    auto* choices = new QScrollArea;
    choices->setWidget(m_form);
    choices->setWidgetResizable(true);
    choices->setFrameShape(QFrame::NoFrame);
    choices->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    choices->setFixedWidth(m_form->sizeHint().width() + choices->verticalScrollBar()->sizeHint().width() + 4);
    choices->setAccessibleName(tr("Choices"));

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(m_export, QDialogButtonBox::ActionRole);
    QPushButton* close = buttons->button(QDialogButtonBox::Close);
    close->setAutoDefault(false);
    close->setIcon({}); // the style's is not seen on a dark ground
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_export->setDefault(true);
    m_message->setWordWrap(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);

    auto* top = new QHBoxLayout;
    top->addWidget(choices);
    top->addWidget(makeRight(), 1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top, 1);
    layout->addWidget(m_message);
    layout->addWidget(buttons);

    m_later.setSingleShot(true);
    m_later.setInterval(0);
    connect(&m_later, &QTimer::timeout, this, &FigureDialog::draw);
    connect(m_form, &PlateForm::changed, this, [this] {
        m_later.start();
        emit optionsChanged(m_form->options());
    });
    connect(m_preview, &PlatePreview::drawn, this, &FigureDialog::showDrawn);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(caption());
        tell(tr("Copied the caption."));
    });
    connect(m_export, &QPushButton::clicked, this, [this] {
        if (m_matrix)
            emit exportRequested(*m_matrix, m_form->options());
    });
    setOptions(options);
    choices->setFocus();
}

QWidget* FigureDialog::makeRight()
{
    auto* zoom = new QComboBox;
    zoom->setAccessibleName(tr("Size of the preview"));
    for (const auto& [text, factor] :
         {std::pair(tr("Fit"), 0.0), std::pair(tr("True size"), 1.0), std::pair(tr("200 %"), 2.0)})
        zoom->addItem(text, factor);
    zoom->setCurrentIndex(1);
    connect(zoom, &QComboBox::activated, this, [this, zoom] { m_preview->setZoom(zoom->currentData().toDouble()); });
    m_size->setAccessibleName(tr("Size of the figure"));
    m_size->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* line = new QHBoxLayout;
    line->addWidget(m_size, 1);
    line->addWidget(zoom);

    m_caption->setReadOnly(true);
    m_caption->setTabChangesFocus(true);
    m_caption->setAccessibleName(tr("Caption"));
    m_caption->setMinimumHeight(3 * fontMetrics().height());
    m_copy->setAutoDefault(false);
    auto* captionLine = new QHBoxLayout;
    captionLine->addWidget(new QLabel(tr("Caption")));
    captionLine->addStretch();
    captionLine->addWidget(m_copy);
    auto* below = new QWidget;
    auto* captionLayout = new QVBoxLayout(below);
    captionLayout->setContentsMargins({});
    captionLayout->addLayout(captionLine);
    captionLayout->addWidget(m_caption);

    auto* above = new QWidget;
    auto* previewLayout = new QVBoxLayout(above);
    previewLayout->setContentsMargins({});
    previewLayout->addLayout(line);
    previewLayout->addWidget(m_preview, 1);
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(above);
    right->addWidget(below);
    right->setStretchFactor(0, 4);
    right->setStretchFactor(1, 1);
    right->setChildrenCollapsible(false);
    right->setSizes({1000, 130}); // in these parts
    return right;
}

void FigureDialog::setMatrix(const std::optional<MapMatrix>& matrix)
{
    m_matrix = matrix;
    m_form->setMatrix(matrix);
    m_later.start();
    // What was drawn is not what would be written.
    m_export->setEnabled(m_matrix && !m_matrix->isEmpty());
}

void FigureDialog::setOptions(const PlateOptions& options)
{
    m_form->setOptions(options);
    m_later.start();
}

void FigureDialog::draw()
{
    m_preview->request(m_matrix, m_form->options(), tr("There are no maps yet."));
}

QString FigureDialog::sizeText() const
{
    const DrawnPlate& plate = m_preview->plate();
    const double perMillimetre = m_form->options().dotsPerInch / 25.4;
    const auto pixels = [&](double side) { return countText(static_cast<long long>(std::ceil(side * perMillimetre))); };
    QString text = tr("%1 × %2 mm · %3 × %4 pixels")
                       .arg(fixedText(plate.size.width(), 1), fixedText(plate.size.height(), 1),
                            pixels(plate.size.width()), pixels(plate.size.height()));
    if (plate.size.width() * plate.size.height() * perMillimetre * perMillimetre > mostFigurePixels)
        text += tr(" · too many for PNG: choose fewer dots per inch");
    if (m_form->options().columns == 0 && plate.size.height() > m_form->options().mostHeight + 0.5)
        text += tr(" · higher than asked for");
    return text;
}

void FigureDialog::showDrawn()
{
    const DrawnPlate& plate = m_preview->plate();
    if (m_caption->toPlainText() != plate.caption)
        m_caption->setPlainText(plate.caption);
    m_copy->setEnabled(!plate.caption.isEmpty());
    m_size->setText(plate.problem.isEmpty() ? sizeText() : QString());
    m_size->setToolTip(m_size->text());
    m_export->setEnabled(m_matrix && plate.problem.isEmpty());
}

QString FigureDialog::caption() const
{
    return m_caption->toPlainText();
}

QString FigureDialog::message() const
{
    return m_message->text();
}

void FigureDialog::tell(const QString& message)
{
    m_message->setText(message);
}

} // namespace ocellus
