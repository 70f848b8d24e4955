// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include <sys/resource.h>

#include <QtTest>

#include "tests/io/test_files.h"

namespace ocellus::test {

inline void addHostileColumns()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
}

/// A file, or a part of one, and the error that it must end with.
inline void addHostileRow(const char* name, const std::string& bytes, ErrorCode code, const char* message)
{
    QTest::newRow(name) << QByteArray::fromStdString(bytes) << static_cast<int>(code) << QString(message);
}

/// What the rows' payloads would leave behind if anything ran them.
inline constexpr const char* executionMark = "/tmp/ocellus-was-here";

/// Checks the row against what reading `bytes` as a file ends with.
inline void expectHostileOutcome(const ScratchFile& file, const std::string& bytes)
{
    QFETCH(int, code);
    QFETCH(QString, message);
    const Outcome outcome = openAndRead(file.write(bytes));
    QVERIFY2(outcome.failed, "it was accepted");
    QVERIFY2(outcome.message.contains(message), qPrintable(outcome.message));
    QCOMPARE(static_cast<int>(outcome.code), code);
    QVERIFY2(!std::filesystem::exists(executionMark), "something was executed");
}

/// From now on an allocation beyond 300 MB more than the program has throws std::bad_alloc, which no test expects.
inline void limitMemory()
{
#ifndef __SANITIZE_ADDRESS__ // which reserves all the address space there is
    constexpr rlim_t allowed = 300U << 20;
    const QByteArray pages = readFile("/proc/self/statm").split(' ').value(0);
    const rlim_t most = pages.toULongLong() * 4096 + allowed;
    const rlimit limit{most, most};
    QCOMPARE(setrlimit(RLIMIT_AS, &limit), 0);
#endif
}

} // namespace ocellus::test
