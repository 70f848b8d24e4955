// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/session_run.h"

#include "core/edit/apply.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"

namespace ocellus {

SessionRun::SessionRun(Engine& engine, const Session& session) : m_engine(engine), m_session(session) {}

std::shared_ptr<const Decoding> SessionRun::decode(std::size_t index, const Progress& progress)
{
    return m_engine.decode(m_engine.encode(input(index, progress), progress), m_session.results[index].set, progress);
}

bool SessionRun::isEdited(std::size_t index) const
{
    return m_session.results[index].edits != contentKey(EditList());
}

const EditList& SessionRun::edits(std::size_t index) const
{
    static const EditList none;
    const auto picture = static_cast<std::size_t>(m_session.results[index].picture);
    return isEdited(index) ? m_session.pictures[picture].edits.edits : none;
}

ModelInput SessionRun::input(std::size_t index, const Progress& progress) const
{
    const auto picture = static_cast<std::size_t>(m_session.results[index].picture);
    const SessionInput& how = m_session.input;
    DecodeOptions options;
    options.ignoreExif = how.ignoreExif;
    options.range = how.range;
    options.convertToSrgb = how.convertToSrgb;
    options.showDamaged = true; // as the window did
    progress.at(Stage::Read, 0.0);
    const Picture original = decodePicture(m_session.pictures[picture].file.path, options);
    progress.at(Stage::Preprocess, 0.0);
    const std::optional<PreprocessOptions>& own = m_engine.model()->preprocess;
    return preprocess(applyEdits(original, edits(index), progress), how.ownPreprocess && own ? *own : how.preprocess);
}

} // namespace ocellus
