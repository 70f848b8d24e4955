// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/report_plan.h"

#include <algorithm>

namespace ocellus {

bool ReportItem::isEdited() const
{
    return std::ranges::any_of(edits, &Edit::enabled);
}

ReportPlan planReport(const Session& session, std::size_t most)
{
    ReportPlan plan;
    for (std::size_t i = 0; i < session.pictures.size(); ++i) {
        const SessionPicture& picture = session.pictures[i];
        ReportItem item{picture.file.path, picture.edits.edits, {}, {}, {}};
        bool wasShown = false;
        for (const StoredResult& result : session.results) {
            if (result.picture != static_cast<int>(i))
                continue;
            item.set = result.set;
            item.classIndex = result.classIndex;
            item.layer = result.layer;
            plan.items.push_back(item);
            wasShown = true;
        }
        if (!wasShown && item.isEdited()) {
            if (session.view.limit.mode != LimitMode::All)
                item.set = session.view.limit;
            plan.items.push_back(item);
        }
    }
    if (plan.items.size() > most) {
        plan.leftOut = plan.items.size() - most;
        std::ranges::stable_partition(plan.items, &ReportItem::isEdited);
        plan.items.resize(most);
    }
    return plan;
}

} // namespace ocellus
