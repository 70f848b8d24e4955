// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace ocellus {

/// What a file that is no checkpoint seems to be by its first bytes ("a JPEG picture"), or empty. 512 bytes suffice.
std::string_view foreignFileKind(std::string_view firstBytes);

} // namespace ocellus
