// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include <zip.h>

namespace ocellus {

/// Closes an archive of libzip and forgets its changes.
struct DiscardZip {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};

using ZipHandle = std::unique_ptr<zip_t, DiscardZip>;

/// What libzip says about the code with which zip_open failed.
inline std::string zipErrorText(int code)
{
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    std::string text = zip_error_strerror(&error);
    zip_error_fini(&error);
    return text;
}

} // namespace ocellus
