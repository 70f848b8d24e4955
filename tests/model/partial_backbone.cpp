// SPDX-License-Identifier: GPL-3.0-or-later
// Changes boxes of pictures and compares the backbone's partial pass with a full one: every kind of backbone, boxes at
// borders and corners, edit after edit, and back. A plain program, like parity; OCELLUS_TEST_DEVICE=cuda compares on a
// GPU.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>
#include <vector>

#include "core/base/error.h"
#include "core/model/backbone_trace.h"
#include "core/model/formula_source.h"
#include "core/model/torch_headers.h"
#include "tests/model/test_device.h"

namespace ocellus {
namespace {

constexpr double tolerance = 1e-4;

struct Row {
    const char* name;
    BackboneKind kind;
    bool dilation;
    int lastStage;
    int width;
    GridSize size;
    int boxes;
};

/// Weights by formula, where depthwise kernels are made strong: as they are, MobileNetV2's last grid hardly knows the
/// picture.
class StrongSource : public FormulaSource {
public:
    using FormulaSource::FormulaSource;

    void read(const TensorInfo& tensor, std::span<float> out) const override
    {
        FormulaSource::read(tensor, out);
        if (tensor.shape.size() == 4 && tensor.shape[1] == 1)
            for (float& value : out)
                value *= 4;
    }
};

at::Tensor formulaImage(GridSize size, const char* name)
{
    const at::Tensor image = at::empty({1, 3, size.rows, size.columns}, at::kFloat);
    fillByFormula(name, -2, 2, {image.data_ptr<float>(), static_cast<std::size_t>(image.numel())});
    return image.to(testDevice());
}

/// Corners, edges, a single pixel, thin bars and the whole picture, then boxes by chance.
std::vector<CellBox> boxesFor(GridSize size, int count)
{
    const int w = size.columns;
    const int h = size.rows;
    std::vector<CellBox> boxes = {{0, 0, 9, 7},
                                  {w - 5, 0, w, 12},
                                  {0, h - 1, 1, h},
                                  {w - 8, h - 6, w, h},
                                  {w / 2, h / 2, w / 2 + 1, h / 2 + 1},
                                  {0, h / 3, w, h / 3 + 2},
                                  {w / 2 - 1, 0, w / 2, h},
                                  {0, 0, w, h}};
    std::mt19937 random(7);
    const auto below = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    while (static_cast<int>(boxes.size()) < count) {
        const int x = below(w);
        const int y = below(h);
        boxes.push_back({x, y, x + 1 + below(std::min(w - x, 64)), y + 1 + below(std::min(h - y, 64))});
    }
    boxes.resize(static_cast<std::size_t>(count));
    return boxes;
}

at::Tensor edited(const at::Tensor& image, const at::Tensor& paint, const CellBox& box)
{
    at::Tensor result = image.clone();
    result.narrow(2, box.y0, box.y1 - box.y0)
        .narrow(3, box.x0, box.x1 - box.x0)
        .copy_(paint.narrow(2, box.y0, box.y1 - box.y0).narrow(3, box.x0, box.x1 - box.x0));
    return result;
}

double difference(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

bool isRefused(const std::function<void()>& action)
{
    try {
        action();
    } catch (const Error& error) {
        return error.code() == ErrorCode::BadArgument;
    }
    return false;
}

bool check(bool good, const char* what)
{
    if (!good)
        std::printf("  FAILED: %s\n", what);
    return good;
}

bool refusesBadBoxes(const BackboneTrace& trace, const at::Tensor& image)
{
    const auto [h, w] = trace.imageSize();
    bool good = true;
    for (const CellBox& box : std::vector<CellBox>{{-1, 0, 5, 5},
                                                   {0, -1, 5, 5},
                                                   {0, 0, w + 1, 5},
                                                   {0, 0, 5, h + 1},
                                                   {5, 5, 5, 9},
                                                   {9, 5, 5, 9},
                                                   {w, h, w, h}})
        good = check(isRefused([&] { trace.change(image, box, {}); }), "refuses a box outside") && good;
    const at::Tensor other = formulaImage({h + 1, w}, "other");
    return check(isRefused([&] { trace.change(other, {0, 0, 5, 5}, {}); }), "refuses another size") && good;
}

/// Every box from the same picture: the trace stays that of the picture before.
bool editsOnce(const Backbone& backbone, const Row& row, BackboneTrace& trace, const at::Tensor& image)
{
    const at::Tensor paint = formulaImage(row.size, "paint");
    const at::Tensor before = trace.grid().clone();
    double worst = 0;
    double largestChange = 0;
    bool good = true;
    for (const CellBox& box : boxesFor(row.size, row.boxes)) {
        const at::Tensor picture = edited(image, paint, box);
        good = check(trace.changedBox(picture) == box, "finds the changed box") && good;
        BackboneTrace::Change change = trace.change(picture, box, {});
        const at::Tensor full = backbone.run(picture, {});
        worst = std::max(worst, difference(trace.gridWith(change), full));
        largestChange = std::max(largestChange, difference(full, before));
        good = check(!full.equal(before), "the change reaches the grid") && good;
        good = check(trace.changedBox(picture, change).empty(), "knows what the change makes of the picture") &&
               check(trace.changedBox(image, change) == box, "finds the way back") && good;
        trace.apply(change);
        good = check(trace.changedBox(picture).empty(), "holds the changed picture") && good;
        trace.apply(change);
        good = check(trace.grid().equal(before) && trace.changedBox(image).empty(), "leads back exactly") && good;
    }
    std::printf("  %d edits: largest difference %.2g where the edits change up to %.2g\n", row.boxes, worst,
                largestChange);
    return check(worst <= tolerance, "equals a full pass") &&
           check(largestChange > 1000 * tolerance, "a wrong cell would be seen") && good;
}

/// Edit upon edit, then all of them taken back in turn.
bool editsUponEdits(const Backbone& backbone, const Row& row, BackboneTrace& trace, const at::Tensor& image)
{
    const at::Tensor before = trace.grid().clone();
    at::Tensor picture = image;
    std::vector<BackboneTrace::Change> changes;
    std::vector<CellBox> boxes = boxesFor(row.size, row.boxes);
    std::erase(boxes, CellBox{0, 0, row.size.columns, row.size.rows});
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const at::Tensor paint = formulaImage(row.size, ("paint " + std::to_string(i)).c_str());
        picture = edited(picture, paint, boxes[i]);
        changes.push_back(trace.change(picture, boxes[i], {}));
        trace.apply(changes.back());
    }
    const double worst = difference(trace.grid(), backbone.run(picture, {}));
    std::printf("  %zu edits in a row: difference %.2g\n", boxes.size(), worst);
    while (!changes.empty()) {
        trace.apply(changes.back());
        changes.pop_back();
    }
    return check(worst <= tolerance, "edit upon edit equals a full pass") &&
           check(trace.grid().equal(before), "undo upon undo leads back exactly");
}

bool run(const Row& row)
{
    ModelConfig config;
    config.backbone = row.kind;
    config.backboneWidth = row.width;
    config.dilation = row.dilation;
    config.lastStage = row.lastStage;
    const StrongSource source(config);
    const Progress progress;
    Weights weights(source, progress);
    Compute compute;
    compute.device = testDevice();
    const Backbone backbone(config, weights, compute);
    const at::Tensor image = formulaImage(row.size, "image");
    BackboneTrace trace(backbone, image, progress);
    std::printf("%s, %dx%d\n", row.name, row.size.rows, row.size.columns);
    bool good = check(trace.grid().equal(backbone.run(image, {})), "the first pass is a full pass");
    good = refusesBadBoxes(trace, image) && good;
    good = editsOnce(backbone, row, trace, image) && good;
    return editsUponEdits(backbone, row, trace, image) && good;
}

} // namespace
} // namespace ocellus

