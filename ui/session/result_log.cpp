// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/result_log.h"

#include <algorithm>

#include "ui/engine/picture_source.h"

namespace ocellus {

namespace {

bool isOfOneSession(const ViewKey& key, const ViewKey& like)
{
    return key.model == like.model && key.given == like.given && key.decode == like.decode &&
           key.preprocess == like.preprocess;
}

bool hasNewer(const Session& session, int picture, const QuerySet& set)
{
    return std::ranges::any_of(
        session.results, [&](const StoredResult& result) { return result.picture == picture && result.set == set; });
}

} // namespace

StoredNumbers storedNumbersOf(const Session& session)
{
    StoredNumbers stored{session.model ? session.model->sha256 : std::string(),
                         session.model ? session.model->given : ModelSettings(),
                         session.input,
                         {},
                         {}};
    for (const StoredResult& result : session.results)
        stored.results.push_back({session.pictures.at(static_cast<std::size_t>(result.picture)).file, result});
    for (const StoredEvidence& evidence : session.evidence)
        stored.evidence.push_back({session.pictures.at(static_cast<std::size_t>(evidence.picture)).file, evidence});
    return stored;
}

bool isReadAlike(const Session& session, const StoredNumbers& stored)
{
    return session.model && session.model->sha256 == stored.model && session.model->given == stored.given &&
           session.input == stored.input;
}

void addWhatHolds(Session& session, const StoredNumbers& stored)
{
    if (!isReadAlike(session, stored))
        return;
    std::unordered_map<std::string, int> places;
    std::vector<ContentKey> edits;
    for (const SessionPicture& picture : session.pictures) {
        places.emplace(picture.file.path.native(), static_cast<int>(edits.size()));
        edits.push_back(contentKey(picture.edits.edits));
    }
    std::vector<StoredResult> holding;
    for (const auto& [picture, result] : stored.results) {
        const auto found = places.find(picture.path.native());
        if (found == places.end())
            continue;
        const auto place = static_cast<std::size_t>(found->second);
        if (picture.sha256.empty() || session.pictures[place].file.sha256 != picture.sha256 ||
            edits[place] != result.edits || hasNewer(session, found->second, result.set))
            continue;
        holding.push_back(result);
        holding.back().picture = found->second;
    }
    session.results.insert(session.results.end(), holding.begin(), holding.end());
    std::ranges::stable_sort(session.results, {}, &StoredResult::picture);
}

void dropOfOtherContent(Session& session, const StoredNumbers& waiting)
{
    std::erase_if(session.evidence, [&](const StoredEvidence& evidence) {
        const FileReference& file = session.pictures.at(static_cast<std::size_t>(evidence.picture)).file;
        return std::ranges::any_of(waiting.evidence, [&](const StoredNumbers::Evidence& of) {
            return of.picture.path == file.path && !of.picture.sha256.empty() && of.picture.sha256 != file.sha256 &&
                   of.evidence.map == evidence.map && of.evidence.finding == evidence.finding;
        });
    });
}

void dropOutdated(Session& session, const FileTimes& times)
{
    std::vector<bool> isOutdated;
    for (const SessionPicture& picture : session.pictures) {
        const auto known = times.find(picture.file.path.native());
        isOutdated.push_back(known != times.end() && timeOf(picture.file.path) != known->second);
    }
    for (std::size_t place = 0; place < session.pictures.size(); ++place)
        if (isOutdated[place])
            session.pictures[place].byHand.clear();
    std::erase_if(session.results, [&isOutdated](const StoredResult& result) {
        return isOutdated[static_cast<std::size_t>(result.picture)];
    });
    std::erase_if(session.evidence, [&isOutdated](const StoredEvidence& evidence) {
        return isOutdated[static_cast<std::size_t>(evidence.picture)];
    });
}

void ResultLog::note(const ViewResult& result, int classIndex, int layer)
{
    if (!result.decoding || result.isDraft || !result.key.intervention.empty() || !result.key.precision.isFull() ||
        !result.decoding->hasClass(classIndex))
        return;
    std::vector<Noted>& known = m_ofPicture[result.shown.path.native()];
    const ViewKey& key = result.key;
    // What was computed in another way is not what the user goes on with.
    std::erase_if(known, [&key](const Noted& old) {
        return old.key.picture != key.picture || old.key.limit == key.limit || !isOfOneSession(old.key, key);
    });
    known.push_back(
        {key, storedResult(0, result.shown.edits, *result.decoding, classIndex, layer), result.shown.fileTime});
}

FileTimes ResultLog::fileTimes() const
{
    FileTimes times;
    for (const auto& [picture, known] : m_ofPicture)
        if (!known.empty())
            times[picture] = known.back().fileTime;
    return times;
}

std::vector<StoredResult> ResultLog::results(const std::vector<SessionPicture>& pictures, const ViewKey& like) const
{
    return of(pictures, like, true);
}

std::vector<StoredResult> ResultLog::earlier(const std::vector<SessionPicture>& pictures, const ViewKey& like) const
{
    return of(pictures, like, false);
}

std::vector<StoredResult> ResultLog::of(const std::vector<SessionPicture>& pictures, const ViewKey& like,
                                        bool asEdited) const
{
    std::vector<StoredResult> results;
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        const auto found = m_ofPicture.find(pictures[i].file.path.native());
        if (found == m_ofPicture.end())
            continue;
        const ContentKey edits = contentKey(pictures[i].edits.edits);
        for (const Noted& noted : found->second) {
            if ((noted.key.edits == edits) != asEdited || !isOfOneSession(noted.key, like))
                continue;
            results.push_back(noted.result);
            results.back().picture = static_cast<int>(i);
        }
    }
    return results;
}

} // namespace ocellus
