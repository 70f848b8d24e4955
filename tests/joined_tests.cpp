// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/joined_tests.h"

#include <filesystem>
#include <iostream>
#include <map>
#include <string>

namespace ocellus {
namespace {

std::map<std::string, TestProgram>& testPrograms()
{
    static std::map<std::string, TestProgram> programs;
    return programs;
}

} // namespace

bool addTestProgram(const char* source, TestProgram program)
{
    return testPrograms().emplace(std::filesystem::path(source).stem().string(), program).second;
}

} // namespace ocellus

/// "tests_io test_writers [arguments of Qt Test]"
int main(int argc, char** argv)
{
    const auto& programs = ocellus::testPrograms();
    const auto chosen = argc > 1 ? programs.find(argv[1]) : programs.end();
    if (chosen != programs.end())
        return chosen->second(argc - 1, argv + 1);
    std::cerr << "Usage: " << argv[0] << " TEST [FUNCTION...]\n\nThe tests in this program:\n";
    for (const auto& [name, program] : programs)
        std::cerr << "  " << name << '\n';
    return 1;
}
