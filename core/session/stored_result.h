// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/decoding.h"
#include "core/session/session.h"

namespace ocellus {

/// The numbers of a decoding that a session keeps. `picture` is its place in the session, `edits` what had been done to
/// it. Throws Error(BadArgument) for a class or layer that the decoding has no maps of.
StoredResult storedResult(int picture, const EditList& edits, const Decoding& decoding, int classIndex, int layer);

} // namespace ocellus
