// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/matrix_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/matrix_grid.h"

namespace ocellus {

namespace {

constexpr int largestBySlider = 600, sliderWidth = 110; ///< in pixels

void showScale(ColourBarWidget* bar, const Explanation* explanation, const std::optional<Range>& range)
{
    bar->setVisible(explanation && range);
    if (explanation && range)
        bar->setScale(explanation->style, *range, explanation->picture, explanation->unit());
}

} // namespace

MatrixView::MatrixView(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_bar(new ColourBarWidget(this)),
      m_differenceBar(new ColourBarWidget(this)),
      m_tileSize(new QSlider(Qt::Horizontal, this)),
      m_fit(new QToolButton(this)),
      m_grid(new MatrixGrid(this)),
      m_invitation(new QLabel(this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    // A long title is wrapped rather than widening the window.
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_bar->setAccessibleName(tr("Colour bar of the maps"));
    m_differenceBar->setAccessibleName(tr("Colour bar of the differences"));
    m_invitation->setTextFormat(Qt::PlainText);
    m_invitation->setWordWrap(true);
    m_invitation->setAlignment(Qt::AlignCenter);

    auto* header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_bar, 1);
    header->addWidget(m_differenceBar, 1);
    header->addWidget(m_tileSize);
    header->addWidget(m_fit);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(header);
    layout->addWidget(m_grid, 1);
    layout->addWidget(m_invitation, 1);
    connectTileSize();
    showInvitation({});
}

void MatrixView::connectTileSize()
{
    m_tileSize->setRange(MatrixArrangement::LeastTile, largestBySlider);
    m_tileSize->setMaximumWidth(sliderWidth);
    m_tileSize->setAccessibleName(tr("Size of the tiles"));
    m_tileSize->setToolTip(tr("Size of the tiles (Ctrl and the wheel)"));
    m_fit->setText(tr("Fit"));
    m_fit->setCheckable(true);
    m_fit->setToolTip(tr("Tiles as large as the room allows"));
    connect(m_tileSize, &QSlider::valueChanged, m_grid, &MatrixGrid::setTileWidth);
    connect(m_fit, &QToolButton::clicked, this,
            [this](bool fit) { m_grid->setTileWidth(fit ? std::optional<int>() : m_grid->tileWidth()); });
    connect(m_grid, &MatrixGrid::arranged, this, [this] {
        const QSignalBlocker blocker(m_tileSize);
        m_tileSize->setValue(m_grid->tileWidth());
        m_fit->setChecked(m_grid->fits());
    });
}

void MatrixView::setMatrix(const MapMatrix& matrix)
{
    m_invitation->hide();
    m_title->setText((QStringList{matrix.title} + matrix.notes).join('\n'));
    m_title->show();
    const auto of = [&matrix](bool ofDifference) {
        return matrix.scalePerColumn ? nullptr : matrix.firstExplanation(ofDifference);
    };
    showScale(m_bar, of(false), matrix.range);
    showScale(m_differenceBar, of(true), matrix.difference);
    m_grid->setMatrix(matrix);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_grid, m_tileSize, m_fit})
        widget->show();
    emit changed();
}

const MapMatrix& MatrixView::matrix() const
{
    return m_grid->matrix();
}

void MatrixView::showInvitation(const QString& text)
{
    m_grid->setMatrix({});
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_bar, m_differenceBar, m_tileSize, m_fit, m_grid})
        widget->hide();
    m_invitation->setText(text);
    m_invitation->show();
    emit changed();
}

QString MatrixView::invitation() const
{
    return m_invitation->isHidden() ? QString() : m_invitation->text();
}

} // namespace ocellus
