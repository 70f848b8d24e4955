// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/base/hash.h"

namespace ocellus {

struct PictureMemory;

/// What a model keeps of one picture, with what its decoding makes of that once for all classes; immutable. A plain
/// classifier's is one cell: the mean of the backbone's grid.
class Encoding {
public:
    Encoding(ContentKey key, int rows, int columns, std::vector<float> energy,
             std::unique_ptr<const PictureMemory> memory);
    ~Encoding();

    const ContentKey& key() const { return m_key; } ///< of checkpoint, input and numeric settings
    int rows() const { return m_rows; }             ///< h
    int columns() const { return m_columns; }       ///< w

    /// L2 norm of the memory over D, one value a cell, [h * w].
    const std::vector<float>& energy() const { return m_energy; }

    /// A copy of the tokens of the cells, [D, h, w]: INTR's encoder output.
    std::vector<float> memory() const;

    std::size_t bytes() const;                                  ///< what it holds in memory
    const PictureMemory& picture() const { return *m_picture; } ///< LibTorch's side, known to the engine only

private:
    ContentKey m_key;
    int m_rows;
    int m_columns;
    std::vector<float> m_energy;
    std::unique_ptr<const PictureMemory> m_picture;
};

} // namespace ocellus
