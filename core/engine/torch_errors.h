// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <c10/util/Exception.h>

#include "core/base/error.h"

namespace ocellus {

/// LibTorch's errors become ours: memory and drivers, since shapes were checked when the model was loaded.
template <typename Work>
auto withTorchErrors(const std::string& device, const Work& work)
{
    try {
        return work();
    } catch (const c10::Error& error) {
        throw Error(ErrorCode::Device, device, error.what_without_backtrace(),
                    "Choose a smaller input size or another device");
    }
}

} // namespace ocellus
