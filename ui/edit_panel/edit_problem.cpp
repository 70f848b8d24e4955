// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit_panel/edit_problem.h"

#include "core/edit/apply.h"
#include "ui/engine/failure.h"

namespace ocellus {

QString problemOf(const Edit& edit, Size picture)
{
    if (picture == Size{})
        return {};
    try {
        requireApplicable(edit, picture);
    } catch (const Error&) {
        return summary(failureOf(Step::Edit, std::current_exception()));
    }
    return {};
}

} // namespace ocellus
