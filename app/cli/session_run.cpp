// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/session_run.h"

#include <utility>

#include "core/edit/apply.h"
#include "core/image/decode.h"
#include "core/image/preprocess.h"

namespace ocellus {

SessionRun::SessionRun(Engine& engine, const Session& session) : m_engine(engine), m_session(session), m_probe(engine)
{
}

std::shared_ptr<const Decoding> SessionRun::decode(std::size_t index, const Progress& progress)
{
    const StoredResult& result = m_session.results[index];
    const SessionPicture& of = m_session.pictures[static_cast<std::size_t>(result.picture)];
    const ModelInput input = ocellus::preprocess(picture(of, result.edits, progress), preprocess());
    return m_engine.decode(m_engine.encode(input, progress), result.set, progress);
}

bool SessionRun::isEdited(std::size_t index) const
{
    return m_session.results[index].edits != contentKey(EditList());
}

const EditList& SessionRun::edits(const SessionPicture& picture, const ContentKey& key)
{
    static const EditList none;
    return key == contentKey(none) ? none : picture.edits.edits;
}

Picture SessionRun::picture(const SessionPicture& picture, const ContentKey& key, const Progress& progress) const
{
    DecodeOptions options;
    options.ignoreExif = m_session.input.ignoreExif;
    options.range = m_session.input.range;
    options.convertToSrgb = m_session.input.convertToSrgb;
    options.showDamaged = true; // as the window did
    progress.at(Stage::Read, 0.0);
    const Picture original = decodePicture(picture.file.path, options);
    progress.at(Stage::Preprocess, 0.0);
    return applyEdits(original, edits(picture, key), progress);
}

PreprocessOptions SessionRun::preprocess() const
{
    const std::optional<PreprocessOptions>& own = m_engine.model()->preprocess;
    return m_session.input.ownPreprocess && own ? *own : m_session.input.preprocess;
}

EvidenceBench SessionRun::bench(const StoredEvidence& evidence, const Progress& progress) const
{
    const SessionPicture& of = m_session.pictures[static_cast<std::size_t>(evidence.picture)];
    EvidenceBench::Subject subject;
    subject.picture = std::make_shared<const Picture>(picture(of, evidence.edits, progress));
    subject.preprocess = preprocess();
    subject.input = std::make_shared<const ModelInput>(ocellus::preprocess(*subject.picture, subject.preprocess));
    subject.encoding = m_engine.encode(*subject.input, progress);
    subject.decoding = m_engine.decode(subject.encoding, {}, progress);
    subject.classIndex = evidence.classIndex;
    subject.layer = evidence.layer;
    return EvidenceBench(std::move(subject));
}

std::optional<Finding> SessionRun::find(std::size_t index, const Progress& progress)
{
    const StoredEvidence& evidence = m_session.evidence[index];
    const auto isOfSameMaps = [&](const StoredEvidence& other) {
        return other.picture == evidence.picture && other.edits == evidence.edits &&
               other.classIndex == evidence.classIndex && other.layer == evidence.layer;
    };
    if (!m_bench || !isOfSameMaps(m_session.evidence[m_benchOf]))
        m_bench = bench(evidence, progress);
    m_benchOf = index;
    return m_bench->finding(evidence.map, evidence.finding.test, evidence.finding.settings, m_engine, m_probe,
                            progress);
}

} // namespace ocellus
