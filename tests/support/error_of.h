// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include <QString>

#include "core/base/error.h"

namespace ocellus {

/// The code of the Error that `action` throws, with its message, or nothing where it throws none.
inline std::optional<ErrorCode> errorOf(const std::function<void()>& action, QString* message = nullptr)
{
    try {
        action();
    } catch (const Error& error) {
        if (message)
            *message = QString::fromUtf8(error.what());
        return error.code();
    }
    return std::nullopt;
}

} // namespace ocellus
