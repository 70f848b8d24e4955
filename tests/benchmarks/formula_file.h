// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include <unistd.h>

#include "tests/support/formula_checkpoint.h"

namespace ocellus {

/// ResNet-50 with 200 classes and weights by formula, in the folder for temporary files; goes with this object.
class FormulaFile {
public:
    FormulaFile() : m_path(std::filesystem::temp_directory_path() / ("ocellus-bench-" + std::to_string(getpid())))
    {
        writeFormulaCheckpoint(m_path, ModelConfig());
    }
    ~FormulaFile() { std::filesystem::remove(m_path, m_ignored); }
    FormulaFile(const FormulaFile&) = delete;
    FormulaFile& operator=(const FormulaFile&) = delete;

    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
    std::error_code m_ignored;
};

} // namespace ocellus
