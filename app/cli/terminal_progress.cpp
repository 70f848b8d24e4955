// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal_progress.h"

#include <algorithm>
#include <iostream>
#include <utility>

#include <unistd.h>

#include "app/cli/console.h"

namespace ocellus {

namespace {

constexpr std::size_t barWidth = 20;
constexpr std::size_t labelWidth = 30;

const char* nameOf(Stage stage)
{
    switch (stage) {
    case Stage::Read: return "reading";
    case Stage::Load: return "loading";
    case Stage::Preprocess: return "preparing";
    case Stage::Backbone: return "backbone";
    case Stage::Encoder: return "encoder";
    case Stage::Decoder: return "decoder";
    case Stage::Write: return "writing";
    }
    return "";
}

/// The label's end, cut between two characters of UTF-8.
std::string shortened(const std::string& label)
{
    if (label.size() <= labelWidth)
        return label;
    std::size_t begin = label.size() - labelWidth;
    while (begin < label.size() && (static_cast<unsigned char>(label[begin]) & 0xc0) == 0x80)
        ++begin;
    return "..." + label.substr(begin);
}

} // namespace

TerminalProgress::TerminalProgress(std::size_t pictures)
    : m_isTerminal(isatty(STDERR_FILENO) != 0),
      m_pictures(std::max<std::size_t>(pictures, 1))
{
}

TerminalProgress::~TerminalProgress()
{
    clear();
}

void TerminalProgress::begin(std::size_t done, const std::string& label)
{
    m_done = done;
    m_label = shortened(oneLine(label));
}

Progress TerminalProgress::progress(std::stop_token stop)
{
    if (!m_isTerminal)
        return Progress(std::move(stop));
    return Progress(std::move(stop), [this](Stage stage, double fraction) { draw(stage, fraction); });
}

void TerminalProgress::clear()
{
    if (!std::exchange(m_shown, {}).empty())
        std::cerr << "\r\033[K" << std::flush;
}

void TerminalProgress::draw(Stage stage, double fraction)
{
    const auto filled = static_cast<std::size_t>(std::clamp(fraction, 0.0, 1.0) * static_cast<double>(barWidth));
    const std::string line = std::to_string(m_done + 1) + "/" + std::to_string(m_pictures) + " " + m_label + " [" +
                             std::string(filled, '#') + std::string(barWidth - filled, ' ') + "] " + nameOf(stage);
    if (line == m_shown)
        return;
    m_shown = line;
    std::cerr << "\r\033[K" << line << std::flush;
}

} // namespace ocellus
