// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/engine/paths.h"

namespace ocellus {

/// "birds-2026-11-28/best.safetensors": the models of all training runs are called alike.
inline QString withItsFolder(const std::filesystem::path& checkpoint)
{
    return toQString(checkpoint.parent_path().filename() / checkpoint.filename());
}

} // namespace ocellus
