// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "tools/specimens/specimen.h"

namespace ocellus {

/// All parameters of an individual drawn as the species `drawnAs`, its marks with their places, and its ring partner,
/// as indented JSON text.
std::string parametersJson(const Individual& individual, const Specimen& specimen, const std::vector<Species>& species,
                           int drawnAs);

/// The rings with their species and marks, and how the data set was asked for.
std::string speciesJson(const std::vector<Species>& species, std::uint64_t seed, int side);

} // namespace ocellus
