// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/host_values.h"

#include "core/base/error.h"
#include "core/model/torch_headers.h"

namespace ocellus {

at::Tensor toHost(const at::Tensor& tensor)
{
    return tensor.to(at::kCPU, at::kFloat).contiguous();
}

std::vector<float> toVector(const at::Tensor& tensor)
{
    const at::Tensor host = toHost(tensor);
    return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

std::shared_ptr<const float> toShared(const at::Tensor& tensor)
{
    const auto host = std::make_shared<const at::Tensor>(toHost(tensor));
    return {host, host->data_ptr<float>()};
}

void requireFinite(const at::Tensor& logits)
{
    if (!at::isfinite(logits).all().item<bool>())
        throw Error(ErrorCode::Device, "logits", "expected finite numbers, got an overflow",
                    "Switch half precision off in the settings");
}

} // namespace ocellus
