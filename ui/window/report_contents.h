// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <vector>

#include <QObject>

#include "ui/session/report_plan.h"

namespace ocellus {

class Document;
class LazyRefresh;
class LiveAnswer;
class ReportPage;
class SessionWork;

/// Collects what a report is made of: the pictures of the work, and what the window keeps beside them.
class ReportContents : public QObject {
    Q_OBJECT

public:
    /// `work` must outlive this; `kept` is asked at each collecting.
    ReportContents(SessionWork& work, std::function<std::vector<KeptResult>()> kept, QObject* parent);

    /// As SessionWork::collect().
    void collect(std::function<void(const ReportPlan&)> then) const;

    /// Shows it on the page, and again when it may have changed. All of them must outlive this.
    void showOn(ReportPage& page, const Document& document, const LiveAnswer& answer);
    /// What is kept has changed.
    void changed();

private:
    SessionWork& m_work;
    std::function<std::vector<KeptResult>()> m_kept;
    LazyRefresh* m_refresh = nullptr; ///< the page's
};

} // namespace ocellus
