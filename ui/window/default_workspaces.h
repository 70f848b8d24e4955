// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "ui/window/workspace.h"

namespace ocellus {

class CentralView;
class WindowPages;

/// The window's workspaces as they are at first; "Look" is the first.
std::vector<Workspace> defaultWorkspaces(const CentralView& centre, const WindowPages& pages);

} // namespace ocellus
