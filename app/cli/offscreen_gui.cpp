// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/offscreen_gui.h"

#include <clocale>

#include "app/cli/console.h"
#include "app/language/language.h"

namespace ocellus {

namespace {

/// Qt warns of what a desktop would have and a cluster has not; stderr is for failures.
void passCriticalOnly(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        printError(message.toStdString());
}

/// Before the application exists.
int& prepared(int& argumentCount)
{
    qInstallMessageHandler(passCriticalOnly);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return argumentCount;
}

} // namespace

OffscreenGui::OffscreenGui() : m_application(prepared(m_argumentCount), m_arguments)
{
    // Qt has taken the user's; what is written to files has a point as decimal mark.
    std::setlocale(LC_NUMERIC, "C");
    speakUsersLanguage(m_application);
}

} // namespace ocellus
