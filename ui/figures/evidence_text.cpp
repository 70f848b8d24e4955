// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/evidence_text.h"

#include <algorithm>
#include <cmath>

#include "ui/figures/number_text.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

constexpr double leastToldP = 0.001;

QString tr(const char* text, int n = -1)
{
    return QCoreApplication::translate("ocellus::EvidenceText", text, nullptr, n);
}

/// Two digits behind the point where there is one before it; of what these would not show the first that is not 0.
QString amount(double value)
{
    constexpr double shown = 0.01, least = 1e-4;
    if (std::abs(value) < shown && std::abs(value) >= least)
        return generalText(value, 1);
    return fixedText(value, std::abs(value) < 10 ? 2 : 1);
}

/// "none did as much", "1 did as much", "12 did as much".
QString howMany(std::size_t count, const char* none, const char* some)
{
    return count == 0 ? tr(none) : tr(some, static_cast<int>(count));
}

QString probabilityText(const EvidenceSheet& sheet, const EvidenceMap& map, const Finding& finding)
{
    const std::size_t family = sheet.family(map);
    const QString own = EvidenceText::p(finding.p);
    if (family < 2)
        return own;
    const double corrected = sheet.correctedP(map, finding.test);
    const auto count = static_cast<int>(family);
    return (sheet.areHeads() ? tr("%1, corrected for %n head(s) %2", count)
                             : tr("%1, corrected for %n prototype(s) %2", count))
        .arg(own,
             corrected < leastToldP ? QStringLiteral("< %1").arg(fixedText(leastToldP, 3)) : fixedText(corrected, 3));
}

bool isOnAnimal(const Finding& finding)
{
    return finding.settings.find("place=animal") != std::string::npos;
}

/// Attention looks; any other map marks.
QString coveredText(const Finding& finding, bool looks)
{
    if (looks)
        return finding.value >= 0
                   ? tr("Covering the %1 % of the picture that %2 looks at most lowers the logit of %3 by %4")
                   : tr("Covering the %1 % of the picture that %2 looks at most raises the logit of %3 by %4");
    return finding.value >= 0 ? tr("Covering the %1 % of the picture that %2 marks most lowers the logit of %3 by %4")
                              : tr("Covering the %1 % of the picture that %2 marks most raises the logit of %3 by %4");
}

QString coverText(const Finding& finding, const QString& map, const QString& className, bool looks)
{
    const QString share = generalText(100 * finding.share, 2);
    const QString change = amount(std::abs(finding.value));
    const QString text = coveredText(finding, looks).arg(share, map, className, change);
    if (finding.nulls.empty())
        return text + tr("; no region of that shape fits elsewhere, and so it is not known what chance would do");
    const bool onAnimal = isOnAnimal(finding);
    const auto count = static_cast<int>(finding.nulls.size());
    const QString among = onAnimal
                              ? tr("; of %n equally large region(s) elsewhere on the animal (as estimated) ", count)
                              : tr("; of %n equally large region(s) elsewhere in the picture ", count);
    return text + among +
           howMany(asGood(finding), QT_TRANSLATE_NOOP("ocellus::EvidenceText", "none did as much"),
                   QT_TRANSLATE_NOOP("ocellus::EvidenceText", "%n did as much or more"));
}

/// A prototype counts where it is found most, so that what it gives is known for certain.
QString contributionText(const Finding& finding, const QString& map, const QString& className)
{
    return (finding.value >= 0
                ? tr("What %1 finds adds %2 to the logit of %3: without it the logit is lower by as much")
                : tr("What %1 finds takes %2 from the logit of %3: without it the logit is higher by as "
                     "much"))
        .arg(map, amount(std::abs(finding.value)), className);
}

QString importanceText(const Finding& finding, const QString& map, const QString& className)
{
    const QString change = amount(std::abs(finding.value));
    QString text = finding.value >= 0
                       ? tr("Where %1 attends adds %2 to the logit of %3, beside attending everywhere alike")
                       : tr("Where %1 attends takes %2 from the logit of %3, beside attending everywhere alike");
    text = text.arg(map, change, className);
    if (finding.nulls.empty())
        return text + tr("; there is no other place to compare with");
    return text + tr("; of the same pattern at %n other place(s) ", static_cast<int>(finding.nulls.size())) +
           howMany(asGood(finding), QT_TRANSLATE_NOOP("ocellus::EvidenceText", "none added as much"),
                   QT_TRANSLATE_NOOP("ocellus::EvidenceText", "%n added as much or more"));
}

