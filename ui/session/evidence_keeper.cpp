// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/evidence_keeper.h"

#include <algorithm>
#include <map>
#include <utility>

#include <QSignalBlocker>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/image/picture_address.h"
#include "ui/document/live_answer.h"
#include "ui/session/session_state.h"

namespace ocellus {

namespace {

bool isOfOneSession(const ViewKey& key, const ViewKey& like)
{
    return key.model == like.model && key.given == like.given && key.decode == like.decode &&
           key.preprocess == like.preprocess && key.precision.isFull();
}

StoredEvidence storedEvidence(const EvidenceBook::Page& page, const EvidenceMap& map, const Finding& finding)
{
    return {0, page.subject.key.edits, page.subject.classIndex, page.subject.layer, page.sheet.heads(), map, finding};
}

/// Where the pictures of a session are, and which of their edits it can tell of.
class Places {
public:
    explicit Places(const Session& session) : m_untouched(contentKey(EditList()))
    {
        for (const SessionPicture& picture : session.pictures) {
            m_places.emplace(picture.file.path, static_cast<int>(m_edits.size()));
            m_edits.push_back(contentKey(picture.edits.edits));
        }
    }

    void add(Session& session, const std::filesystem::path& picture, StoredEvidence evidence) const
    {
        const auto place = m_places.find(picture);
        if (place == m_places.end() ||
            (evidence.edits != m_untouched && evidence.edits != m_edits[static_cast<std::size_t>(place->second)]))
            return;
        evidence.picture = place->second;
        session.evidence.push_back(std::move(evidence));
    }

private:
    ContentKey m_untouched;
    std::map<std::filesystem::path, int> m_places;
    std::vector<ContentKey> m_edits;
};

} // namespace

EvidenceKeeper::EvidenceKeeper(EvidenceBook& book, LiveAnswer& answer, Settings& settings, QObject* parent)
    : QObject(parent),
      m_book(book),
      m_answer(answer),
      m_settings(settings)
{
    connect(&answer, &LiveAnswer::resultChanged, this, &EvidenceKeeper::takeResult);
    connect(&book, &EvidenceBook::found, this,
            [this](const EvidenceBook::Page& page, const EvidenceMap& map, const Finding& finding) {
                if (page.subject.key.precision.isFull())
                    emit found(page.picture, storedEvidence(page, map, finding));
            });
}

void EvidenceKeeper::restore(const StoredNumbers& stored)
{
    ++m_reading;
    m_book.clear();
    m_waiting = stored;
    m_waiting.results.clear();
}

void EvidenceKeeper::takeResult()
{
    const ViewResult& result = m_answer.result();
    if (!result.decoding || result.isDraft)
        return;
    m_book.forgetOther(result.shown.path, result.key);
    const ViewKey key = result.key.withoutLimit();
    if (m_waiting.evidence.empty() || key.model != m_waiting.model || key.given != m_waiting.given ||
        inputOf(m_settings) != m_waiting.input)
        return;
    if (std::ranges::none_of(m_waiting.evidence, [&](const StoredNumbers::Evidence& waiting) {
            return isWaitingFor(waiting, key, result.shown.path);
        }))
        return;
    const std::uint64_t number = ++m_reading;
    m_queue.request([this, number, key, path = result.shown.path](const std::stop_token& stop) {
        std::string sha256;
        try {
            sha256 = sha256OfFile(pictureAddress(path).file, Progress(stop));
        } catch (const Error&) {
            return true; // it is gone
        }
        QMetaObject::invokeMethod(
            this,
            [this, number, key, path, sha256] {
                if (number == m_reading)
                    take(key, path, sha256);
            },
            Qt::QueuedConnection);
        return true;
    });
}

bool EvidenceKeeper::isWaitingFor(const StoredNumbers::Evidence& waiting, const ViewKey& key,
                                  const std::filesystem::path& picture) const
{
    return waiting.picture.path == picture && waiting.evidence.edits == key.edits;
}

void EvidenceKeeper::take(const ViewKey& key, const std::filesystem::path& picture, const std::string& sha256)
{
    const ViewResult& result = m_answer.result();
    if (!result.decoding || result.shown.path != picture || result.key.picture != key.picture)
        return; // the file may have been written since the model has seen it
    const auto isOf = [&](const StoredNumbers::Evidence& waiting) { return isWaitingFor(waiting, key, picture); };
    {
        // All that is shown is told anew at each change of the book, and there may be hundreds.
        const QSignalBlocker silence(m_book);
        for (const StoredNumbers::Evidence& waiting : m_waiting.evidence)
            if (isOf(waiting) && (waiting.picture.sha256.empty() || waiting.picture.sha256 == sha256))
                m_book.add({key, waiting.evidence.classIndex, waiting.evidence.layer}, picture, waiting.evidence.heads,
                           waiting.evidence.map, waiting.evidence.finding);
    }
    std::erase_if(m_waiting.evidence, isOf);
    emit m_book.changed();
}

void EvidenceKeeper::addTo(Session& session, const ViewKey& like) const
{
    const Places places(session);
    for (const EvidenceBook::Page& page : m_book.pages())
        if (isOfOneSession(page.subject.key, like))
            for (const EvidenceSheet::Row& row : page.sheet.rows())
                places.add(session, page.picture, storedEvidence(page, row.map, row.finding));
    if (isReadAlike(session, m_waiting))
        for (const StoredNumbers::Evidence& waiting : m_waiting.evidence)
            places.add(session, waiting.picture.path, waiting.evidence);
}

} // namespace ocellus
