// SPDX-License-Identifier: GPL-3.0-or-later
// Differentiates the features of single cells by the picture and compares the gradient's centroid with the place that
// receptiveField predicts. A plain program, like parity.
#include <cmath>
#include <cstdio>
#include <vector>

#include "core/model/backbone.h"
#include "core/model/formula_source.h"
#include "core/model/receptive_field.h"
#include "core/model/torch_headers.h"

namespace ocellus {
namespace {

constexpr double tolerance = 3.0; // pixels; half a cell is 8 or 16
constexpr int side = 768;         // wide enough that no field below touches an edge

struct Row {
    const char* name;
    BackboneKind kind;
    bool dilation;
    int lastStage;
    int expectedStride;
    std::vector<std::pair<int, int>> cells;
};

/// Weights by formula whose depthwise kernels are their own mirror images: with a single channel there is nothing that
/// averages out how far a random kernel leans to a side.
class UprightSource : public FormulaSource {
public:
    using FormulaSource::FormulaSource;

    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        FormulaSource::read(tensor, out);
        if (tensor.shape.size() != 4 || tensor.shape[1] != 1)
            return;
        const at::Tensor kernels = at::from_blob(out.data(), tensor.shape, at::kFloat);
        const at::Tensor sideways = kernels + kernels.flip(3);
        kernels.copy_((sideways + sideways.flip(2)) / 2); // the sum of four has twice one's deviation
    }
};

/// Centre of mass of |d feature / d pixel| along both axes, in continuous coordinates.
std::pair<double, double> gradientCentroid(const Backbone& backbone, int row, int column)
{
    at::Tensor image = at::empty({1, 3, side, side}, at::kFloat);
    fillByFormula("image", -2, 2, {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
    image.set_requires_grad(true);
    backbone.run(image, {}).select(3, column).select(2, row).pow(2).sum().backward();
    const at::Tensor weight = image.grad().pow(2).sum(c10::IntArrayRef{0, 1}).to(at::kDouble);
    const at::Tensor place = at::arange(side, at::kDouble) + 0.5;
    const double sum = weight.sum().item<double>();
    return {(weight.sum(1) * place).sum().item<double>() / sum, (weight.sum(0) * place).sum().item<double>() / sum};
}

bool run(const Row& row)
{
    ModelConfig config;
    config.backbone = row.kind;
    config.dilation = row.dilation;
    config.lastStage = row.lastStage;
    const UprightSource source(config);
    const Progress progress;
    Weights weights(source, progress);
    Compute compute;
    compute.packed = false; // packed convolutions have no gradient
    const Backbone backbone(config, weights, compute);
    const ReceptiveField field = receptiveField(config);
    bool good = field.stride == row.expectedStride;
    std::printf("%s: stride %d (expected %d), extent %d\n", row.name, field.stride, row.expectedStride, field.extent);
    for (const auto& [i, j] : row.cells) {
        const auto [y, x] = gradientCentroid(backbone, i, j);
        const double dy = y - (field.start + i * field.stride);
        const double dx = x - (field.start + j * field.stride);
        const bool near = std::abs(dy) <= tolerance && std::abs(dx) <= tolerance;
        std::printf("  cell (%d, %d): centroid (%.1f, %.1f), off by (%+.2f, %+.2f) %s\n", i, j, y, x, dy, dx,
                    near ? "ok" : "FAILED");
        good = good && near;
    }
    return good;
}

} // namespace
} // namespace ocellus

int main()
{
    using ocellus::BackboneKind;
    bool good = true;
    for (const ocellus::Row& row : std::vector<ocellus::Row>{
             {"resnet18", BackboneKind::ResNet18, false, 4, 32, {{8, 8}, {10, 13}, {15, 9}}},
             {"resnet50", BackboneKind::ResNet50, false, 4, 32, {{10, 10}, {9, 14}, {14, 11}}},
             {"resnet50 DC5", BackboneKind::ResNet50, true, 4, 16, {{20, 20}, {23, 28}}},
             {"resnet18 layer2", BackboneKind::ResNet18, false, 2, 8, {{24, 28}, {46, 56}}},
             {"resnet18 layer3", BackboneKind::ResNet18, false, 3, 16, {{12, 14}, {23, 28}}},
             {"resnet50 layer3", BackboneKind::ResNet50, false, 3, 16, {{20, 20}, {23, 28}}},
             {"mobilenet_v2", BackboneKind::MobileNetV2, false, 4, 32, {{11, 11}, {10, 13}}},
             {"mobilenet_v2 dilated", BackboneKind::MobileNetV2, true, 4, 16, {{22, 22}, {23, 25}}},
         })
        good = ocellus::run(row) && good;
    return good ? 0 : 1;
}
