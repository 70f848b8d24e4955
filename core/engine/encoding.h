// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/base/hash.h"

namespace ocellus {

/// The memory of one picture, with the keys and values that every decoder layer makes of it; immutable. A plain
/// classifier's is one cell: the mean of the backbone's grid.
class Encoding {
public:
    struct Tensors; ///< LibTorch's side, known to the engine only

    Encoding(ContentKey key, int rows, int columns, std::vector<float> energy, std::unique_ptr<const Tensors> tensors);
    ~Encoding();

    const ContentKey& key() const { return m_key; } ///< of checkpoint, input and numeric settings
    int rows() const { return m_rows; }             ///< h
    int columns() const { return m_columns; }       ///< w

    /// L2 norm of the memory over D, one value a cell, [h * w].
    const std::vector<float>& energy() const { return m_energy; }

    /// A copy of the encoder's output, [D, h, w].
    std::vector<float> memory() const;

    std::size_t bytes() const; ///< what it holds in memory
    const Tensors& tensors() const { return *m_tensors; }

private:
    ContentKey m_key;
    int m_rows;
    int m_columns;
    std::vector<float> m_energy;
    std::unique_ptr<const Tensors> m_tensors;
};

} // namespace ocellus
