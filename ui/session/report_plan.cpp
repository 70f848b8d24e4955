// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/report_plan.h"

#include <algorithm>

namespace ocellus {

bool ReportItem::isEdited() const
{
    return std::ranges::any_of(edits, &Edit::enabled);
}

namespace {

void addItems(ReportPlan& plan, ReportItem item, int picture, const std::vector<StoredResult>& results)
{
    for (const StoredResult& result : results) {
        if (result.picture != picture)
            continue;
        item.set = result.set;
        item.classIndex = result.classIndex;
        item.layer = result.layer;
        plan.items.push_back(item);
    }
}

} // namespace

ReportPlan planReport(const Session& session, const std::vector<StoredResult>& earlier, std::size_t most)
{
    ReportPlan plan;
    for (std::size_t i = 0; i < session.pictures.size(); ++i) {
        const SessionPicture& picture = session.pictures[i];
        ReportItem item{picture.file.path, picture.edits.edits, {}, {}, {}, ReportItem::State::Shown};
        const std::size_t before = plan.items.size();
        addItems(plan, item, static_cast<int>(i), session.results);
        item.state = ReportItem::State::EditedSince;
        addItems(plan, item, static_cast<int>(i), earlier);
        if (plan.items.size() == before && item.isEdited()) {
            item.state = ReportItem::State::NotShown;
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
