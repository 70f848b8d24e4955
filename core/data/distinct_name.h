// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocellus {

/// A picture's name among all that are open, which are given as their paths: its file name, after as many of its
/// folders as tell it from the others
/// ("monarch/0001.jpg" where several are called 0001.jpg). `among` may hold the picture itself.
std::string distinctName(std::string_view picture, std::span<const std::string_view> among);

/// distinctName() of each of them among all, in their order; paths that occur twice share theirs. Ten thousand take a
/// few hundredths of a second.
std::vector<std::string> distinctNames(std::span<const std::string_view> pictures);

} // namespace ocellus
