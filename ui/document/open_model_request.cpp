// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/document/open_model_request.h"

#include "ui/document/document.h"

namespace ocellus {

ViewRequest openModelRequest(const Document& document)
{
    ViewRequest request = document.request();
    if (!document.model())
        return request;
    request.checkpoint = document.model()->path;
    request.engine.model = document.model()->given;
    request.set = document.limit().querySet();
    request.intervention = document.intervention();
    return request;
}

} // namespace ocellus
