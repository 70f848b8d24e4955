// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ocellus {

/// Gives libgomp a short GOMP_SPINCOUNT where the user has chosen none; call it first in main.
///
/// LibTorch, oneDNN and OpenBLAS share libgomp's threads, which by default spin for milliseconds at every barrier: a
/// window that repaints, or any other busy program, then makes a forward pass 5 to 10 times slower. A spin of a
/// fraction of a millisecond costs nothing on an idle machine. libgomp reads its settings when it is loaded, before
/// main, and offers no call to change them. A program that links this file puts the setting into its environment before
/// any library is initialised, in the place of a variable that only shells use. Where there is none of those, this
/// function starts the program anew, which costs loading LibTorch once more. Returns where there is nothing to do or
/// the system refuses.
void restartWithShortSpin(char** argv);

} // namespace ocellus
