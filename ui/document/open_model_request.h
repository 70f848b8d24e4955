// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/engine/view_request.h"

namespace ocellus {

class Document;

/// What work in the background asks of the model that is open, with the limit and the intervention that its maps have:
/// another one may be on its way, and not open in the end. Where none is open, as document.request().
ViewRequest openModelRequest(const Document& document);

} // namespace ocellus
