// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "core/analysis/explain_writer.h"
#include "core/explain/source_table.h"
#include "ui/figures/source_figure.h"

namespace ocellus {

/// Adds --source NAME[:KEY=VALUE...],... with the names there are.
CLI::Option* addSourceOption(CLI::App& command, std::vector<std::string>& sources);

/// The sources that a command was asked for, and their maps of one picture after the other.
class SourceChoice {
public:
    /// A source with its options.
    struct Chosen {
        const ExplanationSource* source;
        SourceTraits traits;
        SourceSettings settings;
    };

    /// Throws Error(BadArgument) for a source or an option that is none, and for one that is named twice with the same
    /// options.
    explicit SourceChoice(const std::vector<std::string>& texts);

    /// Those of them that have maps of this model.
    static SourceChoice ofThoseThereAre(const std::vector<std::string>& texts, const ModelDescription& model);

    const std::vector<Chosen>& sources() const { return m_chosen; }
    bool has(const std::string& id) const;
    bool hasOnlyHeads() const;

    /// Throws Error(Unsupported) where one of them has no maps of this model.
    void require(const ModelDescription& model) const;

    /// The maps of every class, source by source.
    std::vector<std::vector<SourceMap>> maps(Engine& engine, ModelProbe& probe, const SourceSubject& subject,
                                             const std::vector<int>& classes, const Progress& progress) const;

    /// As arrays of an .npz, without the heads, which it has anyway; a source that is there twice is numbered.
    static std::vector<ExtraMaps> arrays(const std::vector<std::vector<SourceMap>>& maps);

    /// The maps of one class for a figure, without the model's own, which are of that kind and have another figure.
    std::vector<SourcePanel> panels(const std::vector<std::vector<SourceMap>>& maps, int classIndex, MapKind own) const;

    /// What the arrays are, a list of objects.
    static nlohmann::ordered_json provenance(const std::vector<std::vector<SourceMap>>& maps);

private:
    SourceTable m_table;
    std::vector<Chosen> m_chosen;
};

/// A source's id as the name of an array: a Python identifier, "gradcam_pp" of "gradcam++".
std::string arrayName(const std::string& id);

} // namespace ocellus
