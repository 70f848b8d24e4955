// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/explain/source_parts.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/image/preprocess.h"

namespace ocellus {

std::shared_ptr<const Decoding> decodingOf(Engine& engine, const SourceSubject& subject, const Progress& progress)
{
    if (subject.decoding)
        return subject.decoding;
    return engine.decode(subject.encoding ? subject.encoding : engine.encode(subject.input, progress), {}, progress);
}

SourceOption layerOption()
{
    return {"layer", "decoder layer, from 1, or last", "last", SourceOption::Kind::Text};
}

int layerOf(const SourceSettings& settings, int layers)
{
    const std::string& text = settings.text("layer");
    if (text == "last")
        return layers - 1;
    int layer = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, layer);
    if (failure != std::errc() || rest != end || layer < 1 || layer > layers)
        throw Error(ErrorCode::BadArgument, "layer",
                    "expected last or 1 to " + std::to_string(layers) + ", got " + text);
    return layer - 1;
}

std::vector<int> headsNamed(const std::string& text, int heads)
{
    std::vector<int> all(static_cast<std::size_t>(heads));
    std::iota(all.begin(), all.end(), 0);
    if (text == "each")
        return all;
    int head = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, failure] = std::from_chars(text.data(), end, head);
    if (failure != std::errc() || rest != end || head < 1 || head > heads)
        throw Error(ErrorCode::BadArgument, "head", "expected each or 1 to " + std::to_string(heads) + ", got " + text);
    return {head - 1};
}

SourceOption stageOption()
{
    return {"stage", "grid of the backbone that the map lies on: grid, or a stage as layer3", "grid",
            SourceOption::Kind::Text};
}

SourceMap gridMap(const GradientTrace& trace, Size input, int classIndex, std::vector<float> values)
{
    SourceMap map;
    map.classIndex = classIndex;
    map.rows = trace.rows();
    map.columns = trace.columns();
    map.values = std::move(values);
    map.input = input;
    map.field = trace.field();
    map.bytes = trace.bytes();
    return map;
}

std::string whyNoHeads(const ModelDescription& model)
{
    return model.offer.maps == MapSubject::None ? "a plain classifier has no class queries, so it has no heads" : "";
}

std::string whyNoGradients(const ModelDescription& model)
{
    if (model.config.concepts)
        return "gradients do not run through concepts, so far";
    if (model.config.hasParts())
        return "gradients do not run through prototypes, so far";
    return model.offer.hasLogits ? "" : "a bare backbone has no logits that could be differentiated";
}

SourceOption sideOption()
{
    return {"side", "shorter side of the model's input, pixels; 0: as in the view",
            "224",  SourceOption::Kind::Whole,
            0,      largestInputSide};
}

double shareOfPass(Size size, int side)
{
    const int shorter = std::min(size.width, size.height);
    const double scale = side == 0 || side >= shorter ? 1 : static_cast<double>(side) / shorter;
    return scale * scale;
}

PreprocessOptions smallerOptions(const PreprocessOptions& view, int side)
{
    const int whole = view.fixedSide > 0 ? view.fixedSide : view.cropSide > 0 ? view.cropSide : view.shortSide;
    if (side == 0 || side >= whole)
        return view;
    // All sides in one proportion, so that the same part of the picture is seen.
    const auto scaled = [&](int length) { return static_cast<int>(std::int64_t{length} * side / whole); };
    PreprocessOptions options = view;
    options.fixedSide = scaled(view.fixedSide);
    options.cropSide = scaled(view.cropSide);
    options.shortSide = std::max(1, scaled(view.shortSide));
    options.longSide = std::max(options.shortSide, scaled(view.longSide));
    return options;
}

ModelInput inputOf(std::vector<float> values, Size size)
{
    if (size.width < 1 || size.height < 1 ||
        values.size() != 3 * static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height))
        throw Error(ErrorCode::Mismatch, "input",
                    "expected 3 planes of " + std::to_string(size.width) + "x" + std::to_string(size.height) +
                        " pixels, got " + std::to_string(values.size()) + " values");
    const ContentKey key = contentKey(std::as_bytes(std::span(values)), static_cast<std::uint64_t>(size.width));
    return {size, size, std::move(values), key};
}

ModelInput smallInput(const SourceSubject& subject, int side)
{
    const PreprocessOptions options = smallerOptions(subject.preprocess, side);
    return options == subject.preprocess ? subject.input : preprocess(subject.picture, options);
}

} // namespace ocellus
