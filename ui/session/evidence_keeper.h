// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <QObject>

#include "core/base/latest_wins_queue.h"
#include "core/engine/view_key.h"
#include "core/session/session.h"
#include "ui/document/evidence_book.h"
#include "ui/session/result_log.h"

namespace ocellus {

class LiveAnswer;
class Settings;

/// Takes what was found out about maps into sessions, and back: what a session knows of a picture is there when the
/// model has seen that, with the edits that it is of.
class EvidenceKeeper : public QObject {
    Q_OBJECT

public:
    /// All must outlive this.
    EvidenceKeeper(EvidenceBook& book, LiveAnswer& answer, Settings& settings, QObject* parent = nullptr);

    /// In the place of what is known.
    void restore(const StoredNumbers& stored);
    /// Of the session's pictures as they are edited there, by its model. `like` as ResultLog::results().
    void addTo(Session& session, const ViewKey& like) const;
    /// What was restored of pictures that the model has not seen since.
    const StoredNumbers& waiting() const { return m_waiting; }

signals:
    /// And not restored.
    void found(const std::filesystem::path& picture, const ocellus::StoredEvidence& evidence);

private:
    void takeResult();
    /// What waits for the result's picture, where that file holds what it was found out of.
    void take(const ViewKey& key, const std::filesystem::path& picture, const std::string& sha256);
    bool isWaitingFor(const StoredNumbers::Evidence& waiting, const ViewKey& key,
                      const std::filesystem::path& picture) const;

    EvidenceBook& m_book;
    LiveAnswer& m_answer;
    Settings& m_settings;
    StoredNumbers m_waiting;     ///< its evidence alone
    std::uint64_t m_reading = 0; ///< the newest: what others post is dropped
    LatestWinsQueue m_queue;     // last: it is gone before anything that its jobs use
};

} // namespace ocellus
