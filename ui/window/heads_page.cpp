// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/heads_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTabBar>
#include <QVBoxLayout>

#include "ui/figures/figure_text.h"
#include "ui/figures/prototype_text.h"
#include "ui/tree/tree_figure.h"
#include "ui/tree/tree_panel.h"
#include "ui/widgets/colour_bar_widget.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/head_grid.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/linked_view.h"
#include "ui/widgets/plain_label.h"
#include "ui/widgets/room_splitter.h"
#include "ui/widgets/state_chips.h"
#include "ui/window/task_status.h"

namespace ocellus {

namespace {

constexpr double PictureBesideTree = 0.42; ///< of the width

enum SideTab { TreeTab, TilesTab };

} // namespace

HeadsPage::HeadsPage(LinkedView& view, QWidget* parent)
    : QWidget(parent),
      m_view(view),
      m_title(new ElidedLabel(this)),
      m_chips(new StateChips(this)),
      m_colourBar(new ColourBarWidget(this)),
      m_image(new ImageView(view, this)),
      m_side(new QWidget(this)),
      m_sideTabs(new QTabBar(m_side)),
      m_grid(new HeadGrid(view, m_side)),
      m_tree(new TreePanel(m_side)),
      m_words(plainLabel(this)),
      m_findPatches(new QPushButton(tr("Find their patches…"), this)),
      m_patchTask(new TaskStatus(this)),
      m_splitter(new RoomSplitter(
          [this](QSize room, int gap) {
              if (m_hasTree) // the same beside its tiles: the picture stays where it is
                  return RoomSharing{Qt::Horizontal, static_cast<int>(PictureBesideTree * room.width())};
              return shareRoom(room, static_cast<int>(m_grid->tiles().size()), m_grid->pictureSize(), m_grid->strips(),
                               gap);
          },
          this)),
      m_offerInside(new OpenOffer(Qt::Vertical, m_image)),
      m_offerAbove(new OpenOffer(Qt::Horizontal, this))
{
    m_title->setAccessibleName(tr("Class, rank and layer that are shown"));
    // Beside the colour bar, which is two lines high: nothing moves when a state comes or goes.
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_chips);
    auto* header = new QHBoxLayout;
    header->addWidget(m_offerAbove, 4);
    header->addLayout(words, 1);
    header->addWidget(m_colourBar, 1);
    m_splitter->setHandleWidth(HeadGrid::Gap);
    m_splitter->addWidget(m_image);
    m_splitter->addWidget(m_side);
    arrangeSide();
    // The chosen tile has the page to itself.
    connect(m_grid, &HeadGrid::enlargedChanged, this,
            [this](bool enlarged) { m_image->setVisible(!enlarged || m_grid->isHidden()); });
    connect(m_tree, &TreePanel::placeChosen, &m_view, &LinkedView::placeCrosshair);
    connect(m_tree, &TreePanel::branchChosen, this, &HeadsPage::showMap);

    auto* inside = new QVBoxLayout(m_image);
    inside->addWidget(m_offerInside, 0, Qt::AlignVCenter);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(header);
    layout->addWidget(m_splitter, 1);
    auto* below = new QHBoxLayout;
    below->addWidget(m_words, 1);
    below->addWidget(m_findPatches);
    below->addWidget(m_patchTask);
    layout->addLayout(below);
}

void HeadsPage::arrangeSide()
{
    m_sideTabs->addTab(tr("Tree"));
    m_sideTabs->addTab(tr("Tiles"));
    m_sideTabs->setDocumentMode(true);
    m_sideTabs->setExpanding(false);
    m_sideTabs->setDrawBase(false);
    m_sideTabs->setAccessibleName(tr("Beside the picture"));
    m_sideTabs->hide();
    m_tree->hide();
    m_words->setAccessibleName(tr("About the prototypes"));
    m_words->hide();
    m_findPatches->hide();
    auto* layout = new QVBoxLayout(m_side);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_sideTabs);
    layout->addWidget(m_grid, 1);
    layout->addWidget(m_tree, 1);
    connect(m_sideTabs, &QTabBar::currentChanged, this, [this] {
        m_tree->setVisible(showsTree());
        m_grid->setVisible(m_hasTree && m_tree->isHidden());
        m_splitter->share();
        showMap();
    });
}

