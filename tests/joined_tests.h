// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled where several Qt Test classes are linked into one program (OCELLUS_UNITY): QTEST_MAIN and its kin enter
// their class in a table, from which the program's first argument chooses.
#pragma once

#include <QApplication>
#include <QtTest>

namespace ocellus {

/// What main() would be, were the test a program of its own.
using TestProgram = int (*)(int argc, char** argv);

/// Enters it under the name of its source: "tests/io/test_writers.cpp" is "test_writers".
bool addTestProgram(const char* source, TestProgram program);

} // namespace ocellus

#define OCELLUS_TEST_PROGRAM(TestObject, ...)                                                                          \
    static int run##TestObject([[maybe_unused]] int argc, [[maybe_unused]] char** argv)                                \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
        TestObject test;                                                                                               \
        QTEST_SET_MAIN_SOURCE_PATH                                                                                     \
        return QTest::qExec(&test, argc, argv);                                                                        \
    }                                                                                                                  \
    [[maybe_unused]] static const bool added##TestObject = ocellus::addTestProgram(__FILE__, run##TestObject);

#undef QTEST_MAIN
#define QTEST_MAIN(TestObject)                                                                                         \
    OCELLUS_TEST_PROGRAM(TestObject, QApplication app(argc, argv); app.setAttribute(Qt::AA_Use96Dpi, true);)

#undef QTEST_GUILESS_MAIN
#define QTEST_GUILESS_MAIN(TestObject)                                                                                 \
    OCELLUS_TEST_PROGRAM(TestObject, QCoreApplication app(argc, argv); app.setAttribute(Qt::AA_Use96Dpi, true);)

#undef QTEST_APPLESS_MAIN
#define QTEST_APPLESS_MAIN(TestObject) OCELLUS_TEST_PROGRAM(TestObject, )
