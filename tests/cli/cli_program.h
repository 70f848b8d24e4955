// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QProcess>
#include <QProcessEnvironment>
#include <QStringList>

namespace ocellus {

/// What a run of the real ocellus-cli left.
struct CliResult {
    int exitCode = -1;
    QString out;
    QStringList errors; ///< lines of stderr
};

/// A process set up to run ocellus-cli as on a machine without a display.
inline void prepareCli(QProcess& process, const QStringList& arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QString::fromLatin1(name));
    process.setProcessEnvironment(environment);
    process.setProgram(QStringLiteral(OCELLUS_CLI));
    process.setArguments(arguments);
}

inline CliResult finishCli(QProcess& process)
{
    process.waitForFinished(300'000);
    CliResult result;
    result.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    result.out = QString::fromUtf8(process.readAllStandardOutput());
    result.errors = QString::fromUtf8(process.readAllStandardError()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    return result;
}

/// Runs it to its end; `inChild` is called in the new process before the program starts.
inline CliResult runCli(const QStringList& arguments, const std::function<void()>& inChild = {})
{
    QProcess process;
    prepareCli(process, arguments);
    if (inChild)
        process.setChildProcessModifier(inChild);
    process.start();
    return finishCli(process);
}

} // namespace ocellus
