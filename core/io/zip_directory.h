// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/io/input_file.h"

namespace ocellus {

/// Refuses an archive whose directory claims more entries than a checkpoint has, before libzip allocates them: looks at
/// every end-of-directory record that libzip may choose. Throws Error(TooLarge).
void checkZipDirectory(const InputFile& file);

} // namespace ocellus
