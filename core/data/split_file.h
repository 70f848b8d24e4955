// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/data/labelled_pictures.h"

namespace ocellus {

/// Keeps the pictures that a CSV with the columns picture and split gives to val, as `train --val-share` writes it;
/// others go to what is skipped. The file's paths begin at `data` or at a folder above it.
/// Throws Error: NotFound, Unreadable, TooLarge, Damaged, Mismatch (none of the pictures is in the file's val, or one
/// of the file's val is not among the pictures).
void keepValidation(LabelledListing& listing, const std::filesystem::path& csv, const std::filesystem::path& data);

} // namespace ocellus