bool HeadsPage::showsTree() const
{
    return m_hasTree && m_sideTabs->currentIndex() == TreeTab;
}

ShownView HeadsPage::shownView() const
{
    if (!showsTree())
        return {};
    const Explanation& shown = m_image->explanation();
    QStringList names; // as values: files are written in a thread of their own
    for (int classIndex = 0; classIndex < shown.decoding->extent().classes; ++classIndex)
        names += m_nameOf(classIndex);
    const auto nameOf = [names](int classIndex) { return names.value(classIndex); };
    return {
        tr("tree", "in the name of a file"), {}, {}, treeFigure(shown, m_tree->foldBelow(), nameOf), [shown, nameOf] {
            return treeCsv(shown, nameOf);
        }};
}

void HeadsPage::setExplanation(const Explanation& explanation, int head)
{
    m_explanation = explanation;
    m_head = head;
    m_grid->setExplanation(explanation);
    m_grid->setSelectedHead(head);
    // The large view says what is missing; once is enough.
    // So is one map of a source that knows no heads.
    const bool hasTiles = !explanation.isEmpty() && !(explanation.source && m_grid->tiles().size() == 1);
    m_hasTree = hasTiles && !explanation.source && explanation.decoding->tree();
    m_sideTabs->setVisible(m_hasTree);
    m_tree->setVisible(showsTree());
    m_grid->setVisible(hasTiles && m_tree->isHidden());
    m_side->setVisible(hasTiles);
    m_tree->setAnswer(m_hasTree ? explanation : Explanation(), head, m_nameOf);
    showMap();
    m_words->setText(PrototypeText::sentences(explanation).join(' '));
    m_words->setVisible(!m_words->text().isEmpty());
    showPatchOffer();
    if (m_grid->isHidden())
        m_grid->setEnlarged(false);
    m_splitter->share();
    m_colourBar->setExplanation(explanation);
    if (explanation.isEmpty()) {
        m_title->setText({});
        return;
    }
    // The number before a name is the class's, not its rank.
    const bool isNumbered = explanation.className.startsWith(QString::number(explanation.classIndex));
    QStringList words{isNumbered ? tr("Class %1").arg(explanation.className) : explanation.className,
                      FigureText::prediction(explanation), FigureText::layer(explanation)};
    words.removeAll(QString());
    m_title->setText(words.join(QStringLiteral(" · ")));
}

/// The chosen head's or, where that is chosen in the tree, of a branch that is no head of the answer.
void HeadsPage::showMap()
{
    const std::optional<int> branch = m_tree->isHidden() ? std::nullopt : m_tree->branchOffWay();
    const std::optional<TileMap> map = branch ? tileOfBranch(m_explanation, *branch) : std::nullopt;
    if (map)
        m_image->setMap(m_explanation, &*map);
    else
        m_image->setExplanation(m_explanation, m_head);
}

void HeadsPage::offer(const QString& words, const std::vector<OpenOffer::Choice>& choices)
{
    const Explanation& shown = m_image->explanation();
    const bool hasPicture = !shown.picture.isNull();
    // The reason why there is no picture stands there already.
    m_offerAbove->setOffer(hasPicture ? words : QString(), choices);
    m_offerInside->setOffer(hasPicture || !shown.whyEmpty.isEmpty() ? QString() : words, choices);
    m_colourBar->setVisible(m_offerAbove->isHidden());
}

void HeadsPage::offerPatches(QAction& find, bool isOffered)
{
    disconnect(m_findPatches, &QPushButton::clicked, nullptr, nullptr);
    connect(m_findPatches, &QPushButton::clicked, &find, &QAction::trigger);
    m_offersPatches = isOffered;
    showPatchOffer();
}

/// The words say what it is good for.
void HeadsPage::showPatchOffer()
{
    m_findPatches->setVisible(m_offersPatches && !m_words->isHidden());
}

void HeadsPage::setTileTextSize(int points)
{
    QFont text = font();
    if (points > 0)
        text.setPointSize(points);
    m_image->setFont(text);
    m_grid->setFont(text);
}

} // namespace ocellus
