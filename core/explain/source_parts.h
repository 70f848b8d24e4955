// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/explain/explanation_source.h"
#include "core/explain/gradient_trace.h"

namespace ocellus {

/// The decoding that a subject has, or one of all classes.
std::shared_ptr<const Decoding> decodingOf(Engine& engine, const SourceSubject& subject, const Progress& progress);

/// "last", or a layer's number from 1, as an option.
SourceOption layerOption();
/// From 0. Throws Error(BadArgument) for a layer that is not there.
int layerOf(const SourceSettings& settings, int layers);

/// "each", or a head's number from 1: the heads meant, from 0. Throws Error(BadArgument) for anything else.
std::vector<int> headsNamed(const std::string& text, int heads);

/// "grid", or a stage's name, as an option.
SourceOption stageOption();

/// A map on the grid that a trace was made on.
SourceMap gridMap(const GradientTrace& trace, Size input, int classIndex, std::vector<float> values);

/// A sentence where a model has no attention to classes; empty where it has.
std::string whyNoHeads(const ModelDescription& model);

/// A sentence where a model's logits cannot be differentiated here; empty where they can.
std::string whyNoGradients(const ModelDescription& model);

/// A changed picture, [3, height, width] as in ModelInput. Throws Error(Mismatch) where the values do not fill `size`.
ModelInput inputOf(std::vector<float> values, Size size);

/// The shorter side of the input for sources of many passes, as an option; 0 is the view's own size.
SourceOption sideOption();
/// How much of a pass at `size` one with a shorter side of at most that costs.
double shareOfPass(Size size, int side);
/// The same way to prepare pictures for an input with a shorter side of at most that; 0 is no bound.
PreprocessOptions smallerOptions(const PreprocessOptions& view, int side);
/// The subject's picture as the model sees it then.
ModelInput smallInput(const SourceSubject& subject, int side);

} // namespace ocellus
