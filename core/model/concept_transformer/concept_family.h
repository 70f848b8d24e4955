// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model_family.h"

namespace ocellus {

ModelFamily conceptFamily();

} // namespace ocellus
