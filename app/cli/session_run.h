// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "core/base/progress.h"
#include "core/engine/engine.h"
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

private:
    const EditList& edits(std::size_t index) const;
    ModelInput input(std::size_t index, const Progress& progress) const;

    Engine& m_engine;
    const Session& m_session;
};

} // namespace ocellus
