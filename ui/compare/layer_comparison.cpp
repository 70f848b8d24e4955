// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/layer_comparison.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/document/map_kind.h"
#include "ui/figures/left_out.h"
#include "ui/figures/map_names.h"
#include "ui/widgets/matrix_grid.h"
#include "ui/widgets/matrix_view.h"

namespace ocellus {

namespace {

enum Heads { AllHeads, ChosenHead };

} // namespace

LayerComparison::LayerComparison(Document& document, LiveAnswer& answer, QWidget* parent)
    : ComparePage(document, answer, parent),
      m_heads(new QComboBox(this))
{
    m_heads->addItem(tr("All maps"), AllHeads);
    m_heads->addItem(tr("The chosen map"), ChosenHead);
    m_heads->setAccessibleName(tr("Maps whose layers are shown"));
    m_heads->setToolTip(tr("The chosen map, or the mean, is the one that is chosen among the tiles"));
    auto* label = new QLabel(tr("Sho&w:"), this);
    label->setBuddy(m_heads);
    auto* bar = new QHBoxLayout;
    bar->addWidget(label);
    bar->addWidget(m_heads);
    bar->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addWidget(view(), 1);
    connect(m_heads, &QComboBox::currentIndexChanged, this, &LayerComparison::refreshLater);
    connect(&document, &Document::headChanged, this, &LayerComparison::refreshLater);
    connect(view()->grid(), &MatrixGrid::cellChosen, this, &LayerComparison::takeCell);
}

void LayerComparison::refresh()
{
    const Explanation shown = answer().explanationOfHeads();
    if (shown.isEmpty() || !shown.decoding->hasClass(shown.classIndex)) {
        view()->showInvitation(shown.whyEmpty.isEmpty()
                                   ? tr("Open a model and a picture to see what every layer looks at.")
                                   : shown.whyEmpty);
        return;
    }
    if (isLeftOutByLimit(shown)) {
        view()->showInvitation(tr("%1 is %2. Choose a class that takes part, or lift the limit.")
                                   .arg(shown.className, leftOutText(shown)));
        return;
    }
    MapMatrix matrix = m_heads->currentData().toInt() == AllHeads
                           ? layerMatrix(shown)
                           : layerMatrix(shown, std::min(document().head(), shown.heads()));
    if (const QString other = otherSource(); !other.isEmpty())
        matrix.notes.prepend(
            tr("%1. What stands here are the model's own %2.").arg(other, MapNames::many(mapKindOf(document()))));
    view()->setMatrix(matrix);
}

void LayerComparison::takeCell(int row, int column)
{
    const MatrixCell& cell =
        view()->matrix().rows[static_cast<std::size_t>(row)].cells[static_cast<std::size_t>(column)];
    if (cell.tile && m_heads->currentData().toInt() == AllHeads)
        document().setHead(cell.tile->head);
}

} // namespace ocellus
