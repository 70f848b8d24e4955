// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/receptive_field.h"

#include "core/model/backbone_stage.h"

namespace ocellus {
namespace {

/// Walks a chain of convolutions from the input to a cell.
class FieldWalk {
public:
    void through(const Window& window)
    {
        const int reach = (window.kernel - 1) * window.dilation;
        m_centre += (reach / 2.0 - window.padding) * m_jump;
        m_extent += reach * m_jump;
        m_jump *= window.stride;
    }

    ReceptiveField field() const { return {m_jump, m_centre + 0.5, m_extent}; }

private:
    int m_jump = 1;
    double m_centre = 0; // pixel index of cell 0's centre
    int m_extent = 1;
};

} // namespace

ReceptiveField receptiveField(const ModelConfig& config)
{
    if (config.vit) { // patches side by side, without a padding
        const int side = config.vit->patchSize;
        return {side, side / 2.0, side};
    }
    const BackbonePlan plan = backbonePlan(config);
    return receptiveField(plan, plan.size());
}

ReceptiveField receptiveField(const BackbonePlan& plan, std::size_t blocks)
{
    FieldWalk walk;
    for (std::size_t i = 0; i < blocks; ++i) {
        const PlannedBlock& block = plan[i];
        for (const PlannedConvolution& convolution : block.path)
            walk.through(convolution.window);
        if (block.maxPooling)
            walk.through(*block.maxPooling);
    }
    return walk.field();
}

} // namespace ocellus
