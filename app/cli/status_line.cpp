// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/status_line.h"

#include <algorithm>
#include <iostream>
#include <utility>

#include <unistd.h>

namespace ocellus {

StatusLine::StatusLine() : m_isTerminal(isatty(STDERR_FILENO) != 0) {}

StatusLine::~StatusLine()
{
    clear();
}

void StatusLine::show(const std::string& line)
{
    if (!m_isTerminal || line == m_shown)
        return;
    m_shown = line;
    std::cerr << "\r\033[K" << line << std::flush;
}

void StatusLine::clear()
{
    if (!std::exchange(m_shown, {}).empty())
        std::cerr << "\r\033[K" << std::flush;
}

std::string StatusLine::bar(double fraction)
{
    constexpr std::size_t width = 20;
    const auto filled = static_cast<std::size_t>(std::clamp(fraction, 0.0, 1.0) * static_cast<double>(width));
    return "[" + std::string(filled, '#') + std::string(width - filled, ' ') + "]";
}

} // namespace ocellus
