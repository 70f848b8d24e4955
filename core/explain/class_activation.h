// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "core/image/picture.h"

namespace ocellus {

enum class CamMethod {
    GradCam,         ///< sum over channels of mean(g) a (Selvaraju et al. 2017)
    GradCamPlusPlus, ///< weights sum(alpha relu(g)) (Chattopadhay et al. 2018)
    HiResCam         ///< sum over channels of g a, cell by cell (Draelos and Carin 2020)
};

/// "gradcam", "gradcam++" or "hirescam".
std::string_view toString(CamMethod method);

/// The epsilon of pytorch-grad-cam's Grad-CAM++. It is absolute: where g^2 lies below it, as on large grids behind
/// average pooling, the weights go with g^3. 0 is the paper's formula.
constexpr double publicEpsilon = 1e-6;

/// A channel's activations a and gradients g of a score, both [channels, cells], to a signed map [cells].
/// `epsilon` belongs to Grad-CAM++ alone: alpha = g^2 / (2 g^2 + (sum over cells of a) g^3 + epsilon), 0 where g = 0.
/// Throws Error(Mismatch) where the two are not of one shape.
std::vector<float> classActivation(std::span<const float> activations, std::span<const float> gradients,
                                   std::size_t channels, CamMethod method, double epsilon = publicEpsilon);

/// The map [rows, columns] as pytorch-grad-cam shows it: negative values to 0, then the range to [0, 1], bilinear to
/// `size` (half-pixel centres, clamped border), and the range to [0, 1] once more. All zeros where the map is negative
/// everywhere. Throws Error(Mismatch) where the map does not fill the grid.
std::vector<float> displayedActivation(std::span<const float> map, int rows, int columns, Size size);

} // namespace ocellus
