// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model_config.h"

namespace ocellus {

/// Where the cells of the backbone's grid look in the model's input, the same along both axes.
struct ReceptiveField {
    int stride = 32;    ///< input pixels from one cell's centre to the next
    double start = 0.5; ///< continuous input coordinate of cell 0's centre (0.5 is the middle of pixel 0)
    int extent = 0;     ///< side of the square of input pixels that can reach one cell
};

/// Composes the kernels, strides, padding and dilation of the backbone's longest path
/// (Araujo, Norris, Sim: Computing Receptive Fields of Convolutional Neural Networks, Distill 2019).
ReceptiveField receptiveField(const ModelConfig& config);

} // namespace ocellus
