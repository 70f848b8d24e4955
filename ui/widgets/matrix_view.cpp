// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/matrix_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/matrix_grid.h"

namespace ocellus {

namespace {

void showScale(ColourBarWidget* bar, const Explanation* explanation, const std::optional<Range>& range)
{
    bar->setVisible(explanation && range);
    if (explanation && range)
        bar->setScale(explanation->style, *range, explanation->picture);
}

} // namespace

MatrixView::MatrixView(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_bar(new ColourBarWidget(this)),
      m_differenceBar(new ColourBarWidget(this)),
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
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(header);
    layout->addWidget(m_grid, 1);
    layout->addWidget(m_invitation, 1);
    showInvitation({});
}

void MatrixView::setMatrix(const MapMatrix& matrix)
{
    m_invitation->hide();
    m_title->setText((QStringList{matrix.title} + matrix.notes).join('\n'));
    m_title->show();
    showScale(m_bar, matrix.firstExplanation(false), matrix.range);
    showScale(m_differenceBar, matrix.firstExplanation(true), matrix.difference);
    m_grid->setMatrix(matrix);
    m_grid->show();
}

const MapMatrix& MatrixView::matrix() const
{
    return m_grid->matrix();
}

void MatrixView::showInvitation(const QString& text)
{
    m_grid->setMatrix({});
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_bar, m_differenceBar, m_grid})
        widget->hide();
    m_invitation->setText(text);
    m_invitation->show();
}

QString MatrixView::invitation() const
{
    return m_invitation->isHidden() ? QString() : m_invitation->text();
}

} // namespace ocellus
