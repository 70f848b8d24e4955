// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGuiApplication>

namespace ocellus {

/// The application that Qt wants before it draws text, made for machines without a display: nothing is shown.
class OffscreenGui {
public:
    OffscreenGui();

private:
    int m_argumentCount = 1;
    char m_programName[12] = "ocellus-cli";
    char* m_arguments[2] = {m_programName, nullptr};
    QGuiApplication m_application;
};

} // namespace ocellus
