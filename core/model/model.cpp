// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/model.h"

#include "core/base/error.h"
#include "core/engine/intervention_subject.h"
#include "core/model/torch_headers.h"

namespace ocellus {

namespace {

[[noreturn]] void refuseIntervention()
{
    throw Error(ErrorCode::Unsupported, interventionSubject, "this model's attention cannot be changed by hand");
}

} // namespace

Decoding::Answer Model::without(const PictureMemory& picture, const Decoding& whole,
                                const AttentionIntervention& intervention) const
{
    return answer(picture, whole, intervention.classIndex, intervenedAttention(intervention, whole));
}

Decoding::Answer Model::answer(const PictureMemory&, const Decoding&, int, std::vector<float>) const
{
    refuseIntervention();
}

std::vector<float> Model::logitsWith(const PictureMemory&, const Decoding&, int, const std::vector<float>&) const
{
    refuseIntervention();
}

BlurredHeads Model::blurHeads(const PictureMemory&, const QuerySet&, int, const Progress&) const
{
    throw Error(ErrorCode::Unsupported, "head ranking", "this model's heads cannot be ranked by blurring");
}

} // namespace ocellus
