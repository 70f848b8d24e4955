// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/sanity_text.h"

#include <algorithm>
#include <optional>

#include "core/analysis/rank_correlation.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// Sources beside each other with one verdict, of which the heads are told as a range.
struct Group {
    QString name;
    int firstHead = -1, lastHead = -1; ///< from 1; -1: it is no head
    SanityVerdict verdict = SanityVerdict::Untested;
};

std::optional<int> headOf(const QString& label)
{
    const QString prefix = QStringLiteral("head ");
    bool isNumber = false;
    const int head = label.startsWith(prefix) ? label.mid(prefix.size()).toInt(&isNumber) : 0;
    return isNumber ? std::optional(head) : std::nullopt;
}

std::vector<Group> groupsOf(const SanityReport& report)
{
    std::vector<Group> groups;
    for (const SanitySource& source : report.sources) {
        const QString label = QString::fromStdString(source.label);
        const SanityVerdict verdict = verdictOf(source, report.deciding);
        const std::optional<int> head = headOf(label);
        if (head && !groups.empty() && groups.back().lastHead == *head - 1 && groups.back().lastHead > 0 &&
            groups.back().verdict == verdict)
            groups.back().lastHead = *head;
        else
            groups.push_back({label, head.value_or(-1), head.value_or(-1), verdict});
    }
    return groups;
}

} // namespace

QString SanityText::summary(const SanityReport& report)
{
    QStringList parts;
    for (const Group& group : groupsOf(report)) {
        QString name = group.name;
        if (group.firstHead > 0)
            name = group.firstHead == group.lastHead ? tr("head %1").arg(group.firstHead)
                                                     : tr("heads %1 to %2").arg(group.firstHead).arg(group.lastHead);
        switch (group.verdict) {
        case SanityVerdict::Passed: parts += tr("%1: pass").arg(name); break;
        case SanityVerdict::Failed: parts += tr("%1: fail").arg(name); break;
        case SanityVerdict::Untested: parts += tr("%1: not tested").arg(name); break;
        }
    }
    return tr("%1 · %n picture(s), with random weights up to %2", nullptr, report.pictures)
        .arg(parts.join(QStringLiteral("; ")), QString::fromStdString(report.deciding));
}

QString SanityText::sentence(const SanityReport& report, const std::string& label, const QString& map)
{
    const auto source = std::ranges::find(report.sources, label, &SanitySource::label);
    if (source == report.sources.end())
        return {};
    const auto stage = std::ranges::find(source->stages, report.deciding, &SanityComparison::stage);
    if (stage == source->stages.end() || stage->pictures == 0)
        return {};
    const QString text =
        verdictOf(*source, report.deciding) == SanityVerdict::Passed
            ? tr("A network with random weights (up to %1) looks elsewhere: over %n picture(s) the maps of %2 keep a "
                 "rank correlation of %3 with the trained ones (95 %: %4 to %5)",
                 nullptr, stage->pictures)
            : tr("A network with random weights (up to %1) looks at much the same: over %n picture(s) the maps of %2 "
                 "keep a rank correlation of %3 with the trained ones (95 %: %4 to %5)",
                 nullptr, stage->pictures);
    return text.arg(QString::fromStdString(report.deciding), map, fixedText(stage->spearman, 2),
                    fixedText(stage->low, 2), fixedText(stage->high, 2)) +
           tr("; two maps that have nothing to do with each other come to 0 ± %1.")
               .arg(fixedText(rankCorrelationSpread(source->cells), 2));
}

} // namespace ocellus
