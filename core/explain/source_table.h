// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/explain/explanation_source.h"

namespace ocellus {

/// All the sources there are, and what asks them.
class SourceTable {
public:
    SourceTable();

    const std::vector<std::unique_ptr<const ExplanationSource>>& sources() const { return m_sources; }

    /// Throws Error(BadArgument) that lists the ids there are.
    const ExplanationSource& source(const std::string& id) const;

    /// What users call a source as toString(SourceText) writes it: "Grad-CAM", "Grad-CAM, stage=layer3". What is no
    /// source comes back as it is: it may be of a later version.
    std::string nameOf(const std::string& text) const;

    /// Standard settings of the source with the options given. Throws Error(BadArgument).
    SourceSettings settings(const SourceText& text) const;

    /// The maps with their cost, their state and what they were made with filled in. Throws as
    /// ExplanationSource::maps, and BadArgument for a class that the model has not.
    static std::vector<SourceMap> maps(const ExplanationSource& source, Engine& engine, ModelProbe& probe,
                                       const SourceSubject& subject, const std::vector<int>& classes,
                                       const SourceSettings& settings, const SourceRun& run = {});

private:
    std::vector<std::unique_ptr<const ExplanationSource>> m_sources;
};

} // namespace ocellus
