// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/matrix_view.h"

#include <utility>

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_pair.h"

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
      m_swipe(new QToolButton(this)),
      m_blink(new QToolButton(this)),
      m_grid(new MatrixGrid(this)),
      m_pair(new MatrixPair(this)),
      m_invitation(new OpenOffer(Qt::Vertical, this))
{
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    // A long title is wrapped rather than widening the window.
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_bar->setAccessibleName(tr("Colour bar of the maps"));
    m_differenceBar->setAccessibleName(tr("Colour bar of the differences"));

    auto* header = new QHBoxLayout;
    header->addWidget(m_title, 1);
    header->addWidget(m_bar, 1);
    header->addWidget(m_differenceBar, 1);
    header->addWidget(m_tileSize);
    header->addWidget(m_fit);
    header->addWidget(m_swipe);
    header->addWidget(m_blink);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(header);
    layout->addWidget(m_grid, 1);
    layout->addWidget(m_pair, 1);
    layout->addWidget(m_invitation, 1, Qt::AlignVCenter);
    connectTileSize();
    connectPair();
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

void MatrixView::connectPair()
{
    m_swipe->setText(tr("&Swipe"));
    m_blink->setText(tr("Blin&k"));
    const auto toggle = [this](QToolButton* button, PicturePair::Arrangement arrangement) {
        button->setCheckable(true);
        connect(button, &QToolButton::clicked, this, [this, arrangement](bool on) {
            if (on)
                showPair(arrangement);
            else
                showTiles();
        });
    };
    toggle(m_swipe, PicturePair::Arrangement::Swipe);
    toggle(m_blink, PicturePair::Arrangement::Blink);
    connect(m_pair, &MatrixPair::closeRequested, this, &MatrixView::showTiles);
    connect(m_grid, &MatrixGrid::choiceMoved, this, [this] {
        if (m_isPaired && m_grid->chosen())
            m_pair->setMatrix(matrix(), m_grid->chosen()->column);
        updateShown();
    });
}

void MatrixView::setPairing(bool possible)
{
    m_pairing = possible;
    updateShown();
}

/// A sentence; empty where there are two.
QString MatrixView::whyNoPair() const
{
    const std::optional<MatrixGrid::Place> chosen = m_grid->chosen();
    if (!m_pairing || !chosen)
        return tr("There is no map.");
    return MatrixPair::sidesOf(matrix(), chosen->column).size() > 1
               ? QString()
               : tr("Two maps of one column are needed, and the chosen one's has one: choose a map in another column, "
                    "or add a row.");
}

void MatrixView::showPair(PicturePair::Arrangement arrangement)
{
    if (canPair()) {
        const MatrixGrid::Place chosen = *m_grid->chosen();
        m_pair->setMatrix(matrix(), chosen.column);
        if (!m_isPaired)
            m_pair->chooseBeside(matrix(), chosen.row, chosen.column);
        m_pair->pictures()->setArrangement(arrangement);
        m_isPaired = true;
    }
    updateShown();
    if (m_isPaired)
        m_pair->pictures()->setFocus();
    emit pairedChanged(m_isPaired);
}

void MatrixView::showTiles()
{
    const bool hadFocus = m_pair->isAncestorOf(focusWidget());
    m_isPaired = false;
    updateShown();
    if (const auto chosen = m_grid->chosen(); hadFocus && chosen)
        m_grid->tile(*chosen)->setFocus();
    emit pairedChanged(false);
}

/// Of tiles, pair and words, what there is to show.
void MatrixView::updateShown()
{
    const bool hasMaps = !m_isInviting;
    if (!m_isPaired)
        m_pair->setMatrix({}, 0); // lets go of what it showed
    m_grid->setVisible(hasMaps && !m_isPaired);
    m_pair->setVisible(hasMaps && m_isPaired);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_tileSize, m_fit})
        widget->setVisible(hasMaps && !m_isPaired);
    for (QToolButton* button : {m_swipe, m_blink})
        button->setVisible(hasMaps && m_pairing);
    const QString why = m_isPaired ? QString() : whyNoPair();
    for (QToolButton* button : {m_swipe, m_blink})
        button->setEnabled(why.isEmpty());
    m_swipe->setToolTip(why.isEmpty() ? tr("Two of these in one place, with a divider between them") : why);
    m_blink->setToolTip(why.isEmpty() ? tr("Two of these in one place, in turn") : why);
    const PicturePair::Arrangement arrangement = m_pair->pictures()->arrangement();
    m_swipe->setChecked(m_isPaired && arrangement == PicturePair::Arrangement::Swipe);
    m_blink->setChecked(m_isPaired && arrangement == PicturePair::Arrangement::Blink);
}

void MatrixView::setMatrix(const MapMatrix& matrix)
{
    m_isInviting = false;
    m_invitation->setOffer({}, m_choices);
    m_title->setText((QStringList{matrix.title} + matrix.notes).join('\n'));
    m_title->show();
    const auto of = [&matrix](bool ofDifference) {
        return matrix.hasOneScale() ? matrix.firstExplanation(ofDifference) : nullptr;
    };
    showScale(m_bar, of(false), matrix.range);
    showScale(m_differenceBar, of(true), matrix.difference);
    m_grid->setMatrix(matrix);
    // Maps that are on their way come back into the same pair.
    if (m_isPaired)
        m_pair->setMatrix(matrix, m_grid->chosen() ? m_grid->chosen()->column : 0);
    updateShown();
    emit changed();
}

const MapMatrix& MatrixView::matrix() const
{
    return m_grid->matrix();
}

void MatrixView::showInvitation(const QString& text)
{
    m_grid->setMatrix({});
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_bar, m_differenceBar})
        widget->hide();
    m_isInviting = true;
    m_invitation->setOffer(text, m_choices);
    if (std::exchange(m_isPaired, false))
        emit pairedChanged(false);
    updateShown();
    emit changed();
}

void MatrixView::setChoices(const std::vector<OpenOffer::Choice>& choices)
{
    m_choices = choices;
    m_invitation->setOffer(invitation(), m_choices);
}

QString MatrixView::invitation() const
{
    return m_isInviting ? m_invitation->words() : QString();
}

} // namespace ocellus
