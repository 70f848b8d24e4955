// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QObject>

#include "core/explain/source_table.h"
#include "ui/engine/source_cache.h"
#include "ui/engine/source_inquiry.h"
#include "ui/engine/view_result.h"
#include "ui/figures/source_view.h"

namespace ocellus {

class Document;

/// The maps of the source that the document's display names, of what is shown: from a cache, or asked for in the
/// background. Where the model's own heads are shown there is nothing to ask.
class ShownSource : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this object.
    ShownSource(const Document& document, EngineController& controller, QObject* parent = nullptr);

    /// Asks for what the document wants of this result; what was asked for another is stopped. Maps are asked for only
    /// of an exact result that is up to date.
    void follow(const ViewResult& result, bool isStale);
    /// What tiles show of the class; null: the model's own heads.
    std::shared_ptr<const SourceView> viewOf(const ViewResult& result, int classIndex) const;

    bool isBusy() const { return m_inquiry.isRunning(); }
    /// It was stopped or has failed: askAgain() may bring what is missing.
    bool isUnfinished() const;
    /// What is on its way stops; what there is of it stays.
    void cancel();
    /// What failed or was stopped is asked for again by the next follow().
    void askAgain();
    /// While it is held nothing is asked for, and what is on its way stops: the engine is wanted for another page.
    void hold(bool isHeld);

signals:
    void changed(); ///< viewOf()
    void busyChanged();
    void interrupted(); ///< what was on its way has gone with all that ran in the background: follow() asks again

private:
    SourceKey keyOf(const SourceText& source, const ViewKey& view, int classIndex) const;
    void ask(const SourceKey& wanted);
    void takeProgress(double fraction);
    void takeAnswer(const SourceAnswer& answer);
    void end(const QString& words);
    void show(std::vector<SourceMap> maps, const QString& words, bool isPartial);

    const Document& m_document;
    SourceTable m_table;
    SourceCache m_cache;
    SourceInquiry m_inquiry;
    std::optional<SourceKey> m_wanted; // what m_view is of
    bool m_isAsked = false;            // it is on its way or has come, or has failed
    bool m_isComing = false;           // it is on its way
    bool m_isStopped = false;          // by the user
    bool m_isHeld = false;
    std::shared_ptr<const SourceView> m_view;
    double m_toldFraction = 0;
};

/// The source that a choice comes to with a model: none where that is its own heads. Of a model without heads the first
/// one in the table that costs no hundreds of passes.
std::optional<SourceText> sourceOf(const SourceTable& table, const SourceText& chosen, const ModelDescription& model);

} // namespace ocellus