QString curveText(const Finding& finding, const QString& map)
{
    const bool takesAway = finding.test == EvidenceTest::Deletion;
    QString text = takesAway
                       ? tr("Taken away in the order of %1, the picture keeps a probability of %2 on the way, of the "
                            "class that the model takes it for (area under the curve; low is good)")
                       : tr("Brought back in the order of %1, the picture has a probability of %2 on the way, of the "
                            "class that the model takes it for (area under the curve; high is good)");
    text = text.arg(map, fixedText(finding.value, 3));
    if (finding.nulls.empty())
        return text + tr("; there is nothing to compare with");
    text += tr("; of %n random order(s) ", static_cast<int>(finding.nulls.size())) +
            howMany(asGood(finding), QT_TRANSLATE_NOOP("ocellus::EvidenceText", "none did as well"),
                    QT_TRANSLATE_NOOP("ocellus::EvidenceText", "%n did as well or better"));
    if (finding.centre && finding.reversed)
        text += tr("; from the middle outwards it is %1, in the reverse order %2")
                    .arg(fixedText(*finding.centre, 3), fixedText(*finding.reversed, 3));
    return text;
}

QString pointingText(const Finding& finding, const QString& map, bool looks)
{
    QString text = (looks ? tr("%1 % of what %2 looks at lies in %5: that is %3 % of the picture (%4 times chance)")
                          : tr("%1 % of what %2 marks lies in %5: that is %3 % of the picture (%4 times chance)"))
                       .arg(generalText(100 * finding.value, 3), map, generalText(100 * finding.share, 2),
                            generalText(finding.share > 0 ? finding.value / finding.share : 0, 2),
                            QString::fromStdString(finding.settings).section(QLatin1Char('='), 1));
    if (finding.nulls.empty())
        return text + tr("; there is nothing to compare with");
    text += tr("; of the same pattern at %n other place(s) ", static_cast<int>(finding.nulls.size())) +
            howMany(asGood(finding), QT_TRANSLATE_NOOP("ocellus::EvidenceText", "none has as much in it"),
                    QT_TRANSLATE_NOOP("ocellus::EvidenceText", "%n with as much in it or more"));
    if (finding.centre)
        text += tr("; a map of the picture's middle has %1 %").arg(generalText(100 * *finding.centre, 3));
    return text;
}

} // namespace

QString EvidenceText::map(const EvidenceSheet& sheet, const EvidenceMap& map)
{
    if (map.source == "mean")
        return sheet.areHeads() ? tr("the mean of the heads") : tr("the mean of the class's prototypes");
    if (map.source == "heads" && map.head >= 0) {
        const QString own = QString::fromStdString(sheet.headName(map.head));
        return own.isEmpty() ? tr("head %1").arg(map.head + 1) : own;
    }
    const QString name = QString::fromStdString(sheet.nameOf(map));
    return map.head < 0 ? name : tr("%1 of head %2").arg(name).arg(map.head + 1);
}

QString EvidenceText::title(const EvidenceSheet& sheet, const EvidenceMap& of)
{
    return atBeginning(map(sheet, of));
}

QString EvidenceText::test(EvidenceTest test)
{
    switch (test) {
    case EvidenceTest::Importance: return tr("What it is worth");
    case EvidenceTest::Cover: return tr("Covering what it shows");
    case EvidenceTest::Deletion: return tr("Taking away what it shows first");
    case EvidenceTest::Insertion: return tr("Bringing in what it shows first");
    case EvidenceTest::Pointing: return tr("Lying on known parts");
    }
    return {};
}

QString EvidenceText::column(EvidenceTest test)
{
    switch (test) {
    case EvidenceTest::Importance: return tr("worth");
    case EvidenceTest::Cover: return tr("covered");
    case EvidenceTest::Deletion: return tr("deletion");
    case EvidenceTest::Insertion: return tr("insertion");
    case EvidenceTest::Pointing: return tr("on parts");
    }
    return {};
}

QString EvidenceText::verdict(EvidenceVerdict verdict)
{
    switch (verdict) {
    case EvidenceVerdict::Supported: return tr("supported");
    case EvidenceVerdict::NotSupported: return tr("not supported");
    case EvidenceVerdict::Untested: return tr("untested");
    }
    return {};
}

QString EvidenceText::mark(EvidenceVerdict verdict)
{
    switch (verdict) {
    case EvidenceVerdict::Supported: return QStringLiteral("✓");
    case EvidenceVerdict::NotSupported: return QStringLiteral("✗");
    case EvidenceVerdict::Untested: return QStringLiteral("?");
    }
    return {};
}

