// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>

namespace ocellus {

/// The parts of a long piece of work, in the order in which the user sees them.
enum class Stage { Read, Load, Preprocess, Backbone, Encoder, Decoder, Write };

/// How long work reports where it is and learns that it should stop.
class Progress {
public:
    /// Called from the thread that works, with a fraction in [0, 1] of that stage.
    using Report = std::function<void(Stage, double)>;

    Progress() = default;
    explicit Progress(std::stop_token stop, Report report = {});

    /// Reports, then throws Error(Cancelled) where a stop was asked for.
    void at(Stage stage, double fraction) const;

    /// Throws Error(Cancelled) where a stop was asked for.
    void throwIfStopped() const;

    const std::stop_token& stopToken() const { return m_stop; }

private:
    std::stop_token m_stop;
    Report m_report;
};

} // namespace ocellus
