// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/tensor_source.h"
#include "core/model/infer_config.h"
#include "core/model/prototypes/module_facts_reading.h"
#include "core/model/prototypes/similarity_kind.h"

namespace ocellus {

/// What a whole pickled object, a table of classes or the training program's settings say of prototypes. What nobody
/// says is the released code's usual, and is added to `assumed` by its name there.
class SaidOfPrototypes {
public:
    /// All of these outlive this object.
    SaidOfPrototypes(const TensorSource& source, const ModuleFactsReading& facts, const DeclaredArgs& args);

    /// `prototype_activation_function`; log where nobody says. Throws Error(Unsupported) for one that is not known.
    SimilarityKind similarity(std::vector<std::string>& assumed) const;

    /// Throws Error(Mismatch) unless it lies between 0 and 1.
    double epsilon() const;

    /// `img_size`. Throws Error(Mismatch) for one that no picture can have.
    std::optional<int> imageSize(std::vector<std::string>& assumed) const;

    /// Each prototype's class by the table of that name, [P, C]; -1 of one that belongs to none. Where there is no
    /// table, classes have equally many, one class after the other. Throws Error: Mismatch, Unsupported, TooLarge.
    std::vector<int> owners(const std::string& table, int prototypes, int classes,
                            std::vector<std::string>& assumed) const;

private:
    const TensorSource& m_source;
    const ModuleFactsReading& m_facts;
    const DeclaredArgs& m_args;
};

} // namespace ocellus
