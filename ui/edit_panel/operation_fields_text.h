// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/edit/operation.h"
#include "core/edit/operation_fields.h"
#include "ui/edit_panel/number_control.h"

namespace ocellus {

/// How a parameter of an operation is shown: its words, its unit, and the steps of its control.
struct FieldText {
    QString label;
    QString toolTip;
    QString suffix;
    double factor = 1; ///< of the number shown to the parameter's own
    NumberScale scale; ///< in the unit shown
};

/// Where an operation is done, which ends the sliders of offsets and boxes.
struct OperationPlace {
    Size picture;    ///< at the edit
    PixelBox region; ///< of the mask
    bool operator==(const OperationPlace&) const = default;
};

/// Of a numeric parameter of visitFields(); `limits` are the parameter's own.
FieldText numberText(const Operation& operation, const char* field, const FieldRange& limits,
                     const OperationPlace& place);

/// Label and explanation of a parameter that is no number.
FieldText choiceText(const Operation& operation, const char* field);

/// The words for a value of an enum, of the names that files use.
QString choiceName(const char* name);

} // namespace ocellus
