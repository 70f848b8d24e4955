// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "tools/specimens/affine.h"
#include "tools/specimens/canvas.h"
#include "tools/specimens/individual.h"

namespace ocellus {

/// Draws what is not wing: antennae, abdomen, thorax, head, hairs and the pin.
class BodyPainter {
public:
    /// `toCanvas` leads from the body's coordinates (forewing lengths) to pixels.
    BodyPainter(const RingDesign& ring, const Individual& individual, const Affine& toCanvas);

    /// To be painted before the wings.
    void paintAntennae(Canvas& canvas) const;
    /// To be painted after the wings.
    void paintBody(Canvas& canvas) const;
    void paintPin(Canvas& canvas) const;

private:
    void paintAbdomen(Canvas& canvas) const;
    void paintHairs(Canvas& canvas) const;
    void paintBall(Canvas& canvas, WingPoint centre, WingPoint radii, const Colour& colour, float shine) const;
    void stroke(Canvas& canvas, WingPoint from, WingPoint to, float radiusFrom, float radiusTo, const Colour& colour,
                float alpha = 1) const;
    /// A point of the abdomen's axis, t from 0 at the thorax to 1 at its end.
    WingPoint abdomenAxis(float t) const;

    const Individual& m_individual;
    Affine m_toCanvas;
    Affine m_toBody;
    float m_scale;     ///< pixels of a forewing length
    WingPoint m_light; ///< unit vector towards the light, in the body's coordinates
    Colour m_body;
    Colour m_hair;
    bool m_banded;
};

} // namespace ocellus
