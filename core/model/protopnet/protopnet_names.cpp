// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/protopnet/protopnet_names.h"

#include <utility>

#include "core/base/error.h"
#include "core/model/prototypes/module_facts_reading.h"
#include "core/model/prototypes/prototype_tensors.h"
#include "core/model/shape_reading.h"

namespace ocellus {

namespace {

constexpr const char* activationName = "prototype_activation_function";
constexpr const char* identityName = ".prototype_class_identity";
constexpr const char* lastLayer = "last_layer.weight";

SimilarityKind similarityNamed(const std::string& name)
{
    for (const SimilarityKind kind : {SimilarityKind::Log, SimilarityKind::Linear})
        if (name == toString(kind))
            return kind;
    throw Error(ErrorCode::Unsupported, activationName,
                "expected log or linear, got " + name + ", whose meaning is known to its author alone");
}

void inferSimilarity(const ModuleFactsReading& facts, const DeclaredArgs& args, PrototypeConfig& config,
                     std::vector<std::string>& assumed)
{
    if (const std::optional<std::string> function = facts.object(activationName))
        similarityNamed("the function " + *function); // it is data here and cannot be asked
    const std::optional<std::string> name = facts.text(activationName);
    if (name || args.similarity)
        config.similarity = similarityNamed(name ? *name : *args.similarity);
    else
        assumed.emplace_back(activationName);
    if (const std::optional<double> epsilon = facts.number("epsilon"))
        config.epsilon = *epsilon;
    if (!(config.epsilon > 0) || !(config.epsilon < 1))
        throw Error(ErrorCode::Mismatch, "epsilon",
                    "expected a number between 0 and 1, got " + std::to_string(config.epsilon));
}

void inferImageSize(const ModuleFactsReading& facts, PrototypeConfig& config, std::vector<std::string>& assumed)
{
    constexpr double most = 4096;
    const std::optional<double> own = facts.number("img_size");
    if (!own) {
        assumed.emplace_back("img_size");
        return;
    }
    if (!(*own >= 1) || *own > most)
        throw Error(ErrorCode::Mismatch, "img_size",
                    "expected 1 to " + std::to_string(static_cast<int>(most)) + " pixels, got " + std::to_string(*own));
    config.imageSize = static_cast<int>(*own);
}

/// Which class each prototype is of, by a table of ones and zeros [P, C].
std::vector<int> ownersIn(const TensorSource& source, const TensorInfo& table, int prototypes, int classes)
{
    if (table.shape != std::vector<std::int64_t>{prototypes, classes})
        throw Error(ErrorCode::Mismatch, identityName,
                    "expected " + std::to_string(prototypes) + " prototypes of " + std::to_string(classes) +
                        " classes, got " + shapeText(table.shape));
    constexpr std::int64_t most = std::int64_t{1} << 26;
    if (table.count() > most)
        throw Error(ErrorCode::TooLarge, identityName,
                    "expected at most " + std::to_string(most) + " values, got " + std::to_string(table.count()));
    std::vector<float> values(static_cast<std::size_t>(table.count()));
    source.read(table, values);
    std::vector<int> owners;
    for (int prototype = 0; prototype < prototypes; ++prototype) {
        owners.push_back(-1);
        for (int c = 0; c < classes; ++c) {
            if (values[static_cast<std::size_t>(prototype) * static_cast<std::size_t>(classes) +
                       static_cast<std::size_t>(c)] == 0.0F)
                continue;
            if (owners.back() >= 0)
                throw Error(ErrorCode::Unsupported, identityName,
                            "expected each prototype in one class, got prototype " + std::to_string(prototype) +
                                " in several");
            owners.back() = c;
        }
    }
    return owners;
}

void inferOwners(const TensorSource& source, int classes, PrototypeConfig& config, std::vector<std::string>& assumed)
{
    if (const TensorInfo* table = source.find(identityName)) {
        config.classOf = ownersIn(source, *table, config.prototypes, classes);
        return;
    }
    if (config.prototypes % classes != 0)
        throw Error(ErrorCode::Mismatch, "prototype_vectors",
                    "expected as many prototypes for each of " + std::to_string(classes) + " classes, got " +
                        std::to_string(config.prototypes) +
                        " together: it was pruned, and its state dict does not "
                        "tell which were left",
                    "Open the whole model that the training program saved (its torch.save(model) has "
                    "prototype_class_identity)");
    for (int prototype = 0; prototype < config.prototypes; ++prototype)
        config.classOf.push_back(prototype / (config.prototypes / classes));
    assumed.emplace_back("prototype_class_identity");
}

} // namespace

const PrototypeNames& protoPNetNames()
{
    static const PrototypeNames names{"features.", "add_on_layers.", "prototype_vectors"};
    return names;
}

std::optional<InferredConfig> inferProtoPNet(const TensorSource& source, const DeclaredArgs& args)
{
    const PrototypeNames& names = protoPNetNames();
    if (!source.find(names.vectors) || !source.find(lastLayer))
        return std::nullopt;
    if (source.find("prototype_vectors_global"))
        throw Error(ErrorCode::Unsupported, "checkpoint",
                    "this is a ProtoPFormer: it has prototypes of the whole picture too, and a Vision Transformer in "
                    "front of them",
                    "Open a ProtoPNet or a ProtoTree");
    const ModuleFactsReading facts(args.object);
    InferredConfig result;
    PrototypeConfig config = inferPrototypes(source, names);
    result.config.head = HeadKind::Prototypes;
    result.config.queries = extentOf(source, lastLayer, 2, 0);
    inferSimilarity(facts, args, config, result.assumed);
    inferImageSize(facts, config, result.assumed);
    inferOwners(source, result.config.queries, config, result.assumed);
    result.config.prototypes = std::move(config);
    return result;
}

std::vector<TensorInfo> protoPNetTensors(const ModelConfig& config)
{
    const PrototypeConfig& prototypes = *config.prototypes;
    TensorList list;
    addPrototypeTensors(list, prototypes, protoPNetNames());
    list.add("ones", {prototypes.prototypes, prototypes.channels(), prototypes.rows, prototypes.columns});
    list.add(lastLayer, {config.queries, prototypes.prototypes});
    return list.sorted();
}

} // namespace ocellus
