// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_input.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/io/limits.h"

namespace ocellus {

PickleInput::PickleInput(BytesAt read, std::uint64_t size, std::string subject)
    : m_read(std::move(read)),
      m_size(size),
      m_subject(std::move(subject))
{
}

std::string PickleInput::bytes(std::uint64_t count)
{
    requireLeft(count);
    std::string text(static_cast<std::size_t>(count), '\0');
    const std::size_t inWindow = std::min(text.size(), m_window.size() - m_next);
    std::memcpy(text.data(), m_window.data() + m_next, inWindow);
    m_next += inWindow;
    if (inWindow < text.size()) {
        const std::uint64_t start = position();
        m_read(start, std::as_writable_bytes(std::span(text).subspan(inWindow)));
        m_window.clear();
        m_windowStart = start + (text.size() - inWindow);
        m_next = 0;
    }
    return text;
}

void PickleInput::skip(std::uint64_t count)
{
    requireThere(count);
    m_skipped += count;
    const std::uint64_t inWindow = std::min<std::uint64_t>(count, m_window.size() - m_next);
    m_next += static_cast<std::size_t>(inWindow);
    if (inWindow == count)
        return;
    m_windowStart = position() + (count - inWindow);
    m_window.clear();
    m_next = 0;
}

std::string PickleInput::line()
{
    std::string text;
    for (char letter = static_cast<char>(byte()); letter != '\n'; letter = static_cast<char>(byte())) {
        text += letter;
        if (text.size() > limits::pickleNameBytes)
            throw Error(ErrorCode::Damaged, m_subject,
                        "a name in its pickle at byte " + std::to_string(position()) + " has no end");
    }
    return text;
}

const std::byte* PickleInput::take(std::size_t count)
{
    if (m_window.size() - m_next < count) {
        requireLeft(count);
        moveWindow();
    }
    const std::byte* start = m_window.data() + m_next;
    m_next += count;
    return start;
}

void PickleInput::requireLeft(std::uint64_t count) const
{
    requireThere(count);
    if (position() + count - m_skipped > limits::pickleBytes)
        throw Error(ErrorCode::TooLarge, m_subject,
                    "its pickle has more than " + std::to_string(limits::pickleBytes) + " bytes");
}

void PickleInput::requireThere(std::uint64_t count) const
{
    const std::uint64_t left = m_size - position();
    if (count > left)
        throw Error(ErrorCode::Damaged, m_subject,
                    "its pickle is cut short: " + std::to_string(count) + " bytes are needed at byte " +
                        std::to_string(position()) + ", " + std::to_string(left) + " are left");
}

void PickleInput::moveWindow()
{
    constexpr std::uint64_t windowBytes = 1U << 16;
    m_windowStart = position();
    m_next = 0;
    m_window.resize(static_cast<std::size_t>(std::min(windowBytes, m_size - m_windowStart)));
    m_read(m_windowStart, m_window);
}

} // namespace ocellus
