// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/engine/attention_intervention.h"
#include "core/engine/decoding.h"
#include "ui/figures/map_names.h"

namespace ocellus {

/// "attention changed by hand: without head 4; 3 cells of head 2" (heads count from 1), of prototypes "prototypes taken
/// away by hand: without prototype 12", or empty where nothing is taken away: for every place that shows numbers or
/// maps of it.
QString interventionText(const AttentionIntervention& intervention, const MapNames& names = {});

/// "By hand: without head 4", or that everything is given back: of the step that led to it.
QString interventionStepName(const AttentionIntervention& intervention, const MapNames& names = {});

/// The class's logit, probability and rank in three lines: before and after the intervention, or as they are where
/// `changed` is `untouched`. The class has a logit in both.
QString interventionEffectText(const Decoding& untouched, const Decoding& changed, int classIndex);

} // namespace ocellus
