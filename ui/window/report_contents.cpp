// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/report_contents.h"

#include <utility>

#include <QPointer>

#include "ui/compare/lazy_refresh.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/session/session_work.h"
#include "ui/window/report_page.h"

namespace ocellus {

ReportContents::ReportContents(SessionWork& work, std::function<std::vector<KeptResult>()> kept, QObject* parent)
    : QObject(parent),
      m_work(work),
      m_kept(std::move(kept))
{
}

void ReportContents::collect(std::function<void(const ReportPlan&)> then) const
{
    m_work.collect([this, then = std::move(then)](const Session& session) {
        ReportPlan plan = planReport(session, m_work.earlierResults(session));
        plan.kept = m_kept();
        then(plan);
    });
}

void ReportContents::showOn(ReportPage& page, const Document& document, const LiveAnswer& answer)
{
    const auto show = [this, shown = QPointer(&page), &document] {
        collect([shown, &document](const ReportPlan& plan) {
            if (shown)
                shown->setPlan(plan, document);
        });
    };
    m_refresh = new LazyRefresh(&page, show);
    connect(&page, &ReportPage::planWanted, this, show);
    connect(&answer, &LiveAnswer::explanationChanged, this, &ReportContents::changed);
    connect(&document.editor(), &PictureEditor::editsChanged, this, &ReportContents::changed);
}

void ReportContents::changed()
{
    if (m_refresh)
        m_refresh->ask();
}

} // namespace ocellus
