// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace ocellus {

struct ModelDescription;

/// What a model's results depend on beside its file: what the user and the files beside it say. For fingerprints of
/// runs that go on, and keys of what is kept.
std::string settingsText(const ModelDescription& model);

} // namespace ocellus
