// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/journal_state.h"

#include <utility>

#include "core/base/error.h"
#include "core/session/evidence_json.h"

namespace ocellus {

/// Does one change; Error before anything is done.
struct JournalState::Applier {
    JournalState& state;
    JournalStart& work{state.m_work};

    void operator()(const PictureChange& change) const
    {
        const auto place = state.m_places.find(change.picture);
        if (place == state.m_places.end())
            throw Error(ErrorCode::BadArgument, change.picture.string(), "expected a picture of the session");
        work.session.pictures[place->second].edits = change.edits;
        work.unsaved = true;
    }

    void operator()(const ByHandChange& change) const
    {
        const auto place = state.m_places.find(change.picture);
        if (place == state.m_places.end())
            throw Error(ErrorCode::BadArgument, change.picture.string(), "expected a picture of the session");
        std::vector<StoredIntervention>& known = work.session.pictures[place->second].byHand;
        work.unsaved = work.unsaved || known != change.byHand;
        known = change.byHand;
    }

    void operator()(const PictureListChange& change) const
    {
        std::map<std::filesystem::path, std::size_t> places;
        std::vector<SessionPicture> pictures;
        std::vector<StoredEvidence> evidence;
        for (const FileReference& file : change.pictures) {
            if (!places.emplace(file.path, pictures.size()).second)
                throw Error(ErrorCode::BadArgument, file.path.string(), "expected each picture once");
            const auto before = state.m_places.find(file.path);
            pictures.push_back(before == state.m_places.end() ? SessionPicture()
                                                              : work.session.pictures[before->second]);
            pictures.back().file = file;
        }
        for (StoredEvidence& known : work.session.evidence) {
            const auto& path = work.session.pictures[static_cast<std::size_t>(known.picture)].file.path;
            if (const auto place = places.find(path); place != places.end()) {
                known.picture = static_cast<int>(place->second);
                evidence.push_back(std::move(known));
            }
        }
        work.session.evidence = std::move(evidence);
        work.session.pictures = std::move(pictures);
        state.m_places = std::move(places);
        state.clampView();
        changeOfFiles();
    }

    void operator()(const ModelChange& change) const
    {
        const auto isOf = [](const FileReference& a, const FileReference& b) {
            return a.path == b.path && a.given == b.given;
        };
        if (!work.session.model || !change.model || !isOf(*work.session.model, *change.model))
            forgetMaps();
        work.session.model = change.model;
        work.session.classes = change.classes;
        changeOfFiles();
    }

    void operator()(const NotesChange& change) const
    {
        work.session.notes = change.notes;
        work.unsaved = true;
    }

    void operator()(const InputChange& change) const
    {
        if (change.input == work.session.input)
            return;
        work.session.input = change.input;
        forgetMaps();
        changeOfFiles();
    }

    void operator()(const ViewChange& change) const
    {
        const bool sameLimit =
            change.view.limit == work.session.view.limit && change.view.filter == work.session.view.filter;
        work.session.view = change.view;
        state.clampView();
        if (!sameLimit)
            changeOfFiles();
    }

    void operator()(const EvidenceChange& change) const
    {
        const auto place = state.m_places.find(change.picture);
        if (place == state.m_places.end())
            throw Error(ErrorCode::BadArgument, change.picture.string(), "expected a picture of the session");
        StoredEvidence evidence = change.evidence;
        evidence.picture = static_cast<int>(place->second);
        std::erase_if(work.session.evidence, [&](const StoredEvidence& old) { return isOfSameTest(old, evidence); });
        work.session.evidence.push_back(std::move(evidence));
        changeOfFiles();
    }

    void operator()(const FindingsChange& change) const
    {
        work.session.findings = change.findings;
        work.unsaved = true;
    }

    void operator()(const SessionFileChange& change) const { work.sessionFile = change.file; }

    void operator()(const SavedChange& change) const
    {
        work.sessionFile = change.file;
        work.unsaved = false;
    }

    /// What is about maps that there are no more.
    void forgetMaps() const
    {
        work.session.evidence.clear();
        for (SessionPicture& picture : work.session.pictures)
            picture.byHand.clear();
    }

    /// What was only opened and looked at is no work; what a file has is.
    void changeOfFiles() const { work.unsaved = work.unsaved || !work.sessionFile.empty(); }
};

JournalState::JournalState(JournalStart start) : m_work(std::move(start))
{
    m_work.session.results.clear();
    indexPictures();
    clampView();
}

const PictureEdits& JournalState::editsOf(const std::filesystem::path& picture) const
{
    return m_work.session.pictures[m_places.at(picture)].edits;
}

void JournalState::apply(const JournalChange& change)
{
    std::visit(Applier{*this}, change);
}

void JournalState::indexPictures()
{
    m_places.clear();
    for (std::size_t place = 0; place < m_work.session.pictures.size(); ++place)
        m_places.emplace(m_work.session.pictures[place].file.path, place);
}

void JournalState::clampView()
{
    if (m_work.session.view.picture >= static_cast<int>(m_work.session.pictures.size()))
        m_work.session.view.picture = -1;
}

} // namespace ocellus
