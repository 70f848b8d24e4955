// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/before_after_view.h"

#include <algorithm>
#include <cmath>

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/compare/before_after_pair.h"
#include "ui/compare/document_comparison.h"
#include "ui/compare/logit_change_plot.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/figures/edit_text.h"
#include "ui/widgets/class_text.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"
#include "ui/widgets/room_splitter.h"

namespace ocellus {

namespace {

constexpr int step = 8; ///< of the heights that are tried, in pixels

} // namespace

BeforeAfterView::BeforeAfterView(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_verdict(new ClassText(this)),
      m_edits(new QLabel(this)),
      m_pictures(new PicturePair(this)),
      m_arrangements(new QButtonGroup(this)),
      m_maps(addButton(tr("Ma&ps"), tr("The chosen map over the pictures"))),
      m_withLogits(addButton(tr("Logits"), tr("The logits of before and after beside the pictures"))),
      m_logits(new LogitChangePlot(this)),
      m_upper(new QSplitter(Qt::Horizontal, this)),
      m_parts(new RoomSplitter([this](QSize room, int gap) { return sharing(room, gap); }, this))
{
    addArrangement(PicturePair::Arrangement::SideBySide, tr("Side by si&de"), tr("Before, after, and what differs"));
    addArrangement(PicturePair::Arrangement::Swipe, tr("&Swipe"),
                   tr("Before and after in one place, with a divider between them"));
    addArrangement(PicturePair::Arrangement::Blink, tr("B&link"), tr("Before and after in one place, in turn"));
    m_arrangements->buttons().constFirst()->setChecked(true);
    m_pictures->setAccessibleName(tr("Picture before and after the edits"));
    connect(m_arrangements, &QButtonGroup::idClicked, this,
            [this](int id) { m_pictures->setArrangement(static_cast<PicturePair::Arrangement>(id)); });
    view()->setPairing(false); // there are the buttons above
    m_maps->setChecked(true);
    connect(m_maps, &QToolButton::toggled, m_pictures, &PicturePair::setMapsVisible);
    connect(m_withLogits, &QToolButton::toggled, this, &BeforeAfterView::refreshLater);
    arrange();
    connect(m_logits, &LogitChangePlot::classChosen, &document, &Document::setCurrentClass);
    connect(view()->grid(), &MatrixGrid::cellChosen, this,
            [this](int, int column) { this->document().setHead(std::min(column, this->document().headCount())); });
    connect(&document, &Document::headChanged, this, &BeforeAfterView::refreshLater);
}

QToolButton* BeforeAfterView::addButton(const QString& text, const QString& explanation)
{
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(explanation);
    button->setCheckable(true);
    return button;
}

void BeforeAfterView::addArrangement(PicturePair::Arrangement arrangement, const QString& text,
                                     const QString& explanation)
{
    m_arrangements->addButton(addButton(text, explanation), static_cast<int>(arrangement));
}

void BeforeAfterView::arrange()
{
    QFont bold = m_verdict->font();
    bold.setBold(true);
    m_verdict->setFont(bold);
    connect(m_verdict, &ClassText::classChosen, &document(), &Document::setCurrentClass);
    m_edits->setTextFormat(Qt::PlainText);
    for (QLabel* label : std::initializer_list<QLabel*>{m_verdict, m_edits}) {
        label->setWordWrap(true);
        // Long words are wrapped rather than widening the window.
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    auto* head = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    words->addWidget(m_verdict);
    words->addWidget(m_edits);
    head->addLayout(words, 1);
    for (QAbstractButton* button : m_arrangements->buttons())
        head->addWidget(button, 0, Qt::AlignTop);
    for (QToolButton* button : {m_maps, m_withLogits})
        head->addWidget(button, 0, Qt::AlignTop);

    m_upper->addWidget(m_pictures);
    m_upper->addWidget(m_logits);
    m_upper->setStretchFactor(0, 3);
    m_upper->setStretchFactor(1, 1);
    m_upper->setChildrenCollapsible(false);
    m_logits->hide();
    m_parts->addWidget(m_upper);
    m_parts->addWidget(view());
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(head);
    layout->addWidget(m_parts, 1);
}

RoomSharing BeforeAfterView::sharing(QSize room, int gap) const
{
    const QSizeF picture = m_pictures->pictureSize();
    const auto panes = std::max<qsizetype>(m_pictures->pictureRects().size(), 1);
    const double strip = m_pictures->height() - m_pictures->pictureArea().height();
    const int header = view()->height() - view()->grid()->height();
    const MatrixNeeds tiles = view()->grid()->needs();
    RoomSharing best{Qt::Vertical, room.height() / 2};
    double most = 0;
    for (int upper = 1; upper < room.height() && !picture.isEmpty(); upper += step) {
        const double width =
            std::min(m_pictures->width() / double(panes), (upper - strip) * picture.width() / picture.height());
        const QSize lower(room.width(), room.height() - upper - gap - header);
        const int tile = tiles.rows > 0 ? MatrixArrangement::best(tiles, lower).tileSize().width() : 1;
        // Their areas' product, as of the heads.
        if (const double worth = std::pow(std::max(width, 0.0), 3) * std::pow(tile, 2); worth > most) {
            most = worth;
            best.large = upper;
        }
    }
    return best;
}

bool BeforeAfterView::isEnlarged() const
{
    return m_alone || ComparePage::isEnlarged();
}

void BeforeAfterView::setEnlarged(bool enlarged)
{
    const bool ofTiles = view()->isAncestorOf(focusWidget()) || ComparePage::isEnlarged();
    if (ofTiles) {
        ComparePage::setEnlarged(enlarged);
        return;
    }
    m_alone = enlarged;
    refreshLater();
}

QString BeforeAfterView::verdictText() const
{
    return m_verdict->plainText();
}

void BeforeAfterView::refresh()
{
    const EditComparison comparison = comparisonOf(document(), answer());
    QList<QWidget*> parts{m_verdict, m_edits, m_maps, m_withLogits, m_upper};
    for (QAbstractButton* button : m_arrangements->buttons())
        parts << button;
    for (QWidget* part : parts)
        part->setVisible(!comparison.isEmpty());
    view()->setVisible(comparison.isEmpty() || !m_alone);
    const bool hasScores = !comparison.classes.classes.empty();
    m_withLogits->setVisible(hasScores);
    m_logits->setVisible(!m_alone && m_withLogits->isChecked() && hasScores);
    if (comparison.isEmpty()) {
        view()->showInvitation(tr("Nothing is edited. Select something in the picture and choose what is done to it, "
                                  "to see what that changes."));
        return;
    }
    const bool hasMaps = !comparison.maps.empty();
    const MapMatrix matrix = hasMaps ? editMatrix(comparison.before, comparison.after) : MapMatrix();
    m_verdict->setMarkedText(markedVerdict(comparison));
    m_edits->setText(describe(comparison.edits));
    m_pictures->setPair(beforeAfterPair(comparison, matrix, document().head()));
    for (QAbstractButton* button : m_arrangements->buttons())
        button->setEnabled(m_pictures->canSwipe() || button == m_arrangements->buttons().constFirst());
    m_maps->setEnabled(hasMaps);
    m_logits->setComparison(comparison);
    if (hasMaps)
        view()->setMatrix(matrix);
    else
        view()->showInvitation(document().headCount() > 0
                                   ? tr("The shown class is left out by the limit: no map to compare.")
                                   : tr("This model has no heads of attention to compare."));
    m_parts->share();
}

} // namespace ocellus
