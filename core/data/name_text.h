// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ocellus {

/// The name in Unicode's normal form C and without white space at its ends: two names are one where these are equal,
/// whatever the disk or the program that wrote them. Bytes that are no UTF-8 stay as they are.
std::string normalised(std::string_view name);

/// The same without the difference of upper and lower case.
std::string caseFolded(std::string_view name);

/// And without accents: "Zaunkönig" and "zaunkonig" are one.
std::string withoutAccents(std::string_view name);

} // namespace ocellus
