// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal_progress.h"

#include <algorithm>
#include <utility>

#include "app/cli/console.h"

namespace ocellus {

namespace {

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

TerminalProgress::TerminalProgress(std::size_t pictures) : m_pictures(std::max<std::size_t>(pictures, 1)) {}

void TerminalProgress::begin(std::size_t done, const std::string& label)
{
    m_done = done;
    m_label = shortened(oneLine(label));
}

Progress TerminalProgress::progress(std::stop_token stop)
{
    if (!m_line.isTerminal())
        return Progress(std::move(stop));
    return Progress(std::move(stop), [this](Stage stage, double fraction) { draw(stage, fraction); });
}

/// By the mean of the pictures that are done; nothing before the first.
std::string TerminalProgress::timeLeft() const
{
    if (m_done == 0)
        return {};
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - m_start;
    return ", " + durationText(taken.count() * static_cast<double>(m_pictures - m_done) / static_cast<double>(m_done)) +
           " left";
}

void TerminalProgress::clear()
{
    const std::lock_guard lock(m_mutex);
    m_line.clear();
}

void TerminalProgress::aside(const std::function<void()>& print)
{
    const std::lock_guard lock(m_mutex);
    m_line.clear();
    print();
}

void TerminalProgress::draw(Stage stage, double fraction)
{
    const std::lock_guard lock(m_mutex);
    m_line.show(std::to_string(m_done + 1) + "/" + std::to_string(m_pictures) + " " + m_label + " " +
                StatusLine::bar(fraction) + " " + nameOf(stage) + timeLeft());
}

} // namespace ocellus
