// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/model/classifier/classifier_family.h"
#include "core/model/concept_transformer/concept_family.h"
#include "core/model/intr/intr_family.h"
#include "core/model/intr_vit/intr_vit_family.h"
#include "core/model/model_family.h"
#include "core/model/prompt_cam/prompt_cam_family.h"
#include "core/model/protopformer/former_family.h"
#include "core/model/protopnet/protopnet_family.h"
#include "core/model/prototree/prototree_family.h"
#include "core/model/vit/vit_family.h"

namespace ocellus {

std::span<const ModelFamily> modelFamilies()
{
    static const std::array families{promptCamFamily(),    intrVitFamily(),    intrFamily(),
                                     protoPFormerFamily(), protoPNetFamily(),  protoTreeFamily(),
                                     conceptFamily(),      classifierFamily(), vitFamily()};
    return families;
}

} // namespace ocellus
