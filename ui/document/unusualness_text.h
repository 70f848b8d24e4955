// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>

#include <QString>

namespace ocellus {

struct ModelDescription;
struct ViewResult;

/// How unusual the shown picture is: more than how many of those that the model was validated on, where its checkpoint
/// tells of them, or else of the list's other pictures; or that nothing is known. `listed` are the energies of the
/// list's pictures without their edits. Empty for a draft, and where there is no result.
QString unusualnessText(const ViewResult& result, const ModelDescription& model,
                        const std::map<std::filesystem::path, double>& listed);

} // namespace ocellus