QString EvidenceText::verdictMeaning(EvidenceVerdict verdict)
{
    switch (verdict) {
    case EvidenceVerdict::Supported:
        return tr("Covering what the map shows takes more from the class than covering as much elsewhere.");
    case EvidenceVerdict::NotSupported:
        return tr("Covering what the map shows takes no more from the class than covering as much elsewhere.");
    case EvidenceVerdict::Untested: return tr("Nothing is known of whether the class depends on what the map shows.");
    }
    return {};
}

QString EvidenceText::p(double p)
{
    return p < leastToldP ? tr("p < %1").arg(fixedText(leastToldP, 3)) : tr("p = %1").arg(fixedText(p, 3));
}

QString EvidenceText::sentence(const EvidenceSheet& sheet, const EvidenceMap& of, EvidenceTest test,
                               const QString& className)
{
    const Finding* finding = sheet.finding(of, test);
    if (!finding)
        return {};
    QString text;
    const QString name = map(sheet, of);
    const bool looks = isOfLayer(of) && sheet.areHeads();
    switch (test) {
    case EvidenceTest::Importance:
        text =
            sheet.areHeads() ? importanceText(*finding, name, className) : contributionText(*finding, name, className);
        break;
    case EvidenceTest::Cover: text = coverText(*finding, name, className, looks); break;
    case EvidenceTest::Deletion:
    case EvidenceTest::Insertion: text = curveText(*finding, name); break;
    case EvidenceTest::Pointing: text = pointingText(*finding, name, looks); break;
    }
    if (!finding->nulls.empty())
        text += QStringLiteral(" (%1)").arg(probabilityText(sheet, of, *finding));
    return text + QLatin1Char('.');
}

QString EvidenceText::sentence(const PointingGame& game, const QString& region)
{
    const QString middle =
        game.isMiddleHit ? tr("and so is the middle of the picture") : tr("and the middle of the picture is not");
    return (game.isHit ? tr("Its peak is in or beside %1; a cell drawn at random would be there in %2 % of draws, %3.")
                       : tr("Its peak is neither in nor beside %1; a cell drawn at random would be there in %2 % of "
                            "draws, %3."))
        .arg(region, generalText(100 * game.chance, 2), middle);
}

QString EvidenceText::correction(const EvidenceSheet& sheet, const EvidenceMap& map)
{
    const std::size_t family = sheet.family(map);
    if (family < 2)
        return tr("none: one map");
    return sheet.areHeads() ? tr("Holm over %n head(s)", nullptr, static_cast<int>(family))
                            : tr("Holm over %n prototype(s)", nullptr, static_cast<int>(family));
}

QString EvidenceText::legend(const EvidenceSheet& sheet, const EvidenceMap& map)
{
    const Finding* finding = sheet.finding(map, EvidenceTest::Cover);
    if (!finding)
        return {};
    std::size_t most = 0, tests = 0, onAnimal = 0;
    for (const EvidenceSheet::Row& row : sheet.rows())
        if (row.finding.test == EvidenceTest::Cover) {
            most = std::max(most, row.finding.nulls.size());
            ++tests;
            onAnimal += isOnAnimal(row.finding) ? 1 : 0;
        }
    const QString where = onAnimal == 0       ? tr("elsewhere in the picture")
                          : onAnimal == tests ? tr("elsewhere on the animal (as estimated)")
                                              : tr("elsewhere (on the animal or in the picture)");
    return tr("%1 supported, %2 not supported, %3 untested: whether covering the %4 % of the picture that a map shows "
              "most takes more from the class's logit than covering as much %5 (up to %n place(s); p at most 0.05; "
              "correction: %6)",
              nullptr, static_cast<int>(most))
        .arg(mark(EvidenceVerdict::Supported), mark(EvidenceVerdict::NotSupported), mark(EvidenceVerdict::Untested),
             generalText(100 * finding->share, 2), where, correction(sheet, map));
}

QString EvidenceText::cell(const EvidenceSheet& sheet, const EvidenceMap& map, EvidenceTest test)
{
    const Finding* finding = sheet.finding(map, test);
    if (!finding || finding->nulls.empty())
        return {};
    return tr("%1 (p %2, n %3)")
        .arg(amount(finding->value), fixedText(sheet.correctedP(map, test), 3))
        .arg(finding->nulls.size());
}

} // namespace ocellus
