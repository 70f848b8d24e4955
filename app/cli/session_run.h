// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/explain/evidence_bench.h"
#include "core/explain/model_probe.h"
#include "core/session/session.h"

namespace ocellus {

/// Computes the numbers of a session again, from its files and nothing else.
class SessionRun {
public:
    /// The engine has the session's model; both outlive the run.
    SessionRun(Engine& engine, const Session& session);

    /// What the model says now where it said result number `index`. Throws Error: for the picture as decodePicture()
    /// and applyEdits() do, and BadArgument for classes and layers that the model has not.
    std::shared_ptr<const Decoding> decode(std::size_t index, const Progress& progress);

    bool isEdited(std::size_t index) const; ///< whether it is of the edited picture

    /// The test of a map done again whose outcome is evidence number `index`; nothing where the map cannot be asked
    /// that. Throws as decode(), and BadArgument for a source or settings that there are not.
    std::optional<Finding> find(std::size_t index, const Progress& progress);

private:
    static const EditList& edits(const SessionPicture& picture, const ContentKey& key);
    Picture picture(const SessionPicture& picture, const ContentKey& edits, const Progress& progress) const;
    PreprocessOptions preprocess() const;
    EvidenceBench bench(const StoredEvidence& evidence, const Progress& progress) const;

    Engine& m_engine;
    const Session& m_session;
    ModelProbe m_probe;
    /// Of the evidence before, where that is of the same maps: they share what curves are compared with.
    std::optional<EvidenceBench> m_bench;
    std::size_t m_benchOf = 0;
};

} // namespace ocellus
