// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>

#include "app/cli/status_line.h"
#include "core/base/progress.h"

namespace ocellus {

/// One line on stderr that says where a run over many pictures is and how long it will take; silent where stderr is no
/// terminal.
class TerminalProgress {
public:
    explicit TerminalProgress(std::size_t pictures);

    /// What is worked on from now: a picture, `done` of them being finished.
    void begin(std::size_t done, const std::string& label);

    /// Reports into this line; must not outlive it.
    Progress progress(std::stop_token stop);

    /// Takes the line away, so that another can be printed; the next report draws it again.
    void clear();

    /// Takes it away while `print` prints another. Safe to call from another thread than the one that reports.
    void aside(const std::function<void()>& print);

private:
    void draw(Stage stage, double fraction);
    std::string timeLeft() const;

    std::mutex m_mutex; ///< of m_line
    StatusLine m_line;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::size_t m_pictures;
    std::size_t m_done = 0;
    std::string m_label;
};

} // namespace ocellus