int main()
{
    const c10::InferenceMode inference;
    using ocellus::BackboneKind;
    bool good = true;
    for (const ocellus::Row& row : std::vector<ocellus::Row>{
             {"resnet18", BackboneKind::ResNet18, false, 4, 16, {257, 390}, 24},
             {"resnet18 layer2", BackboneKind::ResNet18, false, 2, 16, {130, 194}, 14},
             {"resnet34", BackboneKind::ResNet34, false, 4, 16, {230, 351}, 14},
             {"resnet50", BackboneKind::ResNet50, false, 4, 64, {352, 512}, 14},
             {"resnet50 DC5", BackboneKind::ResNet50, true, 4, 16, {301, 394}, 20},
             {"resnet101", BackboneKind::ResNet101, false, 4, 16, {256, 384}, 14},
             {"resnet18 layer3", BackboneKind::ResNet18, false, 3, 16, {199, 301}, 20},
             {"resnet50 layer3", BackboneKind::ResNet50, false, 3, 16, {198, 302}, 20},
             {"mobilenet_v2", BackboneKind::MobileNetV2, false, 4, 64, {255, 383}, 20},
             {"mobilenet_v2 dilated", BackboneKind::MobileNetV2, true, 4, 64, {262, 331}, 20},
         })
        good = ocellus::run(row) && good;
    return good ? 0 : 1;
}
