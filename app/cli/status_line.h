// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace ocellus {

/// One line on stderr that is written over again and again; silent where stderr is no terminal.
class StatusLine {
public:
    StatusLine();
    ~StatusLine();
    StatusLine(const StatusLine&) = delete;
    StatusLine& operator=(const StatusLine&) = delete;

    bool isTerminal() const { return m_isTerminal; }

    void show(const std::string& line);

    /// Takes the line away, so that another can be printed.
    void clear();

    /// "[####    ]", `fraction` in [0, 1].
    static std::string bar(double fraction);

private:
    bool m_isTerminal;
    std::string m_shown;
};

} // namespace ocellus
