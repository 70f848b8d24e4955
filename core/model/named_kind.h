// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace ocellus {

/// The one of `kinds` whose toString() is `name`. Throws Error(BadArgument) with `subject` that lists them all.
template <typename Kind>
Kind kindOf(std::string_view name, std::initializer_list<Kind> kinds, const char* subject)
{
    std::string names;
    for (const Kind kind : kinds) {
        if (toString(kind) == name)
            return kind;
        names += (names.empty() ? "" : ", ") + std::string(toString(kind));
    }
    throw Error(ErrorCode::BadArgument, subject, "expected one of " + names + ", got " + std::string(name));
}

} // namespace ocellus
