// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tree/tree_figure.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/error.h"
#include "core/io/csv.h"
#include "ui/figures/figure_page.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/prototype_patches.h"
#include "ui/figures/prototype_text.h"
#include "ui/figures/provenance.h"
#include "ui/tree/tree_picture.h"

namespace ocellus {

namespace {

constexpr double pageWidth = 510;
constexpr double widestPage = 4000;                 ///< points: what is wider becomes smaller
constexpr double leastScale = 0.5, mostScale = 0.8; ///< points a unit of the drawing
constexpr double gap = 6;

const TreeAnswer& treeOf(const Explanation& explanation)
{
    if (!explanation.decoding || !explanation.decoding->tree() || explanation.picture.isNull())
        throw Error(ErrorCode::BadArgument, "figure of a tree", "expected a picture's way through a tree, got none");
    return *explanation.decoding->tree();
}

/// Ink on white, whatever the window's theme.
QPalette paper()
{
    QPalette palette;
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, inkColour());
    palette.setColor(QPalette::Mid, QColor(0xb0, 0xb0, 0xb0));
    palette.setColor(QPalette::Highlight, QColor(0x1a, 0x6f, 0xb5));
    return palette;
}

/// The drawing and how large it is on the page.
struct TreeOnPage {
    TreePicture picture;
    double foldBelow = 0;
    double scale = mostScale;
    double width = pageWidth; ///< of the page

    TreeOnPage(const Explanation& explanation, double fold, const TreeText::NameOfClass& nameOf) : foldBelow(fold)
    {
        picture.setFoldBelow(foldBelow);
        picture.setAnswer(explanation, nameOf);
        const double drawn = picture.size().width();
        width = std::clamp(leastScale * drawn + 2 * FigurePage::margin, pageWidth, widestPage);
        scale = std::min(mostScale, (width - 2 * FigurePage::margin) / drawn);
    }

    void paint(QPainter& painter, const QRectF& room)
    {
        const double drawn = scale * picture.size().width();
        painter.save();
        painter.setFont(FigurePage::font(FigurePage::textSize));
        painter.translate(room.left() + (room.width() - drawn) / 2, room.top());
        painter.scale(scale, scale);
        // The words of a page are as large as they are, and whoever reads it can come closer.
        picture.paint(painter, QRectF(QPointF(), picture.size()), paper(), -1, 1);
        painter.restore();
    }
};

/// Paints, or measures where the page has no painter.
void layOut(FigurePage& page, TreeOnPage& tree, const Explanation& explanation, const TreeText::NameOfClass& nameOf)
{
    page.header(explanation);
    page.small(TreeText::predictions(*explanation.decoding, nameOf));
    page.skip(gap);
    const QRectF room = page.take(tree.scale * tree.picture.size().height());
    if (page.painter())
        tree.paint(*page.painter(), room);
    page.skip(gap);
    page.small(TreeText::legend(explanation.patches && explanation.patches->areThere));
    if (tree.foldBelow > 0)
        page.small(TreeText::tr("A dashed box stands for leaves that the picture reaches with less than %1.")
                       .arg(FigureText::number(tree.foldBelow)));
    for (const QString& change : FigureText::changes(explanation))
        page.small(change);
    for (const QString& sentence : PrototypeText::sentences(explanation))
        page.small(sentence);
    page.small(FigureText::madeBy(explanation));
}

/// Places of the nodes above, -1 of the root.
std::vector<int> parentsIn(const TreeAnswer& tree)
{
    std::vector<int> parents(tree.nodes.size(), -1);
    for (std::size_t node = 0; node < tree.nodes.size(); ++node)
        for (const int child : {tree.nodes[node].left, tree.nodes[node].right})
            if (child >= 0 && child < static_cast<int>(parents.size()))
                parents[static_cast<std::size_t>(child)] = static_cast<int>(node);
    return parents;
}

void addBranch(CsvLine& line, const TreeAnswer::Node& node, const CellGeometry& geometry)
{
    line.number(node.prototype).number(node.presence);
    const int columns = std::max(1, geometry.columns());
    if (node.cell < 0) {
        line.empty().empty().empty().empty();
    } else {
        const Cell cell{node.cell / columns, node.cell % columns};
        const Point centre = geometry.centre(cell);
        line.number(cell.row).number(cell.column).number(centre.x).number(centre.y);
    }
    line.empty().empty().empty();
}

void addLeaf(CsvLine& line, const TreeAnswer::Node& node, const TreeText::NameOfClass& nameOf)
{
    for (int column = 0; column < 6; ++column)
        line.empty();
    line.number(node.leafClass).text(nameOf(node.leafClass).toStdString()).number(node.leafShare);
}

} // namespace

Figure treeFigure(const Explanation& explanation, double foldBelow, const TreeText::NameOfClass& nameOf)
{
    treeOf(explanation);
    TreeOnPage tree(explanation, foldBelow, nameOf);
    FigurePage measured(tree.width, nullptr);
    layOut(measured, tree, explanation, nameOf);
    return {explanation.className,
            {tree.width, std::ceil(measured.bottom())},
            [explanation, foldBelow, nameOf](QPainter& painter, double) {
                TreeOnPage drawn(explanation, foldBelow, nameOf);
                FigurePage page(drawn.width, &painter);
                layOut(page, drawn, explanation, nameOf);
            }};
}

std::string treeCsv(const Explanation& explanation, const TreeText::NameOfClass& nameOf)
{
    const TreeAnswer& tree = treeOf(explanation);
    std::vector<CsvColumn> belongsTo{{"picture", explanation.pictureName.toStdString()}};
    for (CsvColumn& column : provenanceOf(explanation))
        belongsTo.push_back(std::move(column));
    std::string table = csvHeader("node,parent,on_marked_way,reached,prototype,presence,row,column,x,y,leaf_class,"
                                  "leaf_class_name,leaf_probability",
                                  belongsTo);
    const std::vector<int> parents = parentsIn(tree);
    for (std::size_t i = 0; i < tree.nodes.size(); ++i) {
        const TreeAnswer::Node& node = tree.nodes[i];
        CsvLine line;
        line.number(node.index);
        if (parents[i] < 0)
            line.empty();
        else
            line.number(tree.nodes[static_cast<std::size_t>(parents[i])].index);
        line.number(std::ranges::find(tree.path, node.index) != tree.path.end() ? 1 : 0).number(node.reached);
        if (node.isLeaf())
            addLeaf(line, node, nameOf);
        else
            addBranch(line, node, explanation.geometry);
        table += line.values(belongsTo).str();
    }
    return table;
}

} // namespace ocellus
