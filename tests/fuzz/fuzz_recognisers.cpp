// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/engine/checkpoint_hints.h"
#include "core/io/limits.h"
#include "core/io/tensor_extent.h"
#include "core/model/concept_transformer/concept_names.h"
#include "core/model/intr_vit/intr_vit_names.h"
#include "core/model/protopformer/former_names.h"
#include "core/model/protopnet/protopnet_names.h"
#include "core/model/prototree/prototree_names.h"
#include "core/model/prototypes/prototype_tensors.h"
#include "core/model/receptive_field.h"
#include "core/model/state_dict.h"
#include "core/model/torchvision_names.h"
#include "core/model/vit/vit_tensors.h"

using namespace ocellus;

namespace {

constexpr std::int64_t mostRead = 1 << 16; ///< values of a tensor

std::string_view upTo(char end, std::string_view& rest)
{
    const std::size_t at = std::min(rest.find(end), rest.size());
    const std::string_view part = rest.substr(0, at);
    rest.remove_prefix(std::min(at + 1, rest.size()));
    return part;
}

/// Lines of "name extent extent ...", with "bool" in the place of an extent for such a tensor, and settings in a line
/// that begins with a brace.
class TextSource : public TensorSource {
public:
    /// Throws Error for what no reader of files lets through.
    explicit TextSource(std::string_view text)
    {
        while (!text.empty()) {
            std::string_view line = upTo('\n', text);
            if (line.starts_with('{'))
                settings = nlohmann::json::parse(line, nullptr, false);
            else if (!line.empty())
                addTensor(line);
        }
        std::ranges::sort(m_tensors, {}, &TensorInfo::name);
        checkNames(m_tensors, "fuzz");
    }

    const std::vector<TensorInfo>& tensors() const override { return m_tensors; }
    void read(const TensorInfo&, std::span<float> out) const override { std::ranges::fill(out, 0.5F); }

    nlohmann::json settings;

private:
    void addTensor(std::string_view line)
    {
        TensorInfo tensor{std::string(upTo(' ', line)), DType::Float16, {}};
        while (!line.empty() && tensor.shape.size() < limits::dimensions) {
            const std::string_view extent = upTo(' ', line);
            if (extent == "bool") {
                tensor.dtype = DType::Bool;
                continue;
            }
            std::from_chars(extent.data(), extent.data() + extent.size(), tensor.shape.emplace_back(0));
        }
        tensorBytes(tensor, "fuzz");
        m_tensors.push_back(std::move(tensor));
    }

    std::vector<TensorInfo> m_tensors;
};

void readAll(const TensorSource& source)
{
    std::vector<float> values;
    for (const TensorInfo& tensor : source.tensors())
        if (tensor.count() <= mostRead) {
            values.resize(static_cast<std::size_t>(tensor.count()));
            source.read(tensor, values);
        }
}

/// As core/model/vit's and prompt_cam's families do, without LibTorch.
void asVit(const TensorSource& source, const DeclaredArgs& args)
{
    std::optional<VitNames> names = vitNames(source);
    if (!names)
        return;
    const MappedSource renamed(source, std::move(names->tensors));
    const InferredVit vit = inferVit(renamed, args.vit, !names->unused.empty(), true);
    const std::string preprocessing = usualPreprocessing(vit.config);
    checkTensors(vitTensors(vit.config), renamed);
    parsePreprocess(preprocessing);
    readAll(renamed);
}

/// As core/model/intr_vit's.
void asIntrVit(const TensorSource& source, const DeclaredArgs& args)
{
    std::optional<VitNames> names = intrVitNames(source);
    if (!names)
        return;
    const MappedSource renamed(source, std::move(names->tensors));
    ModelConfig config;
    inferTransformer(renamed, config);
    config.vit = inferVit(renamed, args.vit, false, false, "backbone.0.body.").config;
    config.heads = args.heads.value_or(config.heads);
    validate(config);
    checkStateDict(config, renamed);
    static_cast<void>(receptiveField(config));
    readAll(renamed);
}

/// As protopnet's and prototree's; the settings count as what a whole pickled object says of itself too.
void asPrototypes(const TensorSource& source, const DeclaredArgs& args)
{
    if (const auto net = inferProtoPNet(source, args)) {
        static_cast<void>(prototypeField(net->config));
        checkTensors(protoPNetTensors(net->config), source);
    }
    if (const auto tree = inferProtoTree(source, args)) {
        static_cast<void>(prototypeField(tree->config));
        checkTensors(protoTreeTensors(tree->config), source);
    }
}

/// As protopformer's and concept_transformer's.
void asPrototypeTransformer(const TensorSource& source, const DeclaredArgs& args)
{
    const auto check = [](const TensorSource& renamed, const InferredConfig& inferred,
                          const std::vector<TensorInfo>& expected) {
        static_cast<void>(receptiveField(inferred.config));
        checkTensors(expected, renamed);
        parsePreprocess(usualPreprocessing(*inferred.config.vit));
        readAll(renamed);
    };
    if (std::optional<FormerNames> names = formerNames(source)) {
        const MappedSource renamed(source, std::move(names->tensors));
        const InferredConfig former = inferFormer(renamed, args);
        check(renamed, former, formerTensors(former.config));
    }
    if (std::optional<ConceptNames> names = conceptNames(source)) {
        const MappedSource renamed(source, std::move(names->tensors));
        const InferredConfig concepts = inferConcepts(renamed, args);
        check(renamed, concepts, conceptTensors(concepts.config));
    }
}

/// As intr's and classifier's.
void asConvolutional(const TensorSource& source, const DeclaredArgs& args)
{
    const std::unique_ptr<const TensorSource> renamed = fromTorchvision(source);
    const TensorSource& own = renamed ? *renamed : source;
    const ModelConfig config = inferConfig(own, args).config;
    checkStateDict(config, own);
    static_cast<void>(receptiveField(config));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    try {
        const TextSource source(std::string_view(reinterpret_cast<const char*>(bytes), size));
        CheckpointHints hints(source.settings);
        DeclaredArgs args = hints.declared();
        args.object = &source.settings;
        for (const auto recognise : {asVit, asIntrVit, asPrototypes, asPrototypeTransformer, asConvolutional})
            try {
                recognise(source, args);
            } catch (const Error&) {
            }
    } catch (const Error&) {
    }
    return 0;
}
