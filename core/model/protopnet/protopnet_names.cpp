// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/protopnet/protopnet_names.h"

#include <utility>

#include "core/model/prototypes/module_facts_reading.h"
#include "core/model/prototypes/prototype_tensors.h"
#include "core/model/prototypes/said_of_prototypes.h"
#include "core/model/shape_reading.h"

namespace ocellus {

namespace {

constexpr const char* lastLayer = "last_layer.weight";

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
    const ModuleFactsReading facts(args.object);
    InferredConfig result;
    PrototypeConfig config = inferPrototypes(source, names, args, result.assumed);
    result.config.head = HeadKind::Prototypes;
    result.config.queries = extentOf(source, lastLayer, 2, 0);
    const SaidOfPrototypes said(source, facts, args);
    config.similarity = said.similarity(result.assumed);
    config.epsilon = said.epsilon();
    config.imageSize = said.imageSize(result.assumed).value_or(config.imageSize);
    config.classOf = said.owners("prototype_class_identity", config.prototypes, result.config.queries, result.assumed);
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
