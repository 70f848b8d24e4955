// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "core/base/progress.h"
#include "core/explain/finding.h"
#include "core/explain/model_probe.h"

namespace ocellus {

/// A test of a map under way, in steps of about one pass of the model: it can wait between any two, and a step that was
/// stopped is done again.
class EvidenceTrial {
public:
    virtual ~EvidenceTrial() = default;

    virtual std::size_t steps() const = 0; ///< that there are at most
    virtual std::size_t done() const = 0;  ///< of them; steps() where it is over, however soon
    bool isOver() const { return done() >= steps(); }

    /// The next one; `probe` is always of the same model. Throws Error: Cancelled, Device.
    virtual void step(ModelProbe& probe, const Progress& progress) = 0;

    /// What came out, where it is over.
    virtual Finding finding() const = 0;
};

/// All steps. `report` is told the fraction. Throws as step().
template <class Report>
Finding findingOf(EvidenceTrial& trial, ModelProbe& probe, const Progress& progress, Report report)
{
    while (!trial.isOver()) {
        progress.throwIfStopped();
        trial.step(probe, progress);
        report(static_cast<double>(trial.done()) / static_cast<double>(trial.steps()));
    }
    return trial.finding();
}

} // namespace ocellus
