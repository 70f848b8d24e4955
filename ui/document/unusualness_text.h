// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

namespace ocellus {

struct ModelDescription;
struct ViewResult;

/// How unusual the shown picture is: more than how many of those that the model was validated on, where its checkpoint
/// tells of them, or else of `ownSpecies`: the energies of other pictures that are known to show classes of the model,
/// whatever it takes them for. Any others would make a stranger usual by its like. With too few of them, that it is not
/// known. Empty for a draft, and where there is no result.
QString unusualnessText(const ViewResult& result, const ModelDescription& model, const std::vector<double>& ownSpecies);

} // namespace ocellus
