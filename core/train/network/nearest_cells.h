// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/train/network/prototype_head.h"

namespace ocellus {

/// Of many pictures' cells those that are nearest to each of some prototypes of one cell.
class NearestCells {
public:
    struct Cell {
        double distance = 0; ///< squared
        at::Tensor values;   ///< [D]; undefined as long as no picture was looked at
        PrototypeOrigin origin;
    };

    explicit NearestCells(std::int64_t prototypes) : m_cells(static_cast<std::size_t>(prototypes)) {}

    /// Some pictures: squared distances [B, P, h, w] of their cells `embedded` [B, D, h, w], and their places in the
    /// training set, B of them. Among equally near cells the first stays.
    void look(const at::Tensor& distances, const at::Tensor& embedded, const std::vector<std::size_t>& pictures);

    const Cell& of(int prototype) const { return m_cells.at(static_cast<std::size_t>(prototype)); }

private:
    std::vector<Cell> m_cells;
};

} // namespace ocellus
