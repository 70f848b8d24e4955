// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/report_sections.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/base/error.h"
#include "ui/figures/edit_text.h"
#include "ui/figures/evidence_text.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/map_evidence.h"
#include "ui/figures/matrix_figure.h"
#include "ui/figures/number_text.h"
#include "ui/figures/picture_difference.h"

namespace ocellus {

namespace {

/// The words of this file.
class ReportText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::ReportText)
};

constexpr int imageSide = 800; ///< of pictures in a report, at most
constexpr std::size_t mostClasses = 20;

QString share(const std::optional<double>& value)
{
    return value ? fixedText(*value, 3) : QStringLiteral("–");
}

QImage small(const QImage& image)
{
    if (std::max(image.width(), image.height()) <= imageSide)
        return image;
    return image.scaled(imageSide, imageSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

/// White where it is selected, as masks are written.
QImage imageOf(const Mask& mask)
{
    const Size size = mask.pictureSize();
    QImage image(size.width, size.height, QImage::Format_Grayscale8);
    image.fill(Qt::black);
    const PixelBox& box = mask.box();
    for (int y = box.top; y < box.bottom(); ++y)
        for (int x = box.left; x < box.right(); ++x)
            image.scanLine(y)[x] = mask.at(x, y);
    return small(image);
}

/// What must be said of any figure: layer, limit, how it is drawn, what made it.
QString captionOf(const Explanation& explanation)
{
    QStringList parts{FigureText::withLayer(explanation.className, explanation, QStringLiteral(" · "))};
    parts += FigureText::banners(explanation);
    parts += FigureText::drawing(explanation);
    parts += FigureText::madeBy(explanation);
    return parts.join(QStringLiteral(" · "));
}

std::vector<ReportImage> imagesOf(const EditComparison& comparison)
{
    const QImage before = small(comparison.before.picture), after = small(comparison.after.picture);
    std::vector<ReportImage> images{photograph(ReportText::tr("Before"), before),
                                    photograph(ReportText::tr("After"), after)};
    if (comparison.before.picture.size() == comparison.after.picture.size())
        images.push_back(photograph(ReportText::tr("Difference: grey is unchanged"),
                                    differenceImage(before.convertToFormat(QImage::Format_RGB32),
                                                    after.convertToFormat(QImage::Format_RGB32))));
    for (const Edit& edit : comparison.edits)
        if (edit.enabled && !edit.mask.isNone())
            images.push_back(drawing(ReportText::tr("Mask of %1").arg(describe(edit)), imageOf(edit.mask)));
    return images;
}

/// A table without them would be taken for one of all classes.
QStringList leftOutClasses(const Decoding& decoding)
{
    const QuerySet& set = decoding.querySet();
    const auto others = decoding.extent().classes - static_cast<int>(set.active.size());
    if (set.mode == LimitMode::All || others <= 0)
        return {};
    return {ReportText::tr("Left out by the limit: %1 of %2 classes, which have no rank and no effect here.")
                .arg(others)
                .arg(decoding.extent().classes)};
}

ReportTable classTable(const EditComparison& comparison)
{
    ReportTable table{ReportText::tr("Effects on the classes, by the rank before"),
                      {ReportText::tr("Class"), ReportText::tr("Logit before"), ReportText::tr("Logit after"),
                       ReportText::tr("Change"), ReportText::tr("Probability before"),
                       ReportText::tr("Probability after"), ReportText::tr("Rank before"),
                       ReportText::tr("Rank after")},
                      {},
                      {}};
    for (const ClassEffect& effect : comparison.classes.classes) {
        // Those that are or were far behind have no part in the answer.
        if (std::min(effect.rankBefore, effect.rankAfter) > static_cast<int>(mostClasses))
            continue;
        if (comparison.classes.flips() && (effect.rankBefore == 1 || effect.rankAfter == 1))
            table.marked.push_back(static_cast<int>(table.rows.size()));
        table.rows.push_back({comparison.nameOf(effect.classIndex), fixedText(effect.logitBefore, 2),
                              fixedText(effect.logitAfter, 2), changeText(effect.logitChange()),
                              FigureText::probability(effect.probabilityBefore),
                              FigureText::probability(effect.probabilityAfter), QString::number(effect.rankBefore),
                              QString::number(effect.rankAfter)});
    }
    return table;
}

ReportTable headTable(const EditComparison& comparison)
{
    ReportTable table{ReportText::tr("Effects on the maps of %1: Jensen-Shannon distance (0 equal, 1 no cell in "
                                     "common), and the share of the map inside the mask")
                          .arg(comparison.after.className),
                      {ReportText::tr("Map"), ReportText::tr("Distance"), ReportText::tr("Inside before"),
                       ReportText::tr("Inside after")},
                      {},
                      {}};
    for (const MapEffect& effect : comparison.maps) {
        const bool isMean = effect.head == comparison.after.heads();
        table.rows.push_back({isMean ? FigureText::mean() : FigureText::headOf(comparison.after, effect.head),
                              share(effect.distance), share(effect.inMaskBefore), share(effect.inMaskAfter)});
    }
    return table;
}

/// What was tested of the maps, each number beside what chance did.
ReportTable evidenceTable(const Explanation& explanation, const MapEvidence& evidence)
{
    ReportTable table{ReportText::tr("Whether the maps of %1 tell the truth: each number beside the median of what "
                                     "chance did in n tries")
                          .arg(explanation.className),
                      {ReportText::tr("Map"), ReportText::tr("Test"), ReportText::tr("Verdict"),
                       ReportText::tr("Number"), ReportText::tr("Chance"), ReportText::tr("n"), ReportText::tr("p"),
                       ReportText::tr("p corrected"), ReportText::tr("Correction")},
                      {},
                      {}};
    const EvidenceSheet& sheet = evidence.sheet;
    for (const auto& [map, finding] : sheet.rows()) {
        const std::optional<double> chance = medianOfNull(finding);
        table.rows.push_back({EvidenceText::title(sheet, map), EvidenceText::test(finding.test),
                              EvidenceText::verdict(sheet.verdict(map, finding.test)), fixedText(finding.value, 3),
                              chance ? fixedText(*chance, 3) : QString(), QString::number(finding.nulls.size()),
                              fixedText(finding.p, 3), fixedText(sheet.correctedP(map, finding.test), 3),
                              EvidenceText::correction(sheet, map)});
    }
    return table;
}

/// In sentences that can be quoted, and as a table.
void addEvidence(ReportSection& section, const Explanation& explanation)
{
    const MapEvidence* evidence = evidenceOf(explanation);
    if (!evidence || evidence->sheet.isEmpty())
        return;
    for (const auto& [map, finding] : evidence->sheet.rows())
        if (finding.test == EvidenceTest::Cover)
            section.paragraphs += EvidenceText::sentence(evidence->sheet, map, finding.test, explanation.className);
    section.tables.push_back(evidenceTable(explanation, *evidence));
}

} // namespace

ReportSection sectionOf(const Explanation& explanation, const QStringList& classNames)
{
    const Figure figure = figureOf(explanation, FigureStyle::Honest);
    const Decoding& decoding = *explanation.decoding;
    ReportSection section;
    section.title = explanation.pictureName;
    section.paragraphs += QStringLiteral("%1: %2").arg(explanation.className, FigureText::prediction(explanation));
    if (decoding.extent().heads > 0 && decoding.isActive(explanation.classIndex))
        section.figures.push_back(drawing(captionOf(explanation), figure));
    if (!decoding.hasLogits()) // tokens are in no order
        return section;
    ReportTable table{ReportText::tr("The best classes"),
                      {ReportText::tr("Class"), ReportText::tr("Logit"), ReportText::tr("Probability")},
                      {},
                      {}};
    for (const int position : decoding.ranking()) {
        if (table.rows.size() == mostClasses)
            break;
        const auto at = static_cast<std::size_t>(position);
        if (!decoding.isActive(decoding.classes()[at]))
            break; // they are the last
        table.rows.push_back({classNames.value(decoding.classes()[at]), fixedText(decoding.logits()[at], 2),
                              FigureText::probability(decoding.probabilities()[at])});
    }
    section.tables.push_back(std::move(table));
    section.paragraphs += leftOutClasses(decoding);
    addEvidence(section, explanation);
    return section;
}

ReportSection sectionOf(const EditComparison& comparison)
{
    if (comparison.isEmpty() || comparison.before.picture.isNull() || comparison.after.picture.isNull())
        throw Error(ErrorCode::BadArgument, "report", "expected a picture before and after its edits, got none");
    ReportSection section;
    section.title = comparison.after.pictureName;
    section.verdict = verdict(comparison);
    section.paragraphs += ReportText::tr("Edits: %1").arg(describe(comparison.edits));
    section.images = imagesOf(comparison);
    if (!comparison.maps.empty())
        section.figures.push_back(
            drawing(captionOf(comparison.after) + QStringLiteral(" · ") + describe(comparison.edits),
                    figureOf(editMatrix(comparison.before, comparison.after))));
    if (!comparison.classes.classes.empty())
        section.tables.push_back(classTable(comparison));
    section.paragraphs += leftOutClasses(*comparison.after.decoding);
    if (!comparison.maps.empty())
        section.tables.push_back(headTable(comparison));
    addEvidence(section, comparison.after);
    return section;
}

ReportSection sectionOf(const MapMatrix& matrix)
{
    const Explanation* first = matrix.firstExplanation(false);
    if (!first)
        throw Error(ErrorCode::BadArgument, "report", "expected a comparison with maps, got none");
    ReportSection section;
    section.title = matrix.title;
    section.paragraphs = matrix.notes;
    section.figures.push_back(drawing(captionOf(*first), figureOf(matrix)));
    return section;
}

} // namespace ocellus
