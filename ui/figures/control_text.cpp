// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/control_text.h"

#include <QCoreApplication>

#include "core/experiment/control_statistics.h"
#include "ui/figures/number_text.h"

namespace ocellus {

namespace {

/// The words of this file.
class FewText {
    Q_DECLARE_TR_FUNCTIONS(ocellus::FewControls)
};

} // namespace

QString fewControlsText(std::size_t controls)
{
    if (controls == 0 || controls >= controlsForFivePercent)
        return {};
    return FewText::tr("%n control(s) cannot show less than p = %1, whatever the edit does; %2 or more can show 0.05.",
                       nullptr, static_cast<int>(controls))
        .arg(fixedText(leastP(controls), 3))
        .arg(controlsForFivePercent);
}

} // namespace ocellus
