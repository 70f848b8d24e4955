// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/stand_in.h"

#include "core/explain/source_table.h"

namespace ocellus {

StandIn standInFor(Engine& engine, ModelProbe& probe, const SourceSubject& subject, int classIndex,
                   const Progress& progress)
{
    const SourceTable table;
    const ExplanationSource& source = table.source(StandIn::source);
    StandIn standIn;
    standIn.why = source.unfit(*engine.model());
    if (!standIn.why.empty())
        return standIn;
    SourceRun run;
    run.progress = progress;
    standIn.maps =
        source.maps(engine, probe, subject, {classIndex}, table.settings(SourceText{StandIn::source, {}}), run);
    return standIn;
}

} // namespace ocellus
