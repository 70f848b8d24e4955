// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/picture_batches.h"

#include <algorithm>
#include <cstring>

#include "core/train/torch_optimizer_headers.h"

namespace ocellus {
namespace {

Size largestOf(const std::vector<LoadedPicture>& pictures)
{
    Size size;
    for (const LoadedPicture& picture : pictures) {
        size.width = std::max(size.width, picture.input.inputSize.width);
        size.height = std::max(size.height, picture.input.inputSize.height);
    }
    return size;
}

void copyInto(at::Tensor pixels, const ModelInput& input)
{
    const at::Tensor values = at::from_blob(const_cast<float*>(input.values.data()),
                                            {3, input.inputSize.height, input.inputSize.width}, at::kFloat);
    pixels.slice(1, 0, input.inputSize.height).slice(2, 0, input.inputSize.width).copy_(values);
}

} // namespace

PictureBatches::PictureBatches(std::vector<std::vector<std::size_t>> batches, BatchLoader::Load load, int workers,
                               at::Device device)
    : m_loader(std::move(batches), std::move(load), workers),
      m_device(device)
{
}

bool PictureBatches::next(Batch& batch)
{
    const std::optional<std::vector<LoadedPicture>> pictures = m_loader.next();
    if (!pictures)
        return false;
    batch = {};
    if (pictures->empty())
        return true;
    const Size padded = largestOf(*pictures);
    const auto count = static_cast<std::int64_t>(pictures->size());
    at::Tensor pixels = at::zeros({count, 3, padded.height, padded.width}, at::kFloat);
    at::Tensor labels = at::empty({count}, at::kLong);
    for (std::int64_t i = 0; i < count; ++i) {
        const LoadedPicture& picture = (*pictures)[static_cast<std::size_t>(i)];
        copyInto(pixels[i], picture.input);
        labels[i] = picture.label;
        batch.sizes.push_back(picture.input.inputSize);
        batch.indices.push_back(picture.index);
    }
    batch.pixels = pixels.to(m_device);
    batch.labels = labels.to(m_device);
    return true;
}

} // namespace ocellus
