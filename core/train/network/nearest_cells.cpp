// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/network/nearest_cells.h"

#include "core/train/network/torch_training_headers.h"

namespace ocellus {

void NearestCells::look(const at::Tensor& distances, const at::Tensor& embedded,
                        const std::vector<std::size_t>& pictures)
{
    const auto rows = static_cast<int>(distances.size(2));
    const auto columns = static_cast<int>(distances.size(3));
    const std::int64_t cells = distances.size(2) * distances.size(3);
    const auto [least, places] = distances.transpose(0, 1).flatten(1).min(1); // [P] over pictures and cells
    const at::Tensor found = least.to(at::kDouble).to(at::kCPU).contiguous();
    const at::Tensor where = places.to(at::kCPU).contiguous();
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        Cell& cell = m_cells[i];
        const double distance = found.data_ptr<double>()[i];
        if (cell.values.defined() && !(distance < cell.distance))
            continue;
        const std::int64_t place = where.data_ptr<std::int64_t>()[i];
        const auto picture = place / cells;
        cell.distance = distance;
        cell.values = embedded[picture].flatten(1).select(1, place % cells).clone();
        cell.origin = {pictures.at(static_cast<std::size_t>(picture)), static_cast<int>(place % cells) / columns,
                       static_cast<int>(place % cells) % columns, rows, columns};
    }
}

} // namespace ocellus
